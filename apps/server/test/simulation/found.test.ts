import { test } from 'vitest'
import type { History } from './history.ts'
import { runHistory } from './world.ts'

const ample = {
  snapshotAfterBytes: 100_000,
  partBytes: 100_000,
  slowReaderBytes: 100_000,
  mostEntries: 300,
  lastWords: 64,
}

/** Histories that once ended badly, each with what was found by it. Their steps are written out, for seeds change their meaning. */
const found: readonly (readonly [name: string, history: History])[] = [
  [
    '[S1] a turn that came while a link was down is not confirmed by a later one that came through',
    {
      servers: 2,
      ack: 'replicated',
      documents: 1,
      tabs: 4,
      browsers: 0,
      limits: ample,
      slowestMessage: 100,
      slowestWrite: 20,
      beginsCalm: false,
      lingers: false,
      steps: [
        { do: 'visit', document: 935, luck: 92440266 },
        { do: 'reload', tab: 4629, luck: 1949753844 },
        { do: 'fill disk', server: 972, luck: 1199381967 },
        { do: 'wait', ms: 14989, luck: 98664609 },
        { do: 'reload', tab: 1246, luck: 1261286044 },
        { do: 'wait', ms: 10514, luck: 2864610884 },
        { do: 'edit', tab: 729, at: null, erase: 4, type: 0, luck: 2210986533 },
        { do: 'edit', tab: 1200, at: null, erase: 0, type: 4, luck: 4129928306 },
        { do: 'wait', ms: 32, luck: 1731913913 },
      ],
    },
  ],
  [
    '[S1] what a client waits to hear stored, and its new server had from another one, counts when a third one has it',
    {
      servers: 2,
      ack: 'replicated',
      documents: 1,
      tabs: 3,
      browsers: 0,
      limits: ample,
      slowestMessage: 20,
      slowestWrite: 200,
      beginsCalm: true,
      lingers: false,
      steps: [
        { do: 'reload', tab: 1210, luck: 1876594950 },
        { do: 'fill disk', server: 3492, luck: 831382834 },
        { do: 'edit', tab: 4110, at: 3580, erase: 0, type: 3, luck: 192575325 },
        { do: 'wait', ms: 14716, luck: 2730931134 },
        { do: 'edit', tab: 948, at: 120, erase: 3, type: 3, luck: 3122678712 },
        { do: 'edit', tab: 2289, at: 355, erase: 0, type: 3, luck: 1458926804 },
        { do: 'wait', ms: 10367, luck: 3045244685 },
        { do: 'retry', tab: 2296, luck: 1022989849 },
        { do: 'wait', ms: 82, luck: 852352461 },
        { do: 'lose disk', server: 945, luck: 12340446 },
      ],
    },
  ],
  [
    '[L1] what a tab heard from another one, which was closed before it could push, goes to a server nevertheless',
    {
      servers: 3,
      ack: 'local',
      documents: 1,
      tabs: 4,
      browsers: 2,
      limits: { snapshotAfterBytes: 40, partBytes: 100000, slowReaderBytes: 100000, mostEntries: 8, lastWords: 1 },
      slowestMessage: 100,
      slowestWrite: 200,
      beginsCalm: true,
      lingers: true,
      steps: [
        { do: 'visit', luck: 2559920573, document: 361 },
        { do: 'wait', ms: 7568, luck: 69986418 },
        { do: 'leave', luck: 1341500563, tab: 558 },
        { do: 'edit', tab: 1825, at: null, erase: 2, type: 0, luck: 2593756803 },
        { do: 'leave', luck: 1537760555, tab: 3561 },
      ],
    },
  ],
  [
    '[L1] a title that a tab heard from another one, which was gone before a server had it, is not shown for ever',
    {
      servers: 3,
      ack: 'replicated',
      documents: 1,
      tabs: 4,
      browsers: 1,
      limits: { snapshotAfterBytes: 200, partBytes: 40, slowReaderBytes: 50, mostEntries: 2, lastWords: 64 },
      slowestMessage: 20,
      slowestWrite: 20,
      beginsCalm: true,
      lingers: true,
      steps: [
        { do: 'rename', tab: 1556, luck: 1832522362 },
        { do: 'reload', tab: 1560, luck: 2080754005 },
      ],
    },
  ],
  [
    '[S5] what a tab leaves unsent is counted by those that were there before it, also when no server can be reached',
    {
      servers: 2,
      ack: 'replicated',
      documents: 1,
      tabs: 4,
      browsers: 2,
      limits: { snapshotAfterBytes: 100000, partBytes: 100, slowReaderBytes: 50, mostEntries: 300, lastWords: 64 },
      slowestMessage: 2,
      slowestWrite: 2,
      beginsCalm: true,
      lingers: true,
      steps: [
        { do: 'visit', luck: 1111578781, document: 4160 },
        { do: 'visit', luck: 1592702929, document: 593 },
        { do: 'edit', tab: 4711, at: null, erase: 0, type: 3, luck: 2651770004 },
        { do: 'leave', luck: 3247545549, tab: 4870 },
        { do: 'leave', luck: 2700538569, tab: 1713 },
        { do: 'unplug', browser: 944, silent: false, luck: 1910696454 },
        { do: 'wait', ms: 8360, luck: 4069125797 },
        { do: 'leave', luck: 3401537992, tab: 1529 },
      ],
    },
  ],
  [
    '[S2] an undo of a replacement can be pushed in parts',
    {
      servers: 2,
      ack: 'local',
      documents: 1,
      tabs: 2,
      browsers: 0,
      limits: { snapshotAfterBytes: 100000, partBytes: 40, slowReaderBytes: 50, mostEntries: 300, lastWords: 64 },
      slowestMessage: 100,
      slowestWrite: 200,
      beginsCalm: true,
      lingers: true,
      steps: [
        { do: 'wait', ms: 8788, luck: 2917668619 },
        { do: 'edit', tab: 679, at: null, erase: 0, type: 3, luck: 4278309942 },
        { do: 'edit', tab: 2535, at: null, erase: 4, type: 0, luck: 282108337 },
        { do: 'undo', tab: 3897, luck: 2287436559 },
      ],
    },
  ],
]

test.each(found)('%s', async (_, history) => {
  await runHistory(history)
})

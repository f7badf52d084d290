import { test } from 'vitest'
import type { History } from './history.ts'
import { runHistory } from './world.ts'

const ample = { snapshotAfterBytes: 100_000, partBytes: 100_000, slowReaderBytes: 100_000 }

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
]

test.each(found)('%s', async (_, history) => {
  await runHistory(history)
})

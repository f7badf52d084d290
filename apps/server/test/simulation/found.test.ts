import { test } from 'vitest'
import type { History } from './history.ts'
import { runHistory } from './world.ts'

/** Histories that once ended badly, each with what was found by it. Their steps are written out, for seeds change their meaning. */
const found: readonly (readonly [name: string, history: History])[] = [
  [
    '[S1] a turn that came while a link was down is not confirmed by a later one that came through',
    {
      servers: 2,
      ack: 'replicated',
      documents: 1,
      tabs: 4,
      slowestMessage: 2,
      slowestWrite: 200,
      beginsCalm: false,
      steps: [
        { do: 'thaw', party: 970, luck: 2961578982 },
        { do: 'wait', ms: 13, luck: 2015300624 },
        { do: 'wait', ms: 118, luck: 1586487856 },
        { do: 'wait', ms: 1163, luck: 213187539 },
        { do: 'edit', tab: 4677, at: null, erase: 0, type: 1, luck: 153791194 },
        { do: 'wait', ms: 107, luck: 3574203760 },
        { do: 'demote', tab: 3200, luck: 3752148751 },
        { do: 'edit', tab: 864, at: 3672, erase: 0, type: 3, luck: 3431605445 },
        { do: 'edit', tab: 301, at: null, erase: 0, type: 4, luck: 2034164685 },
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

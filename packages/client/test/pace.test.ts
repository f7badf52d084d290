import { BYTES_AT_ONCE, BYTES_PER_SECOND, MESSAGES_AT_ONCE, MESSAGES_PER_SECOND } from '@manyhands/protocol'
import { below, seededRandom, seeds } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { freshPace, type Pace, PUSHES_AT_ONCE, paceAt, spent, waitFor } from '../src/pace.ts'

test('a pace that is used up comes back with time, and no further than it was', () => {
  const empty = spent(freshPace(0), PUSHES_AT_ONCE, 0)
  expect(waitFor(empty, 10)).toBe(2)
  expect(waitFor(paceAt(empty, 2), 10)).toBe(0)
  expect(paceAt(empty, 3_600_000).pushes).toBe(PUSHES_AT_ONCE)
})

test('a clock that is set back takes nothing away', () => {
  const pace = spent(freshPace(10_000), 5, 5)
  expect(paceAt(pace, 0)).toMatchObject({ pushes: pace.pushes, bytes: pace.bytes })
})

test.each(seeds(20))(
  '[P9] pushes that keep the pace stay below the limits of any second and of any burst, seed %i',
  (seed) => {
    const random = seededRandom(seed)
    const size = 1 + below(random, seed % 2 === 0 ? 20 : 900_000)
    let pace: Pace = freshPace(0)
    let now = 0
    let bucket = { messages: MESSAGES_AT_ONCE, bytes: BYTES_AT_ONCE, at: 0 }
    for (let n = 0; n < 6000; n++) {
      const seconds = (now - bucket.at) / 1000
      bucket = {
        messages: Math.min(MESSAGES_AT_ONCE, bucket.messages + seconds * MESSAGES_PER_SECOND) - 1,
        bytes: Math.min(BYTES_AT_ONCE, bucket.bytes + seconds * BYTES_PER_SECOND) - size - 10,
        at: now,
      }
      expect(Math.min(bucket.messages, bucket.bytes)).toBeGreaterThanOrEqual(0)
      pace = spent(paceAt(pace, now), 1, size)
      now += waitFor(pace, size) + (random() < 0.1 ? below(random, 50) : 0)
    }
  },
)

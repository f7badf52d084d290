import { env } from 'node:process'
import { below, randomHistory, randomStep, runHistory, type Step, seededRandom } from '@manyhands/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

// RUNS=… how many histories; SEED=… that one only. What fails prints its seed and its steps.
const isDeep = env.MANYHANDS_DEEP === '1'
const wanted = Number(env.RUNS ?? (isDeep ? 200_000 : 20_000))
const seeds = env.SEED === undefined ? Array.from({ length: wanted }, (_, i) => i) : [Number(env.SEED)]
const CHUNK = 1000
const MINUTES = 60_000

/** Mostly short, so that there are many; one in two hundred is long, in deep runs one in twenty. */
function history(seed: number): void {
  const random = seededRandom(seed)
  const length = seed % (isDeep ? 20 : 200) === 0 ? 200 : 4 + below(random, 20)
  const { copies, steps } = randomHistory(random, length)
  try {
    runHistory(copies, steps)
  } catch (error) {
    throw new Error(`SEED=${seed}`, { cause: error })
  }
}

describe('a document says at every step what its simple twin says, and all copies end as one', () => {
  for (let from = 0; from < seeds.length; from += CHUNK) {
    const chunk = seeds.slice(from, from + CHUNK)
    test(`in histories ${chunk[0]} to ${chunk.at(-1)}`, { timeout: 60 * MINUTES }, () => {
      for (const seed of chunk) history(seed)
    })
  }

  test('in histories that can be shrunk', { timeout: 5 * MINUTES }, () => {
    const step = fc.noShrink(fc.nat()).map((seed): Step => randomStep(seededRandom(seed)))
    const numRuns = isDeep ? 20_000 : 300
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.array(step, { maxLength: 40 }), (copies, steps) => {
        runHistory(copies, steps)
      }),
      { numRuns, ...(env.SEED === undefined ? {} : { seed: Number(env.SEED) }) },
    )
  })

  test('in long histories of many joins and reloads', { timeout: 60 * MINUTES }, () => {
    for (let i = 0; i < (isDeep ? 50 : 1); i++) {
      const random = seededRandom(i)
      runHistory(
        5,
        Array.from({ length: isDeep ? 2000 : 500 }, () => randomStep(random)),
      )
    }
    expect.assertions(0)
  })
})

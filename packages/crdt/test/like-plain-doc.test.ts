import { env } from 'node:process'
import { setImmediate } from 'node:timers/promises'
import { below, randomFork, randomHistory, randomStep, runHistory, type Step, seededRandom } from '@manyhands/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

// RUNS=… how many histories, Infinity for no end; FROM=… the seed of the first; SEED=… that one only. Deep runs begin with what the
// clock says, so that each has histories of its own. What fails prints its seed and its steps.
const isDeep = env.MANYHANDS_DEEP === '1'
const runs = env.SEED === undefined ? Number(env.RUNS ?? (isDeep ? 200_000 : 20_000)) : 1
const first = Number(env.SEED ?? env.FROM ?? (isDeep ? Date.now() : 0))
const CHUNK = Number.isFinite(runs) ? 1000 : runs
const MINUTES = 60_000

/** Mostly short, so that there are many; one in two hundred is long, in deep runs one in twenty. One in fifty is a long fork. */
function history(seed: number): void {
  const random = seededRandom(seed)
  const length = seed % (isDeep ? 20 : 200) === 0 ? 200 : 4 + below(random, 20)
  const { copies, steps } = seed % 50 === 7 ? randomFork(random) : randomHistory(random, length)
  try {
    runHistory(copies, steps)
  } catch (error) {
    throw new Error(`SEED=${seed}`, { cause: error })
  }
}

describe('a document says at every step what its simple twin says, and all copies end as one', () => {
  if (isDeep) console.log(`The first history is FROM=${first}.`)
  for (let from = first; from < first + runs; from += CHUNK) {
    const end = Math.min(from + CHUNK, first + runs)
    test(`in histories ${from} to ${end - 1}`, { timeout: (CHUNK / 1000) * 60 * MINUTES }, async () => {
      for (let seed = from; seed < end; seed++) {
        history(seed)
        if (seed % 100 === 0) await setImmediate()
      }
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

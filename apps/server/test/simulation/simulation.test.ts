import { env } from 'node:process'
import { shrunk } from '@manyhands/testkit'
import { describe, test } from 'vitest'
import { type History, randomHistory } from './history.ts'
import { runHistory } from './world.ts'

// RUNS=… how many histories; SEED=… that one only. What fails prints its seed, and a shorter history that fails as well.
const isDeep = env.MANYHANDS_DEEP === '1'
const wanted = Number(env.RUNS ?? (isDeep ? 100_000 : 2000))
const seeds = env.SEED === undefined ? Array.from({ length: wanted }, (_, i) => i) : [Number(env.SEED)]
const CHUNK = 250
const MINUTES = 60_000

async function runSeed(seed: number): Promise<void> {
  const history = randomHistory(seed)
  const failure = await failureOf(history)
  if (failure === null) return
  const steps = await shrunk(
    history.steps,
    async (fewer) => (await failureOf({ ...history, steps: fewer })) !== null,
    300,
  )
  const short = { ...history, steps }
  const found = (await failureOf(short)) ?? failure
  throw new Error(`SEED=${seed}\n${found.message}\n${JSON.stringify(short)}`, { cause: failure })
}

async function failureOf(history: History): Promise<Error | null> {
  try {
    await runHistory(history)
    return null
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

describe('[S1] [S2] [S4] [S5] [L1] whatever goes wrong, nothing that was saved is lost, and all end as one', () => {
  for (let from = 0; from < seeds.length; from += CHUNK) {
    const chunk = seeds.slice(from, from + CHUNK)
    test(`in histories ${chunk[0]} to ${chunk.at(-1)}`, { timeout: 60 * MINUTES }, async () => {
      for (const seed of chunk) await runSeed(seed)
    })
  }
})

import { randomHistory, runHistory, seededRandom } from '@manyhands/testkit'
import { test } from 'vitest'

test('try', () => {
  const start = performance.now()
  const seen = new Map<string, number>()
  for (let seed = 0; seed < 1000; seed++) {
    const random = seededRandom(seed)
    const { copies, steps } = randomHistory(random, 20)
    try { runHistory(copies, steps) } catch (e) {
      const line = (e as Error).message.split('\n')[0]!.slice(0, 90)
      const key = line.replace(/After \d+ steps/, '').slice(0,40)
      seen.set(key, (seen.get(key) ?? 0) + 1)
      if (seen.get(key)! < 2) console.log(seed, (e as Error).message.slice(0, 3000))
    }
  }
  console.log(performance.now() - start, seen)
}, 100000)

import { env } from 'node:process'

/** Chance that can be had again: the same seed, the same numbers. From 0 up to 1, as `Math.random` answers. */
export type Random = () => number

/** sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush, four lines. */
export function seededRandom(seed: number): Random {
  let [a, b, c, counter] = [seed | 0, (seed / 2 ** 32) | 0, 0x9e3779b9, 1]
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** A whole number from 0 up to, but not including, `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end)
}

/** One of them, each as likely as the others. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[below(random, list.length)]
  if (chosen === undefined) throw new RangeError('Nothing to pick from')
  return chosen
}

const PIECES = ['a', 'b', 'e', 'n', 't', ' ', ' ', '\n', 'é', 'e\u0301', 'ß', 'שלום', '漢', '😀', '👩‍👩‍👧', '\t']

/** Text as people write it, and as it breaks programs: emoji, combining marks, right-to-left, line breaks. */
export function randomText(random: Random, pieces: number): string {
  return Array.from({ length: pieces }, () => pick(random, PIECES)).join('')
}

/** The seeds of a random test: 0, 1, 2 … as many as it wants, or RUNS of them; SEED alone, to see one failure again. */
export function seeds(wanted: number): readonly number[] {
  const { RUNS, SEED } = env
  if (SEED !== undefined) return [Number(SEED)]
  return Array.from({ length: RUNS === undefined ? wanted : Number(RUNS) }, (_, i) => i)
}

/** The name someone has until they choose one: a mood and an animal. */

const MOODS = [
  'Quiet',
  'Brave',
  'Gentle',
  'Swift',
  'Curious',
  'Patient',
  'Merry',
  'Clever',
  'Calm',
  'Bright',
  'Kind',
  'Nimble',
] as const
const ANIMALS = [
  'Otter',
  'Heron',
  'Lynx',
  'Wren',
  'Badger',
  'Fox',
  'Robin',
  'Hare',
  'Owl',
  'Seal',
  'Finch',
  'Marten',
] as const

/** `random` gives numbers in [0, 1). */
export function defaultName(random: () => number): string {
  return `${pick(MOODS, random)} ${pick(ANIMALS, random)}`
}

export function pick<T>(from: readonly [T, ...T[]], random: () => number): T {
  return from[Math.floor(random() * from.length)] ?? from[0]
}

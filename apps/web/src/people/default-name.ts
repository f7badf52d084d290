/** The name someone has until they choose one: a mood and an animal, in the language of the page. */
import { texts } from '../texts.ts'

/** As many moods, and as many animals, as each catalogue has. */
const EACH = 12

/** `random` gives numbers in [0, 1). */
export function defaultName(random: () => number): string {
  return texts.people.invented(Math.floor(random() * EACH), Math.floor(random() * EACH))
}

export function pick<T>(from: readonly [T, ...T[]], random: () => number): T {
  return from[Math.floor(random() * from.length)] ?? from[0]
}

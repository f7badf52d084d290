/** Which servers there are, in the order in which they are called. */

/** What the device remembers of them, from one visit to the next. */
export interface ServerMemory {
  recall(): readonly string[]
  keep(servers: readonly string[]): void
}

/** More than a full mesh is good for; each one that is gone for good costs an attempt. */
const MOST = 16

/** Those the page was told of first, then those the device remembers. */
export function serversAtFirst(told: readonly string[], remembered: readonly string[]): readonly string[] {
  return [...new Set([...told, ...remembered])].slice(0, Math.max(told.length, MOST))
}

/**
 * After a welcome: the one that said it, the others it names, and last those that only others have named. The named ones
 * begin anywhere in their circle, so that the clients of a server that dies do not all call the same next one. `chance`
 * is from 0 up to 1.
 */
export function serversAfterWelcome(
  here: string,
  named: readonly string[],
  known: readonly string[],
  chance: number,
): readonly string[] {
  const others = named.filter((server) => server !== here)
  const first = Math.floor(chance * others.length)
  return [...new Set([here, ...others.slice(first), ...others.slice(0, first), ...known])].slice(0, MOST)
}

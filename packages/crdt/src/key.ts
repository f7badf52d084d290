import { LEFT, RIGHT, type Runs } from './runs.ts'

/**
 * The one order of characters: an in-order walk of the runs. For each character of a run, in turn: the runs on its left, the
 * character, the runs on its right; siblings by digit, then replica, then first seq.
 *
 * Two characters are compared by lifting the deeper one to the other's depth, then both until they meet in one run. O(depth),
 * and nothing is allocated.
 */

/** Negative if character `offset` of `run` stands before character `otherOffset` of `other`, 0 if they are one. */
export function compare(runs: Runs, run: number, offset: number, other: number, otherOffset: number): number {
  const { parent, anchor, side, depth } = runs
  let below = -1
  let otherBelow = -1
  let level = depth[run]
  let otherLevel = depth[other]
  for (; level > otherLevel; level--) {
    below = run
    offset = anchor[run]
    run = parent[run]
  }
  for (; otherLevel > level; otherLevel--) {
    otherBelow = other
    otherOffset = anchor[other]
    other = parent[other]
  }
  while (run !== other) {
    below = run
    offset = anchor[run]
    run = parent[run]
    otherBelow = other
    otherOffset = anchor[other]
    other = parent[other]
  }
  if (offset !== otherOffset) return offset - otherOffset
  const place = below < 0 ? 0 : side[below] === LEFT ? -1 : 1
  const otherPlace = otherBelow < 0 ? 0 : side[otherBelow] === LEFT ? -1 : 1
  if (place !== otherPlace) return place - otherPlace
  return place === 0 ? 0 : compareSiblings(runs, below, otherBelow)
}

/** The order of two runs that hang on one side of one character. */
export function compareSiblings(runs: Runs, a: number, b: number): number {
  return compareDigits(runs, runs.digit[a], runs.replica[a], runs.first[a], b)
}

/** The order of a run that does not exist yet, by its digit, replica and first seq, and its would-be sibling `b`. */
export function compareDigits(runs: Runs, digit: number, replica: number, first: number, b: number): number {
  if (digit !== runs.digit[b]) return digit - runs.digit[b]
  if (replica !== runs.replica[b]) return runs.replicas[replica] - runs.replicas[runs.replica[b]]
  return first - runs.first[b]
}

/** The run at this depth on the path to `run`, itself included; −1 if `run` is not that deep. O(depth). */
export function ancestorAt(runs: Runs, run: number, depth: number): number {
  if (runs.depth[run] < depth) return -1
  while (runs.depth[run] > depth) run = runs.parent[run]
  return run
}

/**
 * How many characters of a piece of run `host`, `size` long from offset `from`, stand before character `offset` of `run`, which
 * is known to stand after the first of them: all of them, unless it hangs inside.
 */
export function charactersBefore(
  runs: Runs,
  host: number,
  from: number,
  size: number,
  run: number,
  offset: number,
): number {
  const depth = runs.depth[host]
  let below = -1
  while (runs.depth[run] > depth) {
    below = run
    offset = runs.anchor[run]
    run = runs.parent[run]
  }
  if (run !== host) return size
  const before = offset - from + (below >= 0 && runs.side[below] === RIGHT ? 1 : 0)
  return Math.min(size, before)
}

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
 * The path to one character, written down, for comparing it with many others: only those are lifted then.
 */
export class Path {
  private readonly run: number[] = []
  private readonly offset: number[] = []
  private depth = -1
  /** How many runs had been removed when the path was written: the place of one may be another's since. */
  private removals = 0

  /** The path to character `offset` of `run`. O(depth), but for what it shares with the path before. */
  set(runs: Runs, run: number, offset: number): void {
    const shared = runs.removals === this.removals ? this.depth : -1
    this.removals = runs.removals
    this.depth = runs.depth[run]
    for (let level = this.depth; level >= 0; level--) {
      if (level <= shared && this.run[level] === run && this.offset[level] === offset) return
      this.run[level] = run
      this.offset[level] = offset
      offset = runs.anchor[run]
      run = runs.parent[run]
    }
  }

  /** As `compare` of the other character with this one. */
  compareWith(runs: Runs, run: number, offset: number): number {
    const { parent, anchor, side, depth } = runs
    let below = -1
    let level = depth[run]
    while (level > this.depth || this.run[level] !== run) {
      below = run
      offset = anchor[run]
      run = parent[run]
      level--
    }
    if (offset !== this.offset[level]) return offset - this.offset[level]
    const mine = level === this.depth ? -1 : this.run[level + 1]
    const place = below < 0 ? 0 : side[below] === LEFT ? -1 : 1
    const myPlace = mine < 0 ? 0 : side[mine] === LEFT ? -1 : 1
    if (place !== myPlace) return place - myPlace
    return place === 0 ? 0 : compareSiblings(runs, below, mine)
  }

  /**
   * How many characters of a piece of run `host`, `size` long from offset `from`, stand before this one, which is known to stand
   * after the first of them: all of them, unless it hangs inside.
   */
  charactersBefore(runs: Runs, host: number, from: number, size: number): number {
    const level = runs.depth[host]
    if (level > this.depth || this.run[level] !== host) return size
    const hangsRight = level < this.depth && runs.side[this.run[level + 1]] === RIGHT
    return Math.min(size, this.offset[level] - from + (hangsRight ? 1 : 0))
  }
}

/**
 * How many characters of run `host`, from offset `from`, stand before character `offset` of `run`, which stands after the first
 * of them: all of them, unless it hangs inside.
 */
export function roomBefore(runs: Runs, host: number, from: number, run: number, offset: number): number {
  const depth = runs.depth[host]
  let below = -1
  while (runs.depth[run] > depth) {
    below = run
    offset = runs.anchor[run]
    run = runs.parent[run]
  }
  if (run !== host) return Number.MAX_SAFE_INTEGER
  return offset - from + (below >= 0 && runs.side[below] === RIGHT ? 1 : 0)
}

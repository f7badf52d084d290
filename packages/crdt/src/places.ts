import { arena } from './allocate.ts'
import type { Key, KeyStep } from './anchor.ts'
import { compare } from './key.ts'
import { LEFT, RIGHT, START } from './runs.ts'
import type { State } from './state.ts'

/**
 * Keys as values: the path to a character, by which a place is found again when the character is dead and its run forgotten.
 */

/** The key of a character. O(depth). */
export function keyTo({ runs }: State, run: number, seq: number): Key {
  const steps: KeyStep[] = []
  for (let at = run; at !== START; at = runs.parent[at]) {
    steps.push({
      replica: runs.replicas[runs.replica[at]],
      first: runs.first[at],
      anchor: runs.anchor[at],
      side: runs.side[at] === LEFT ? 'left' : 'right',
      digit: runs.digit[at],
    })
  }
  return { steps: steps.reverse(), offset: seq - runs.first[run] }
}

/** The key of the character at an index. */
export function keyAt(state: State, index: number): Key {
  const { tree } = state
  const piece = tree.find(index)
  return keyTo(state, tree.run[piece], tree.seq[piece] + index - tree.startAt)
}

/** The index of the first character that stands at a key or behind it: where its character is, or was. O(log n). */
export function placeOf(state: State, key: Key): number {
  const [run, made] = path(state, key)
  const index = indexBefore(state, run, key.offset)
  for (const run of made.reverse()) state.runs.remove(run)
  return index
}

/**
 * What comes back stands where its original stood: on the left of that, behind all else that hangs there, and before all that
 * hangs on its right. (Not on the right of it: somebody may still have the original alive, and it may be half of a pair.)
 */
function greatestDigit(state: State, above: number): number {
  return arena(state.runs.depth[above] + 1)
}

/** The originals in the order in which copies put in their places by `atKey` would stand, and the index of each. */
export function inOrder<T extends { readonly key: Key }>(
  state: State,
  originals: readonly T[],
  replica: number,
): readonly (readonly [T, index: number])[] {
  const { runs, known } = state
  const made: number[] = []
  const placed = originals.map((original, i) => {
    const [above, missing] = path(state, original.key)
    const first = known[replica].end + i
    const run = runs.add(replica, first, above, original.key.offset, LEFT, greatestDigit(state, above))
    made.push(...missing, run)
    return [original, run] as const
  })
  const ordered = placed
    .toSorted(([, a], [, b]) => compare(runs, a, 0, b, 0))
    .map(([original, run]) => [original, indexBefore(state, run, 0)] as const)
  for (const run of made.reverse()) runs.remove(run)
  return ordered
}

/** Makes a run that stands where the character with this key stood, and what is missing above it. −1: too deep. */
export function atKey(state: State, key: Key, replica: number, first: number): number {
  const [above] = path(state, key)
  return state.addRun(replica, first, above, key.offset, LEFT, greatestDigit(state, above))
}

/** The last run of a key's path, and the runs that had to be made. */
function path(state: State, key: Key): readonly [number, number[]] {
  const { runs } = state
  let run = START
  const made: number[] = []
  for (const { replica, first, anchor, side, digit } of key.steps) {
    const index = state.learn(replica)
    const known = runs.startingAt(index, first)
    run = known >= 0 ? known : runs.add(index, first, run, anchor, side === 'left' ? LEFT : RIGHT, digit)
    if (known < 0) made.push(run)
  }
  return [run, made]
}

function indexBefore(state: State, run: number, offset: number): number {
  const inPiece = state.seek(run, offset)
  return state.tree.length === 0 || state.tree.leafAt < 0 ? 0 : state.tree.startAt + inPiece
}

import { arena } from './allocate.ts'
import type { Key, KeyStep } from './anchor.ts'
import type { ReplicaId } from './ids.ts'
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
 * The key of what comes back in the place of a character, as a run of this replica with this first seq: on the left of the original,
 * behind all else that hangs there, and before all that hangs on its right. (Not on the right of it: somebody may still have the
 * original alive, and it may be half of a pair.)
 */
export function keyInPlaceOf({ steps, offset }: Key, replica: ReplicaId, first: number): Key {
  return {
    steps: [...steps, { replica, first, anchor: offset, side: 'left', digit: arena(steps.length + 1) }],
    offset: 0,
  }
}

/** Makes the run that `keyInPlaceOf` tells of, and what is missing above it. −1: too deep. */
export function atKey(state: State, key: Key, replica: number, first: number): number {
  const [above] = path(state, key)
  return state.addRun(replica, first, above, key.offset, LEFT, arena(state.runs.depth[above] + 1))
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

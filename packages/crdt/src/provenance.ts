import { getOrMake } from './author.ts'
import { replicaOfKey, seqOfKey } from './id-map.ts'
import { type Id, type IdRange, MAX_SEQ } from './ids.ts'
import type { Intervals } from './intervals.ts'
import type { State } from './state.ts'

/**
 * What is a copy of what. Deleting is for good, so text that comes back, or is moved, comes as new characters in a run that names
 * its source: whose they are, and what anchors to the old ones mean now.
 */

/** A piece of the text, or part of one. */
export interface Stretch {
  readonly ids: IdRange
  /** Its first character, or, in a copy, what that is a copy of. */
  readonly original: Id
}

/** The character at an index, and what it is a copy of, if it is one. */
export function authorAt(state: State, index: number): { readonly id: Id; readonly source: Id | null } {
  const { tree, runs } = state
  const piece = tree.find(index)
  const run = tree.run[piece]
  const seq = tree.seq[piece] + index - tree.startAt
  const id = { replica: runs.replicas[runs.replica[run]], seq }
  const source = runs.source.get(run)
  if (source === undefined) return { id, source: null }
  return {
    id,
    source: { replica: runs.replicas[replicaOfKey(source)], seq: seqOfKey(source) + seq - runs.first[run] },
  }
}

/** The pieces of the text [from, to). */
export function stretchesIn(state: State, from: number, to: number): readonly Stretch[] {
  const { tree } = state
  const stretches: Stretch[] = []
  for (let at = from; at < to; ) {
    const { id, source } = authorAt(state, at)
    const size = Math.min(tree.startAt + tree.size[tree.piece], to) - at
    stretches.push({ ids: { replica: id.replica, from: id.seq, to: id.seq + size }, original: source ?? id })
    at += size
  }
  return stretches
}

/** Where the characters of stretches are now, or, of dead ones, living copies: index ranges. O(stretches), of dead ones + copies in the document. */
export function indexesOf(
  state: State,
  stretches: readonly Stretch[],
): readonly (readonly [from: number, to: number])[] {
  const found: Found[] = []
  const dead = new Map<number, Intervals>()
  for (const { ids, original } of stretches) {
    const replica = state.learn(ids.replica)
    const shift = original.seq - ids.from
    state.living(replica, ids.from, ids.to, (piece, from, to) => found.push([piece, from, to]))
    state.deadIn(replica, ids.from, ids.to, (from, to) =>
      getOrMake(dead, state.learn(original.replica)).add(from + shift, to + shift),
    )
  }
  const all = dead.size > 0 ? [...found, ...livingCopies(state, dead)] : found
  return all.map(([piece, from, to]) => {
    const start = indexOf(state, piece, from)
    return [start, start + to - from]
  })
}

/** The index of a character, or of a living copy of it; −1 if there is neither. */
export function indexOfId(state: State, id: Id): number {
  const { replica, seq } = id
  if (state.runs.indexOf(replica) < 0) return -1
  const [found] = indexesOf(state, [{ ids: { replica, from: seq, to: seq + 1 }, original: id }])
  return found ? found[0] : -1
}

/** A piece, and which of its ids. */
type Found = readonly [piece: number, from: number, to: number]

/** Copies of originals, which are given by their author. O(copies in the document). */
function livingCopies(state: State, originals: ReadonlyMap<number, Intervals>): readonly Found[] {
  const { runs } = state
  const found: Found[] = []
  for (const [run, source] of runs.source) {
    const wanted = originals.get(replicaOfKey(source))
    if (wanted === undefined || runs.isGone(run)) continue
    const next = runs.after(run)
    const shift = runs.first[run] - seqOfKey(source)
    const end = next < 0 ? MAX_SEQ : runs.first[next]
    state.living(runs.replica[run], runs.first[run], end, (piece, start, past) => {
      wanted.overlaps(start - shift, past - shift, (from, to) => found.push([piece, from + shift, to + shift]))
    })
  }
  return found
}

function indexOf(state: State, piece: number, seq: number): number {
  state.tree.goTo(piece)
  return state.tree.startAt + seq - state.tree.seq[piece]
}

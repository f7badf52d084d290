import type { Doc } from './doc.ts'
import type { Edit } from './edit.ts'
import { stretchesIn } from './provenance.ts'

/**
 * The edits that lead from the text of one state of a document to that of another, by the ids of the characters: what was deleted
 * and what was inserted, not what a comparison of two texts would guess. Both must be states of the same document. O(pieces).
 */
export function diff(before: Doc, after: Doc): readonly Edit[] {
  const kept = commonRanges(before, after)
  const edits: Edit[] = []
  let from = 0
  let start = 0
  const gap = (to: number, end: number): void => {
    if (to > from || end > start) edits.push({ from, to, insert: after.slice(start, end) })
  }
  for (const [index, afterIndex, size] of kept) {
    gap(index, afterIndex)
    from = index + size
    start = afterIndex + size
  }
  gap(before.length, after.length)
  return edits
}

/** What both have, in order: where it is in the one text, where in the other, how long. Keys never change, so neither does the order. */
function commonRanges(before: Doc, after: Doc): readonly (readonly [number, number, number])[] {
  const common: (readonly [number, number, number])[] = []
  const state = after.inside
  let index = 0
  for (const { ids } of stretchesIn(before.inside, 0, before.length)) {
    const replica = state.runs.indexOf(ids.replica)
    const found: (readonly [piece: number, from: number, to: number])[] = []
    if (replica >= 0) state.living(replica, ids.from, ids.to, (piece, from, to) => found.push([piece, from, to]))
    for (const [piece, from, to] of found) {
      state.tree.goTo(piece)
      common.push([index + from - ids.from, state.tree.startAt + from - state.tree.seq[piece], to - from])
    }
    index += ids.to - ids.from
  }
  return common
}

import { type Coverage, encodeColumns } from './codec/encode.ts'
import { COLUMNS } from './codec/format.ts'
import type { Doc } from './doc.ts'
import type { IdRange } from './ids.ts'
import type { State } from './state.ts'
import { encoded, type Update } from './update.ts'

/**
 * An update of this document in parts of at most so many bytes each, for a way that takes no longer messages. A part is an
 * update like any other: each can be applied without the others, in any order. Speaks of the document as it is now, and only
 * of what the document knows; halves that until it fits, so it costs O(log parts) times what one encoding does.
 */
export function partsOf(doc: Doc, update: Update, maxBytes: number): readonly Update[] {
  return update.bytes.length <= maxBytes
    ? [update]
    : encodedParts(doc.inside, knownOf(doc.inside, update.covers), maxBytes)
}

/** Of what a document does not know it can say nothing: not even that it is dead. */
function knownOf(state: State, covers: readonly IdRange[]): readonly IdRange[] {
  const known: IdRange[] = []
  for (const { replica, from, to } of covers) {
    state.known[state.runs.indexOf(replica)]?.overlaps(from, to, (start, end) =>
      known.push({ replica, from: start, to: end }),
    )
  }
  return known
}

function encodedParts(state: State, covers: readonly IdRange[], maxBytes: number): readonly Update[] {
  const update = encoded(encodeColumns(state, coverageOf(state, covers), COLUMNS))
  const size = covers.reduce((sum, { from, to }) => sum + to - from, 0)
  // A surrogate pair is not cut in two, so two ids may be as few as there can be.
  if (update.bytes.length <= maxBytes || size <= 2) return [update]
  return halves(state, covers, Math.floor(size / 2)).flatMap((half) => encodedParts(state, half, maxBytes))
}

/** The first `size` ids, or one more, and the rest. */
function halves(state: State, covers: readonly IdRange[], size: number): readonly (readonly IdRange[])[] {
  const first: IdRange[] = []
  const second: IdRange[] = []
  let left = size
  for (const range of covers) {
    const cut = Math.min(range.to, range.from + left)
    const whole = cut > range.from && cut < range.to && isLowSurrogate(state, range, cut) ? cut + 1 : cut
    if (whole > range.from) first.push({ ...range, to: whole })
    if (whole < range.to) second.push({ ...range, from: whole })
    left = Math.max(0, left - (whole - range.from))
  }
  return [first, second]
}

function isLowSurrogate(state: State, { replica }: IdRange, seq: number): boolean {
  const piece = state.pieceWith(state.runs.indexOf(replica), seq)
  if (piece < 0) return false
  state.tree.goTo(piece)
  return (state.unitAt(state.tree.startAt + seq - state.tree.seq[piece]) & 0xfc00) === 0xdc00
}

/** The covers of each replica come in order; what it deleted may touch what it inserted then. */
function coverageOf(state: State, covers: readonly IdRange[]): Coverage {
  const coverage = new Map<number, number[]>()
  for (const { replica, from, to } of covers) {
    const index = state.runs.indexOf(replica)
    const flat = coverage.get(index) ?? []
    if (flat.at(-1) === from) flat[flat.length - 1] = to
    else flat.push(from, to)
    coverage.set(index, flat)
  }
  return coverage
}

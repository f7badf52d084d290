import type { Doc } from './doc.ts'
import { keyOf } from './id-map.ts'
import { compare } from './key.ts'

/**
 * What must hold of a document at any time, as sentences. Throws the first that does not. For tests: it looks at everything,
 * O(pieces · depth + runs).
 */
export function check(doc: Doc): void {
  const fault = doc.inside.tree.fault() ?? piecesFault(doc) ?? runsFault(doc)
  if (fault !== null) throw new Error(`A document is broken: ${fault}`)
}

function piecesFault(doc: Doc): string | null {
  const { tree, runs, known, pieceAt, unitsEnd } = doc.inside
  let fault: string | null = null
  let last = -1
  tree.forEach((piece) => {
    const run = tree.run[piece]
    const replica = runs.replica[run]
    const offset = tree.seq[piece] - runs.first[run]
    if (runs.isGone(run)) fault ??= 'a piece is of a run that is gone'
    if (offset < 0) fault ??= 'a piece begins before its run'
    if (!known[replica]?.hasAll(tree.seq[piece], tree.seq[piece] + tree.size[piece]))
      fault ??= 'a living character is unknown'
    if (pieceAt.get(keyOf(replica, tree.seq[piece])) !== piece) fault ??= 'a piece is not found by its id'
    if (tree.text[piece] + tree.size[piece] > unitsEnd) fault ??= 'a piece has text beyond the arena'
    if (last >= 0) {
      const lastRun = tree.run[last]
      const lastOffset = tree.seq[last] + tree.size[last] - 1 - runs.first[lastRun]
      if (compare(runs, lastRun, lastOffset, run, offset) >= 0) fault ??= 'two pieces stand in the wrong order'
    }
    last = piece
  })
  return fault
}

function runsFault(doc: Doc): string | null {
  const { tree, runs } = doc.inside
  const pieces = new Map<number, number>()
  const children = new Map<number, number>()
  const count = (map: Map<number, number>, key: number): void => {
    map.set(key, (map.get(key) ?? 0) + 1)
  }
  tree.forEach((piece) => {
    count(pieces, tree.run[piece])
  })
  runs.forEach((run) => {
    count(children, runs.parent[run])
  })
  let fault: string | null = null
  runs.forEach((run) => {
    if (runs.pieces[run] !== (pieces.get(run) ?? 0)) fault ??= 'a run has miscounted its pieces'
    if (runs.children[run] !== (children.get(run) ?? 0)) fault ??= 'a run has miscounted its children'
    if (runs.depth[run] !== runs.depth[runs.parent[run]] + 1) fault ??= 'a run is not one deeper than its parent'
    if (runs.isGone(runs.parent[run])) fault ??= 'a run hangs on one that is gone'
    if (runs.startingAt(runs.replica[run], runs.first[run]) !== run) fault ??= 'a run is not found by its id'
  })
  return fault
}

import type { Columns } from './codec/read-columns.ts'
import { IdMap, keyOf } from './id-map.ts'
import type { Incarnation } from './ids.ts'
import { RIGHT, Runs, START } from './runs.ts'
import { State } from './state.ts'
import { PieceTree } from './tree.ts'

/**
 * Makes a State of a whole document at once: runs are taken over as they stand, pieces come out in the order of the text by one
 * walk of the runs, and the tree is filled from left to right. Linear, but for one sort of the runs by their ids.
 */
export function load(columns: Columns, incarnation: Incarnation): State {
  const runs = runsOf(columns)
  const tree = treeOf(columns)
  const state = new State(incarnation, runs, tree, columns.text)
  for (let piece = 0; piece < tree.pieceCount; piece++) runs.pieces[tree.run[piece]]++
  index(state, columns.byId)
  columns.covers.forEach((ranges, replica) => {
    for (let at = 0; at < ranges.length; at += 2) {
      state.know(replica, ranges[at], ranges[at + 1])
      state.countDead(replica, ranges[at], ranges[at + 1])
    }
  })
  for (let i = 0; i < columns.spanRun.length; i++) {
    state.countLiving(columns.replica[columns.spanRun[i]], columns.spanFrom[i], columns.spanTo[i])
  }
  for (let run = columns.runs; run > START; run--) state.forget(run)
  return state
}

function runsOf(columns: Columns): Runs {
  const runs = new Runs(columns.runs + 2)
  for (const replica of columns.replicas) runs.learn(replica)
  for (let run = 1; run <= columns.runs; run++) {
    runs.put(
      columns.replica[run],
      columns.first[run],
      columns.parent[run],
      columns.anchor[run],
      columns.side[run],
      columns.digit[run],
    )
  }
  for (const [run, source] of columns.sources) runs.source.set(run, keyOf(source.replica, source.seq))
  return runs
}

/** Walks the runs in the order of the text: up to each anchor, then what hangs there, then on. */
function treeOf(columns: Columns): PieceTree {
  const { runs, parent, anchor, side, spanRun, spanFrom, spanTo, first } = columns
  const child = new Int32Array(runs + 1)
  const sibling = new Int32Array(runs + 1)
  for (let run = runs; run > START; run--) {
    sibling[run] = child[parent[run]]
    child[parent[run]] = run
  }
  // Of each run: the span its next character is in, the seq of that character, and where its text is.
  const span = new Int32Array(runs + 2)
  const text = new Int32Array(runs + 2)
  for (let run = 1, at = 0, units = 0; run <= runs; run++) {
    span[run] = at
    text[run] = units
    for (; at < spanRun.length && spanRun[at] === run; at++) units += spanTo[at] - spanFrom[at]
  }
  const from = spanFrom.slice()
  const tree = new PieceTree(spanRun.length + runs + 2)
  let last = -1
  const emit = (run: number, limit: number): void => {
    let at = span[run]
    for (; at < spanRun.length && spanRun[at] === run && from[at] < limit; at++) {
      const to = Math.min(spanTo[at], limit)
      const size = to - from[at]
      if (last >= 0 && tree.run[last] === run && tree.seq[last] + tree.size[last] === from[at]) tree.size[last] += size
      else last = tree.newPiece(run, from[at], size, text[run])
      text[run] += size
      from[at] = to
      if (to < spanTo[at]) break
    }
    span[run] = at
  }
  let run = START
  for (;;) {
    const next = child[run]
    if (next > 0) {
      if (run !== START) emit(run, first[run] + anchor[next] + (side[next] === RIGHT ? 1 : 0))
      child[run] = sibling[next]
      run = next
    } else {
      if (run === START) break
      emit(run, Number.MAX_SAFE_INTEGER)
      run = parent[run]
    }
  }
  tree.fill()
  return tree
}

/**
 * Makes runs and pieces found by their ids. The pieces of one run stand in the tree in the order of their seqs, and runs of one
 * replica follow each other; only where a foreign writer let them overlap is there anything left to sort.
 */
function index(state: State, order: Int32Array): void {
  const { runs, tree } = state
  const keys = new Float64Array(order.length)
  const next = new Int32Array(order.length + 1)
  for (let i = 0, at = 0; i < order.length; i++) {
    keys[i] = keyOf(runs.replica[order[i]], runs.first[order[i]])
    next[order[i]] = at
    at += runs.pieces[order[i]]
  }
  runs.indexAll(keys, order)
  const pieces = new Int32Array(tree.pieceCount)
  const pieceKeys = new Float64Array(tree.pieceCount)
  for (let piece = 0; piece < pieces.length; piece++) {
    const run = tree.run[piece]
    pieces[next[run]] = piece
    pieceKeys[next[run]++] = keyOf(runs.replica[run], tree.seq[piece])
  }
  state.pieceAt = rises(pieceKeys) ? IdMap.from(pieceKeys, pieces) : sorted(pieceKeys, pieces)
}

function rises(keys: Float64Array): boolean {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1] >= keys[i]) return false
  return true
}

function sorted(keys: Float64Array, values: Int32Array): IdMap {
  const order = Array.from(keys, (_, i) => i).sort((a, b) => keys[a] - keys[b])
  return IdMap.from(
    Float64Array.from(order, (i) => keys[i]),
    Int32Array.from(order, (i) => values[i]),
  )
}

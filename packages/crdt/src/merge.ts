import type { Changes } from './changes.ts'
import type { Columns } from './codec/read-columns.ts'
import { keyOf } from './id-map.ts'
import { Intervals } from './intervals.ts'
import { START } from './runs.ts'
import type { State } from './state.ts'

/**
 * Merges an update of columns into a document: covered and not living here → dead; living there and unknown here → inserted;
 * everything else is known already. Linear in the update, times O(log n) for each place it touches. `me` is who edits here.
 */
export function merge(state: State, columns: Columns, changes: Changes, me: number): void {
  const replicas = columns.replicas.map((replica) => state.learn(replica))
  bury(state, columns, replicas, changes)
  const runs = new Int32Array(columns.runs + 1).fill(-1)
  runs[START] = START
  const due: number[] = []
  state.due = due
  teach(state, columns, replicas, runs, me)
  const refused = insertSpans(state, columns, replicas, runs, changes)
  state.due = null
  know(state, columns, replicas, refused)
  for (const run of due) state.forget(run)
  for (let run = columns.runs; run > START; run--) if (runs[run] > START) state.forget(runs[run])
}

/** Deletes what is covered and not living. */
function bury(state: State, columns: Columns, replicas: readonly number[], changes: Changes): void {
  const doomed: [number, number, number][] = []
  columns.dead((wire, from, to) => {
    const replica = replicas[wire]
    state.living(replica, from, to, (piece, start, end) => {
      doomed.push([piece, start, end])
    })
  })
  for (const [piece, from, to] of doomed) changes.delete(piece, from, to)
  const ids = doomed.map(([piece, from, to]) => [state.runs.replica[state.tree.run[piece]], from, to] as const)
  for (const [replica, from, to] of ids) removeIds(state, replica, from, to)
  columns.dead((wire, from, to) => {
    countUnknown(state, replicas[wire], from, to)
  })
}

/** Counts as dead those of [from, to) that are unknown. */
function countUnknown(state: State, replica: number, from: number, to: number): void {
  state.known[replica].gaps(from, to, (start, end) => state.countDead(replica, start, end))
}

/** Takes living characters of one piece out, by their ids. */
export function removeIds(state: State, replica: number, from: number, to: number): void {
  const piece = state.pieceWith(replica, from)
  state.tree.goTo(piece)
  state.removeHere(from - state.tree.seq[piece], to - from)
}

/** Makes those of [from, to) that are unknown known, and dead. */
export function learnDead(state: State, replica: number, from: number, to: number): void {
  if (state.known[replica].hasAll(from, to)) return
  countUnknown(state, replica, from, to)
  state.know(replica, from, to)
}

/**
 * Looks up the runs that carry text, and those that end a path without text (a run of which we may still miss characters), and
 * makes those that are not there, with all above them. Not a run of mine behind all of mine that I know or am told of: I have yet
 * to make it, and nobody else can tell where.
 */
function teach(state: State, columns: Columns, replicas: readonly number[], local: Int32Array, me: number): void {
  const path: number[] = []
  const mine = Math.max(state.known[me].end, columns.covers[replicas.indexOf(me)]?.at(-1) ?? 0)
  for (let run = 1; run <= columns.runs; run++) {
    if (columns.isPassage(run)) continue
    for (let at = run; local[at] < 0; at = columns.parent[at]) {
      local[at] = state.runs.startingAt(replicas[columns.replica[at]], columns.first[at])
      if (local[at] >= 0) break
      path.push(at)
    }
    for (let at = path.pop(); at !== undefined; at = path.pop()) {
      const { replica, first, parent, anchor, side, digit } = columns
      const owner = replicas[replica[at]]
      if (local[parent[at]] < 0 || (owner === me && first[at] >= mine)) continue
      local[at] = state.addRun(owner, first[at], local[parent[at]], anchor[at], side[at], digit[at])
      const source = columns.sources.get(at)
      if (source && local[at] >= 0) state.runs.source.set(local[at], keyOf(replicas[source.replica], source.seq))
    }
  }
}

/** Inserts what is living and unknown; answers, of each replica, what could not be: text of a run that is too deep here. */
function insertSpans(
  state: State,
  columns: Columns,
  replicas: readonly number[],
  local: Int32Array,
  changes: Changes,
): Intervals[] {
  const refused = replicas.map(() => new Intervals())
  let text = 0
  for (let i = 0; i < columns.spanRun.length; i++) {
    const run = columns.spanRun[i]
    const replica = replicas[columns.replica[run]]
    const from = columns.spanFrom[i]
    const to = columns.spanTo[i]
    if (local[run] < 0) {
      refused[columns.replica[run]].add(from, to)
      text += to - from
      continue
    }
    state.known[replica].gaps(from, to, (start, end) => {
      const at = text + start - from
      state.insertByKey(local[run], start, end - start, state.storeUnits(columns.text, at, at + end - start))
      changes.insert(replica, start, end)
    })
    text += to - from
  }
  return refused
}

/** All that is covered is known from now on: by whole ranges, since spans come in the order of the text and not of their ids. */
function know(state: State, columns: Columns, replicas: readonly number[], refused: readonly Intervals[]): void {
  columns.covers.forEach((ranges, wire) => {
    state.knowAll(replicas[wire], refused[wire].isEmpty ? ranges : without(refused[wire], ranges))
  })
}

function without(set: Intervals, ranges: readonly number[]): readonly number[] {
  const rest: number[] = []
  for (let at = 0; at < ranges.length; at += 2) {
    set.gaps(ranges[at], ranges[at + 1], (from, to) => rest.push(from, to))
  }
  return rest
}

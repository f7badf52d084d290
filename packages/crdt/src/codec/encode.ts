import { replicaOfKey, seqOfKey } from '../id-map.ts'
import { compareSiblings } from '../key.ts'
import { RIGHT, type Runs, START } from '../runs.ts'
import type { State } from '../state.ts'
import {
  BARE,
  type COLUMNS,
  FORMAT_VERSION,
  HAS_DIGIT,
  HAS_SOURCE,
  ON_RIGHT,
  OTHER_REPLICA,
  STATE,
  UP,
} from './format.ts'
import { writeRanges } from './ranges.ts'
import { Writer } from './writer.ts'

const writer = new Writer(1 << 16)

/** Ranges of ids to speak for: of each replica, by its index here, flat and in order. */
export type Coverage = ReadonlyMap<number, readonly number[]>

/**
 * Writes an update of the shape COLUMNS, or STATE: what this copy knows of the covered ids. Linear in the pieces that are covered
 * and in the runs above them, plus sorting those runs.
 */
export function encodeColumns(state: State, coverage: Coverage, shape: typeof COLUMNS | typeof STATE): Uint8Array {
  const spans = spansOf(state, coverage)
  const runs = inTreeOrder(state.runs, runsOf(state, coverage, spans))
  const replicas = replicasOf(state.runs, coverage, runs)
  writer.byte((FORMAT_VERSION << 5) | shape)
  if (shape === STATE) writeIncarnation(state.incarnation)
  writer.varint(replicas.length)
  for (const replica of replicas) writer.replica(state.runs.replicas[replica])
  for (const replica of replicas) {
    const ranges = coverage.get(replica) ?? []
    writer.varint(ranges.length / 2)
    writeRanges(writer, ranges)
  }
  writeRuns(state.runs, runs, (run) => !spans.has(run), replicas)
  writeSpans(state, runs, spans)
  return writer.finish()
}

/** The covered living stretches of each run, as pieces: piece, from, to, flat and in order. */
type Spans = ReadonlyMap<number, readonly number[]>

function spansOf(state: State, coverage: Coverage): Spans {
  const spans = new Map<number, number[]>()
  let last = -1
  let list: number[] = []
  for (const [replica, ranges] of coverage) {
    for (let at = 0; at < ranges.length; at += 2) {
      state.living(replica, ranges[at], ranges[at + 1], (piece, from, to) => {
        const run = state.tree.run[piece]
        if (run !== last) {
          last = run
          list = spans.get(run) ?? []
          spans.set(run, list)
        }
        list.push(piece, from, to)
      })
    }
  }
  return spans
}

/**
 * The runs to list: those with spans, those of which a character may still be unknown to somebody, and all above them. Of the
 * second kind there is one a replica, its newest, unless ids before that are unknown here.
 */
function runsOf(state: State, coverage: Coverage, spans: Spans): Set<number> {
  const { runs } = state
  const listed = new Set<number>()
  const list = (run: number): void => {
    for (let at = run; at !== START && !listed.has(at); at = runs.parent[at]) listed.add(at)
  }
  for (const run of spans.keys()) list(run)
  for (const [replica, ranges] of coverage) {
    for (let run = runs.newestOf(replica); run >= 0; run = runs.before(run)) {
      if (ranges.length > 0 && ranges[ranges.length - 1] > runs.first[run] && !state.isComplete(run)) list(run)
      if (state.known[replica].flat.length === 2) break
    }
  }
  return listed
}

/** A run, then what hangs on it, siblings in order. */
function inTreeOrder(runs: Runs, listed: Set<number>): readonly number[] {
  const below = new Map<number, number[]>()
  for (const run of listed) {
    const siblings = below.get(runs.parent[run])
    if (siblings) siblings.push(run)
    else below.set(runs.parent[run], [run])
  }
  const order: number[] = []
  const stack = [START]
  while (stack.length > 0) {
    const run = stack.pop() as number
    if (run !== START) order.push(run)
    const children = below.get(run)
    if (!children) continue
    if (children.length > 1) {
      children.sort(
        (a, b) => runs.anchor[b] - runs.anchor[a] || runs.side[b] - runs.side[a] || compareSiblings(runs, b, a),
      )
    }
    for (const child of children) stack.push(child)
  }
  return order
}

/** The replicas to list, by their index here, in the order of their ids. */
function replicasOf(runs: Runs, coverage: Coverage, order: readonly number[]): readonly number[] {
  const used = new Set<number>()
  for (const [replica, ranges] of coverage) if (ranges.length > 0) used.add(replica)
  for (const run of order) used.add(runs.replica[run])
  if (runs.source.size > 0) {
    for (const run of order) {
      const source = runs.source.get(run)
      if (source !== undefined) used.add(replicaOfKey(source))
    }
  }
  return [...used].sort((a, b) => runs.replicas[a] - runs.replicas[b])
}

function writeIncarnation(incarnation: string): void {
  for (let i = 0; i < 32; i += 2) writer.byte(Number.parseInt(incarnation.slice(i, i + 2), 16))
}

function writeRuns(
  runs: Runs,
  order: readonly number[],
  isBare: (run: number) => boolean,
  replicas: readonly number[],
): void {
  const { parent, anchor, replica, first, digit } = runs
  const place = new Map(replicas.map((replica, i) => [replica, i]))
  writer.varint(order.length)
  let previous = START
  for (const run of order) {
    let up = 0
    for (let at = previous; at !== parent[run]; at = parent[at]) up++
    writer.varint(up * UP + flagsOf(runs, run, isBare(run)))
    previous = run
  }
  const elderAnchor = new Map<number, number>()
  for (const run of order) {
    writer.varint(anchor[run] - (elderAnchor.get(parent[run]) ?? 0))
    elderAnchor.set(parent[run], anchor[run])
  }
  const latest = new Map<number, number>()
  for (const run of order) {
    const above = parent[run]
    if (replica[run] === replica[above]) {
      writer.varint(first[run] - first[above] - anchor[run] - 1)
    } else {
      writer.varint(place.get(replica[run]) as number)
      writer.zigzag(first[run] - (latest.get(replica[run]) ?? 0))
    }
    latest.set(replica[run], first[run])
  }
  for (const run of order) if (digit[run] !== 0) writer.zigzag(digit[run])
  for (const run of order) {
    const source = runs.source.get(run)
    if (source === undefined) continue
    writer.varint(place.get(replicaOfKey(source)) as number)
    writer.varint(seqOfKey(source))
  }
}

function flagsOf(runs: Runs, run: number, isBare: boolean): number {
  let flags = 0
  if (runs.side[run] === RIGHT) flags |= ON_RIGHT
  if (runs.digit[run] !== 0) flags |= HAS_DIGIT
  if (runs.replica[run] !== runs.replica[runs.parent[run]]) flags |= OTHER_REPLICA
  if (isBare) flags |= BARE
  if (runs.source.has(run)) flags |= HAS_SOURCE
  return flags
}

/** Pieces whose ids follow on each other are one span. */
function writeSpans(state: State, order: readonly number[], spans: Spans): void {
  const { tree, runs, units } = state
  const text: number[] = []
  for (const run of order) {
    const list = spans.get(run)
    if (list === undefined) continue
    let end = runs.first[run] - 1
    for (let i = 0; i < list.length; ) {
      const from = list[i + 1]
      let to = from
      for (; i < list.length && list[i + 1] === to; i += 3) {
        text.push(tree.text[list[i]] + list[i + 1] - tree.seq[list[i]], list[i + 2] - list[i + 1])
        to = list[i + 2]
      }
      writer.varint(from - end - 1)
      writer.varint((to - from - 1) * 2 + (i < list.length ? 1 : 0))
      end = to
    }
  }
  let size = 0
  for (let i = 1; i < text.length; i += 2) size += text[i]
  const column = new Uint16Array(size)
  let at = 0
  for (let i = 0; i < text.length; i += 2) {
    column.set(units.subarray(text[i], text[i] + text[i + 1]), at)
    at += text[i + 1]
  }
  writer.units(column, 0, size)
}

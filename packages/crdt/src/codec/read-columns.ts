import { keyOf, seqOfKey } from '../id-map.ts'
import type { IdRange, Incarnation, ReplicaId } from '../ids.ts'
import { MAX_SEQ } from '../ids.ts'
import { LEFT, RIGHT, START } from '../runs.ts'
import { BARE, HAS_DIGIT, HAS_SOURCE, MAX_DEPTH, ON_RIGHT, OTHER_REPLICA, UP } from './format.ts'
import { readRanges } from './ranges.ts'
import type { Reader } from './reader.ts'
import { readDigit } from './run.ts'

/**
 * An update of the shapes COLUMNS and STATE, read and checked.
 *
 * Runs are numbered from 1 in the order they stand in the bytes: a run, then what hangs on it, in the order of the document.
 * So a run's parent has a smaller number, and siblings rise. Run 0 is the start token. Spans are the living characters.
 */
export class Columns {
  declare readonly incarnation: Incarnation | null
  declare readonly replicas: readonly ReplicaId[]
  /** Of each replica: covered ranges, flat. */
  declare readonly covers: readonly (readonly number[])[]
  declare readonly runs: number
  declare readonly replica: Int32Array
  declare readonly first: Int32Array
  declare readonly parent: Int32Array
  declare readonly anchor: Int32Array
  declare readonly side: Int32Array
  declare readonly digit: Int32Array
  declare readonly depth: Int32Array
  /** The first character's source, of the runs that have one: a replica and a seq. */
  declare readonly sources: ReadonlyMap<number, { readonly replica: number; readonly seq: number }>
  declare readonly spanRun: Int32Array
  declare readonly spanFrom: Int32Array
  declare readonly spanTo: Int32Array
  declare readonly text: Uint16Array
  /** The runs in the order of their ids. */
  declare readonly byId: Int32Array
  /** The spans as id keys, starts and ends each in order. */
  private readonly starts: Float64Array
  private readonly ends: Float64Array
  private readonly bare: Uint8Array

  constructor(fields: Fields, bare: Uint8Array, starts: Float64Array, ends: Float64Array) {
    Object.assign(this, fields)
    this.bare = bare
    this.starts = starts
    this.ends = ends
  }

  /** Whether a run is listed only because another one hangs on it. */
  isPassage(run: number): boolean {
    return (this.bare[run] & BARE) !== 0 && run < this.runs && this.parent[run + 1] === run
  }

  /** Calls `visit` for each covered range of which nothing is living. */
  dead(visit: (replica: number, from: number, to: number) => void): void {
    let i = 0
    this.covers.forEach((ranges, replica) => {
      for (let at = 0; at < ranges.length; at += 2) {
        let from = ranges[at]
        const end = keyOf(replica, ranges[at + 1])
        for (; i < this.starts.length && this.starts[i] < end; i++) {
          const start = seqOfKey(this.starts[i])
          if (from < start) visit(replica, from, start)
          from = seqOfKey(this.ends[i])
        }
        if (from < ranges[at + 1]) visit(replica, from, ranges[at + 1])
      }
    })
  }

  inserts(): readonly IdRange[] {
    return Array.from(this.spanRun, (run, i) => ({
      replica: this.replicas[this.replica[run]],
      from: this.spanFrom[i],
      to: this.spanTo[i],
    }))
  }

  coverage(): readonly IdRange[] {
    return this.covers.flatMap((ends, i) => {
      const ranges: IdRange[] = []
      for (let at = 0; at < ends.length; at += 2)
        ranges.push({ replica: this.replicas[i], from: ends[at], to: ends[at + 1] })
      return ranges
    })
  }
}

type Fields = Pick<
  Columns,
  | 'incarnation'
  | 'replicas'
  | 'covers'
  | 'runs'
  | 'replica'
  | 'first'
  | 'parent'
  | 'anchor'
  | 'side'
  | 'digit'
  | 'depth'
  | 'sources'
  | 'byId'
  | 'spanRun'
  | 'spanFrom'
  | 'spanTo'
  | 'text'
>

export function readColumns(reader: Reader, incarnation: Incarnation | null): Columns {
  const replicas = readReplicas(reader)
  const covers = replicas.map(() => readRanges(reader, reader.varint(reader.left / 2)))
  const tree = readRuns(reader, replicas)
  checkReplicas(reader, covers, tree)
  const spans = readSpans(reader, tree)
  const { starts, ends } = sortSpans(tree, spans)
  checkSpans(reader, covers, starts, ends)
  const text = reader.units(reader.left)
  if (text.length !== spans.size) reader.fail('bad-text', `${text.length} characters of text for ${spans.size} ids`)
  return new Columns({ incarnation, replicas, covers, ...tree, ...spans, text }, tree.bare, starts, ends)
}

function readReplicas(reader: Reader): ReplicaId[] {
  const count = reader.varint(reader.left / 6)
  const replicas: ReplicaId[] = []
  for (let i = 0; i < count; i++) {
    const replica = reader.replica()
    if (i > 0 && replica <= replicas[i - 1]) reader.fail('not-canonical', 'Replicas out of order')
    replicas.push(replica)
  }
  return replicas
}

/** Each replica must be covered, have a run, or be the source of one. */
function checkReplicas(reader: Reader, covers: readonly (readonly number[])[], { replica, sources }: Tree): void {
  const used = new Set(replica)
  for (const source of sources.values()) used.add(source.replica)
  covers.forEach((ranges, i) => {
    if (ranges.length === 0 && !used.has(i)) reader.fail('not-canonical', 'Replicas unused')
  })
}

type Tree = Pick<
  Columns,
  'runs' | 'replica' | 'first' | 'parent' | 'anchor' | 'side' | 'digit' | 'depth' | 'sources' | 'byId'
> & {
  readonly bare: Uint8Array
}

function readRuns(reader: Reader, replicas: readonly ReplicaId[]): Tree {
  const runs = reader.varint(reader.left / 3)
  const replica = new Int32Array(runs + 1)
  const first = new Int32Array(runs + 1)
  const parent = new Int32Array(runs + 1)
  const anchor = new Int32Array(runs + 1)
  const side = new Int32Array(runs + 1)
  const digit = new Int32Array(runs + 1)
  const depth = new Int32Array(runs + 1)
  const elder = new Int32Array(runs + 1)
  const heads = new Uint8Array(runs + 1)
  readShape(reader, runs, heads, parent, depth, elder, side)
  for (let run = 1; run <= runs; run++) {
    const from = elder[run] > 0 ? anchor[elder[run]] : 0
    anchor[run] = from + reader.varint(MAX_SEQ)
    if (parent[run] === START && (anchor[run] > 0 || side[run] === LEFT))
      reader.fail('not-canonical', 'Only the right of the start token')
    if (anchor[run] > MAX_SEQ) reader.fail('out-of-range', 'No run is that long')
  }
  readFirsts(reader, runs, replicas.length, heads, parent, anchor, replica, first)
  for (let run = 1; run <= runs; run++) {
    if ((heads[run] & HAS_DIGIT) === 0) continue
    digit[run] = readDigit(reader, depth[run])
  }
  const byId = sortRuns(runs, replicas.length, replica, first)
  for (let i = 1; i < runs; i++) {
    const [run, before] = [byId[i], byId[i - 1]]
    if (first[run] === first[before] && replica[run] === replica[before])
      reader.fail('not-canonical', 'A run listed twice')
  }
  for (let run = 1; run <= runs; run++) {
    if (elder[run] > 0 && !rises(elder[run], run)) reader.fail('not-canonical', 'Siblings out of order')
  }
  return {
    runs,
    replica,
    first,
    parent,
    anchor,
    side,
    digit,
    depth,
    sources: readSources(reader, runs, replicas.length, heads),
    byId,
    bare: heads,
  }

  function rises(a: number, b: number): boolean {
    if (anchor[a] !== anchor[b]) return anchor[a] < anchor[b]
    if (side[a] !== side[b]) return side[a] < side[b]
    if (digit[a] !== digit[b]) return digit[a] < digit[b]
    return keyOf(replica[a], first[a]) < keyOf(replica[b], first[b])
  }
}

/** The runs in the order of their ids: by the engine's own sort of numbers, which is fast from the first call. */
function sortRuns(runs: number, replicas: number, replica: Int32Array, first: Int32Array): Int32Array {
  const order = new Int32Array(runs)
  if (runs >= 2 ** 22) {
    // Their numbers do not fit beside a seq in 53 bits.
    for (let run = 1; run <= runs; run++) order[run - 1] = run
    return order.sort((a, b) => replica[a] - replica[b] || first[a] - first[b])
  }
  const ends = new Int32Array(replicas + 1)
  for (let run = 1; run <= runs; run++) ends[replica[run] + 1]++
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1]
  const packed = new Float64Array(runs)
  for (let run = 1; run <= runs; run++) packed[ends[replica[run]]++] = first[run] * 2 ** 22 + run
  for (let i = 0; i < replicas; i++) packed.subarray(i === 0 ? 0 : ends[i - 1], ends[i]).sort()
  for (let i = 0; i < runs; i++) order[i] = packed[i] % 2 ** 22
  return order
}

/** The heads: who hangs on whom, and on which side. `elder` is the sibling before a run, 0 if it is the first. */
function readShape(
  reader: Reader,
  runs: number,
  heads: Uint8Array,
  parent: Int32Array,
  depth: Int32Array,
  elder: Int32Array,
  side: Int32Array,
): void {
  const youngest = new Int32Array(runs + 1)
  for (let run = 1; run <= runs; run++) {
    const head = reader.varint(UP * (MAX_DEPTH + 1))
    let above = run - 1
    for (let up = Math.floor(head / UP); up > 0; up--) {
      if (above === START) reader.fail('out-of-range', 'A run above the start token')
      above = parent[above]
    }
    parent[run] = above
    depth[run] = depth[above] + 1
    if (depth[run] > MAX_DEPTH) reader.fail('out-of-range', `More than ${MAX_DEPTH} levels`)
    elder[run] = youngest[above]
    youngest[above] = run
    heads[run] = head % UP
    side[run] = (head & ON_RIGHT) === 0 ? LEFT : RIGHT
  }
}

function readFirsts(
  reader: Reader,
  runs: number,
  replicas: number,
  heads: Uint8Array,
  parent: Int32Array,
  anchor: Int32Array,
  replica: Int32Array,
  first: Int32Array,
): void {
  const latest = new Int32Array(replicas)
  // Of each replica, its last run on the path to the run being read; and what that was before each run of the path.
  const lowest = new Int32Array(replicas)
  const before = new Int32Array(runs + 1)
  replica[START] = -1
  for (let run = 1; run <= runs; run++) {
    const above = parent[run]
    for (let at = run - 1; at !== above; at = parent[at]) lowest[replica[at]] = before[at]
    if ((heads[run] & OTHER_REPLICA) === 0) {
      if (above === START) reader.fail('not-canonical', 'The start token has no replica')
      replica[run] = replica[above]
      const from = first[above] + anchor[run] + 1 + reader.varint(MAX_SEQ)
      if (from >= MAX_SEQ) reader.fail('out-of-range', 'Too many characters of one replica')
      first[run] = from
    } else {
      if (replicas === 0) reader.fail('out-of-range', 'A run of nobody')
      replica[run] = reader.varint(replicas - 1)
      if (replica[run] === replica[above]) reader.fail('not-canonical', 'The same replica is no other')
      const from = latest[replica[run]] + reader.zigzag()
      if (from < 0 || from >= MAX_SEQ) reader.fail('out-of-range', 'A seq outside its limits')
      first[run] = from
    }
    latest[replica[run]] = first[run]
    before[run] = lowest[replica[run]]
    lowest[replica[run]] = run
    if (before[run] > START && first[before[run]] >= first[run])
      reader.fail('not-canonical', 'A run above one that its replica made before it')
  }
}

function readSources(reader: Reader, runs: number, replicas: number, heads: Uint8Array): Columns['sources'] {
  const sources = new Map<number, { replica: number; seq: number }>()
  for (let run = 1; run <= runs; run++) {
    if ((heads[run] & HAS_SOURCE) === 0) continue
    sources.set(run, { replica: reader.varint(replicas - 1), seq: reader.varint(MAX_SEQ - 1) })
  }
  return sources
}

interface Spans {
  readonly spanRun: Int32Array
  readonly spanFrom: Int32Array
  readonly spanTo: Int32Array
  readonly size: number
}

function readSpans(reader: Reader, tree: Tree): Spans {
  let capacity = tree.runs + 8
  let spanRun = new Int32Array(capacity)
  let spanFrom = new Int32Array(capacity)
  let spanTo = new Int32Array(capacity)
  let count = 0
  let size = 0
  for (let run = 1; run <= tree.runs; run++) {
    let more = (tree.bare[run] & BARE) === 0
    // Between two spans of a run at least one character is dead, which goes without saying.
    for (let at = tree.first[run] - 1; more; ) {
      const from = at + 1 + reader.varint(MAX_SEQ)
      const length = reader.varint(2 * MAX_SEQ)
      more = (length & 1) === 1
      at = from + Math.floor(length / 2) + 1
      if (at > MAX_SEQ) reader.fail('out-of-range', 'Too many characters of one replica')
      if (count === capacity) {
        capacity *= 2
        spanRun = doubled(spanRun)
        spanFrom = doubled(spanFrom)
        spanTo = doubled(spanTo)
      }
      spanRun[count] = run
      spanFrom[count] = from
      spanTo[count] = at
      count++
      size += at - from
    }
  }
  if (size > reader.left) reader.fail('bad-text', `${reader.left} bytes of text for ${size} ids`)
  return {
    spanRun: spanRun.subarray(0, count),
    spanFrom: spanFrom.subarray(0, count),
    spanTo: spanTo.subarray(0, count),
    size,
  }
}

/**
 * Runs follow each other by their ids, and so do their spans; only where a foreign writer let runs overlap is there anything left
 * to sort. Starts and ends are sorted apart: where no two spans overlap, the one at a place belongs to the other.
 */
function sortSpans({ runs, replica, byId }: Tree, spans: Spans): { starts: Float64Array; ends: Float64Array } {
  const { spanRun, spanFrom, spanTo } = spans
  const count = spanRun.length
  const starts = new Float64Array(count)
  const ends = new Float64Array(count)
  const firstOf = new Int32Array(runs + 1)
  for (let i = count - 1; i >= 0; i--) firstOf[spanRun[i]] = i
  let at = 0
  let rises = true
  for (let i = 0; i < runs; i++) {
    const run = byId[i]
    for (let span = firstOf[run]; span < count && spanRun[span] === run; span++) {
      starts[at] = keyOf(replica[run], spanFrom[span])
      ends[at] = keyOf(replica[run], spanTo[span])
      rises &&= at === 0 || ends[at - 1] <= starts[at]
      at++
    }
  }
  return rises ? { starts, ends } : { starts: starts.sort(), ends: ends.sort() }
}

/** No id may be listed twice, and each must be covered. */
function checkSpans(
  reader: Reader,
  covers: readonly (readonly number[])[],
  starts: Float64Array,
  ends: Float64Array,
): void {
  const count = starts.length
  let i = 0
  covers.forEach((ranges, owner) => {
    for (let at = 0; at < ranges.length; at += 2) {
      const from = keyOf(owner, ranges[at])
      const to = keyOf(owner, ranges[at + 1])
      for (; i < count && starts[i] >= from && ends[i] <= to; i++) {
        if (i > 0 && starts[i] < ends[i - 1]) reader.fail('not-canonical', 'A character is listed twice')
      }
    }
  })
  if (i < count) reader.fail('out-of-range', 'A living character outside the coverage')
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}

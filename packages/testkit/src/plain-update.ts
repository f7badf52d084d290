/**
 * An update read plainly: a second reader of the format, written from packages/crdt/FORMAT.md and sharing no line with the first.
 * Slow and obvious; it knows nothing of how a document is kept.
 */
export interface PlainUpdate {
  readonly incarnation: string | null
  /** Every run that is listed, parents first. */
  readonly runs: readonly PlainRun[]
  readonly covered: readonly PlainRange[]
  readonly living: readonly PlainCharacter[]
}

/** A run: where it hangs. `parent` is null on the start token. */
export interface PlainRun {
  readonly replica: number
  readonly first: number
  readonly parent: PlainRun | null
  readonly depth: number
  readonly anchor: number
  readonly side: -1 | 1
  readonly digit: number
  readonly source: PlainId | null
}

export interface PlainId {
  readonly replica: number
  readonly seq: number
}

/** The ids `from` ≤ seq < `to`. */
export interface PlainRange {
  readonly replica: number
  readonly from: number
  readonly to: number
}

/** A living character, and the first seq of its run. */
export interface PlainCharacter extends PlainId {
  readonly first: number
  readonly unit: number
}

const LIMIT = 2 ** 31 - 1

/** A place in the text: one of its ends, or a side of a character. */
export type PlainAnchor = 'start' | 'end' | { readonly id: PlainId; readonly side: 'before' | 'after' }

/** Reads an update, or answers null where FORMAT.md says that it is refused. */
export function readPlainUpdate(bytes: Uint8Array): PlainUpdate | null {
  return unlessRefused(() => readUpdate(new Bytes(bytes)))
}

/** Reads an anchor, or answers null where FORMAT.md says that it is refused. */
export function readPlainAnchor(bytes: Uint8Array): PlainAnchor | null {
  return unlessRefused(() => readAnchor(new Bytes(bytes)))
}

function readAnchor(bytes: Bytes): PlainAnchor {
  const kind = bytes.byte()
  must(kind <= 3)
  const id = kind < 2 ? null : { replica: bytes.replica(), seq: bytes.seq() }
  must(bytes.left === 0)
  if (id === null) return kind === 0 ? 'start' : 'end'
  return { id, side: kind === 2 ? 'before' : 'after' }
}

function unlessRefused<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

function readUpdate(bytes: Bytes): PlainUpdate {
  const head = bytes.byte()
  must(head >> 5 === 1)
  const shape = head & 31
  if (shape === 0) return readColumns(bytes, null)
  if (shape === 1) return readColumns(bytes, bytes.hex(16))
  return shape === 31 ? readSeveral(bytes) : readSimple(bytes, shape)
}

function readSimple(bytes: Bytes, shape: number): PlainUpdate {
  if (shape === 2) return readPath(bytes)
  return shape < 5 ? readDeletion(bytes, shape === 4) : readTyping(bytes, shape)
}

function readSeveral(bytes: Bytes): PlainUpdate {
  const count = bytes.varint() + 2
  must(count <= 16)
  const deletions: PlainUpdate[] = []
  const insertions: PlainUpdate[] = []
  for (let i = 0; i < count; i++) {
    const part = bytes.part(bytes.varint())
    const head = part.byte()
    const shape = head & 31
    must(head >> 5 === 1 && shape >= 2 && shape <= 30)
    const update = readSimple(part, shape)
    must(update.living.length > 0 || insertions.length === 0)
    if (update.living.length === 0) deletions.push(update)
    else insertions.push(update)
  }
  const dead = deletions.flatMap(({ covered }) => covered)
  const told = insertions.flatMap(({ covered }) => covered)
  must(dead.every((b, i) => i === 0 || isAfter(at(dead, i - 1), b)))
  must(bytes.left === 0)
  const [first] = told
  must(first === undefined || dead.every((range) => range.replica !== first.replica || range.to <= first.from))
  must(told.every((b, i) => i === 0 || (at(told, i - 1).replica === b.replica && at(told, i - 1).to <= b.from)))
  return {
    incarnation: null,
    runs: insertions.flatMap(({ runs }) => runs),
    covered: [...dead, ...told],
    living: insertions.flatMap(({ living }) => living),
  }
}

/** By replica, then seq; ranges that touch would be one. */
function isAfter(a: PlainRange, b: PlainRange): boolean {
  return a.replica < b.replica || (a.replica === b.replica && a.to < b.from)
}

function readDeletion(bytes: Bytes, ofOne: boolean): PlainUpdate {
  const replica = bytes.replica()
  const from = bytes.varint()
  const to = from + (ofOne ? 1 : bytes.varint() + 2)
  must(to <= LIMIT && bytes.left === 0)
  return { incarnation: null, runs: [], covered: [{ replica, from, to }], living: [] }
}

function readTyping(bytes: Bytes, shape: number): PlainUpdate {
  const replica = bytes.replica()
  const seq = bytes.varint()
  const offset = shape === 5 ? bytes.varint() : shape - 5
  must(offset <= seq && (shape > 5 || offset >= 26))
  const units = bytes.text()
  const to = seq + units.length
  must(units.length > 0 && to <= LIMIT)
  const living = units.map((unit, i) => ({ replica, seq: seq + i, first: seq - offset, unit }))
  return { incarnation: null, runs: [], covered: [{ replica, from: seq, to }], living }
}

function readPath(bytes: Bytes): PlainUpdate {
  const levels = bytes.varint() + 1
  const named: number[] = []
  const runs: PlainRun[] = []
  while (runs.length < levels) runs.push(readLevel(bytes, runs.at(-1) ?? null, named))
  const run = runs.at(-1)
  const units = bytes.text()
  if (run === undefined || units.length === 0) throw new Refused()
  const { replica, first } = run
  must(first + units.length <= LIMIT)
  const living = units.map((unit, i) => ({ replica, seq: first + i, first, unit }))
  const covered = [{ replica, from: first, to: first + units.length }]
  return { incarnation: null, runs, covered, living }
}

function readLevel(bytes: Bytes, parent: PlainRun | null, named: number[]): PlainRun {
  const flags = bytes.byte()
  must((flags & ~(1 | 2 | 4 | 16)) === 0)
  const anchor = bytes.varint()
  const isOther = (flags & 4) !== 0
  const replica = isOther ? readNamed(bytes, named) : (parent?.replica ?? 0)
  must(isOther === (replica !== parent?.replica) && replica > 0)
  const first = isOther ? bytes.varint() : (parent?.first ?? 0) + anchor + 1 + bytes.varint()
  const digit = flags & 2 ? bytes.digit() : 0
  const source = flags & 16 ? { replica: readNamed(bytes, named), seq: bytes.seq() } : null
  const depth = (parent?.depth ?? 0) + 1
  return checked({ replica, first, parent, depth, anchor, side: flags & 1 ? 1 : -1, digit, source })
}

function readNamed(bytes: Bytes, named: number[]): number {
  const number = bytes.varint()
  if (number > 0) return at(named, number - 1)
  const replica = bytes.replica()
  must(!named.includes(replica))
  named.push(replica)
  return replica
}

function readColumns(bytes: Bytes, incarnation: string | null): PlainUpdate {
  const replicas = readReplicas(bytes)
  const covered = replicas.flatMap((replica) => readRanges(bytes, replica))
  const { runs, bare } = readRuns(bytes, replicas)
  const named = [...covered, ...runs, ...runs.flatMap(({ source }) => source ?? [])]
  must(replicas.every((replica) => named.some((each) => each.replica === replica)))
  const spans = runs.flatMap((run, i) => (bare[i] ? [] : readSpans(bytes, run)))
  const units = bytes.text()
  must(units.length === spans.reduce((sum, { from, to }) => sum + to - from, 0))
  const living: PlainCharacter[] = []
  for (const { run, from, to } of spans) {
    must(covered.some((range) => range.replica === run.replica && range.from <= from && to <= range.to))
    for (let seq = from; seq < to; seq++) {
      living.push({ replica: run.replica, seq, first: run.first, unit: units[living.length] ?? 0 })
    }
  }
  must(new Set(living.map(nameOf)).size === living.length)
  return { incarnation, runs, covered, living }
}

function readReplicas(bytes: Bytes): readonly number[] {
  const replicas = bytes.list(() => bytes.replica())
  must(replicas.every((replica, i) => replica > (replicas[i - 1] ?? 0)))
  return replicas
}

function readRanges(bytes: Bytes, replica: number): readonly PlainRange[] {
  let end = -1
  return bytes.list(() => {
    const from = end + 1 + bytes.varint()
    end = from + 1 + bytes.varint()
    must(end <= LIMIT)
    return { replica, from, to: end }
  })
}

interface Span {
  readonly run: PlainRun
  readonly from: number
  readonly to: number
}

function readSpans(bytes: Bytes, run: PlainRun): readonly Span[] {
  const spans: Span[] = []
  let end = run.first - 1
  for (let more = true; more; ) {
    const from = end + 1 + bytes.varint()
    const size = bytes.varint()
    more = size % 2 === 1
    end = from + Math.floor(size / 2) + 1
    must(end <= LIMIT)
    spans.push({ run, from, to: end })
  }
  return spans
}

/** The columns of runs, and which of them are bare. */
function readRuns(bytes: Bytes, replicas: readonly number[]): { runs: readonly PlainRun[]; bare: readonly boolean[] } {
  const heads = bytes.list(() => bytes.varint())
  const parents: number[] = []
  for (const head of heads) {
    let above = parents.length - 1
    for (let up = Math.floor(head / 32); up > 0; up--) {
      must(above >= 0)
      above = parents[above] ?? -1
    }
    parents.push(above)
  }
  // The sibling listed before each run: −1 if there is none.
  const elders = parents.map((parent, i) => parents.slice(0, i).lastIndexOf(parent))
  const anchors: number[] = []
  for (const elder of elders) {
    anchors.push((anchors[elder] ?? 0) + bytes.varint())
    must((anchors.at(-1) ?? 0) <= LIMIT)
  }
  const owners: number[] = []
  const firsts: number[] = []
  heads.forEach((head, i) => {
    const owner = owners[parents[i] ?? -1]
    if (head & 4) {
      const replica = bytes.oneOf(replicas)
      must(replica !== owner)
      firsts.push((firsts[owners.lastIndexOf(replica)] ?? 0) + bytes.zigzag())
      owners.push(replica)
    } else {
      if (owner === undefined) throw new Refused()
      firsts.push((firsts[parents[i] ?? -1] ?? 0) + (anchors[i] ?? 0) + 1 + bytes.varint())
      owners.push(owner)
    }
  })
  const digits = heads.map((head) => ((head & 2) === 0 ? 0 : bytes.digit()))
  const sources = heads.map((head) => ((head & 16) === 0 ? null : { replica: bytes.oneOf(replicas), seq: bytes.seq() }))
  const runs: PlainRun[] = []
  heads.forEach((head, i) => {
    const parent = runs[parents[i] ?? -1] ?? null
    const run = checked({
      replica: owners[i] ?? 0,
      first: firsts[i] ?? 0,
      parent,
      depth: (parent?.depth ?? 0) + 1,
      anchor: anchors[i] ?? 0,
      side: head & 1 ? 1 : -1,
      digit: digits[i] ?? 0,
      source: sources[i] ?? null,
    })
    const elder = runs[elders[i] ?? -1]
    must(elder === undefined || compareSiblings(elder, run) < 0)
    runs.push(run)
  })
  must(new Set(runs.map(({ replica, first }) => nameOf({ replica, seq: first }))).size === runs.length)
  return { runs, bare: heads.map((head) => (head & 8) !== 0) }
}

/** A run within its limits. */
function checked(run: PlainRun): PlainRun {
  must(run.first >= 0 && run.first < LIMIT && run.anchor <= LIMIT && run.depth <= 16384)
  must(run.parent !== null || (run.anchor === 0 && run.side === 1))
  must(Math.abs(run.digit) <= 2 ** Math.min(20 + run.depth, 30))
  for (let { parent: above } = run; above !== null; above = above.parent) {
    must(above.replica !== run.replica || above.first < run.first)
  }
  return run
}

/** The order of runs that hang on one parent. */
export function compareSiblings(a: PlainRun, b: PlainRun): number {
  return a.anchor - b.anchor || a.side - b.side || a.digit - b.digit || a.replica - b.replica || a.first - b.first
}

export function nameOf({ replica, seq }: PlainId): string {
  return `${replica}:${seq}`
}

class Refused extends Error {}

function must(holds: boolean): void {
  if (!holds) throw new Refused()
}

function at<T>(list: readonly T[], i: number): T {
  const one = list[i]
  if (one === undefined) throw new Refused()
  return one
}

/** The numbers and texts of the format, one after another. */
class Bytes {
  private readonly source: Uint8Array
  private at = 0

  constructor(source: Uint8Array) {
    this.source = source
  }

  get left(): number {
    return this.source.length - this.at
  }

  /** The next so many bytes. */
  part(size: number): Bytes {
    must(size <= this.left)
    this.at += size
    return new Bytes(this.source.slice(this.at - size, this.at))
  }

  byte(): number {
    const byte = this.source[this.at++]
    if (byte === undefined) throw new Refused()
    return byte
  }

  varint(): number {
    let n = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte()
      n += (byte & 127) * factor
      must(n <= Number.MAX_SAFE_INTEGER && factor < 2 ** 53)
      if (byte >= 128) continue
      must(byte > 0 || factor === 1)
      return n
    }
  }

  zigzag(): number {
    const n = this.varint()
    must(n < 2 ** 32)
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2
  }

  digit(): number {
    const digit = this.zigzag()
    must(digit !== 0)
    return digit
  }

  seq(): number {
    const seq = this.varint()
    must(seq < LIMIT)
    return seq
  }

  replica(): number {
    let n = 0
    for (let i = 0; i < 6; i++) n += this.byte() * 256 ** i
    must(n > 0)
    return n
  }

  hex(bytes: number): string {
    return Array.from({ length: bytes }, () => this.byte().toString(16).padStart(2, '0')).join('')
  }

  /** A count, then as many. */
  list<T>(read: () => T): readonly T[] {
    const count = this.varint()
    const list: T[] = []
    while (list.length < count) list.push(read())
    return list
  }

  oneOf(list: readonly number[]): number {
    return at(list, this.varint())
  }

  /** UTF-8 up to the end, as UTF-16 units; a lone surrogate is three bytes, a pair is always four. */
  text(): readonly number[] {
    const units: number[] = []
    while (this.left > 0) {
      const point = this.point()
      must(!(isLow(point) && isHigh(units.at(-1) ?? 0)))
      if (point < 0x10000) units.push(point)
      else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + (point & 0x3ff))
    }
    return units
  }

  private point(): number {
    const first = this.byte()
    if (first < 0x80) return first
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1
    must(first >= 0xc0 && first < 0xf8)
    let point = first & (0x3f >> more)
    for (let i = 0; i < more; i++) {
      const next = this.byte()
      must(next >> 6 === 2)
      point = point * 64 + (next & 63)
    }
    must(point >= (more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000) && point <= 0x10ffff)
    return point
  }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}

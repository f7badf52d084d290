import {
  COLUMNS,
  DELETION,
  DELETION_OF_ONE,
  FORMAT_VERSION,
  LAST_TYPING,
  MOST_PARTS,
  RUN,
  SEVERAL,
  STATE,
  TYPING,
} from './codec/format.ts'
import { Columns, readColumns } from './codec/read-columns.ts'
import { type DecodeError, type Reader, read } from './codec/reader.ts'
import { type NewRun, readPath } from './codec/run.ts'
import { Writer } from './codec/writer.ts'
import { type IdRange, type Incarnation, incarnation, MAX_SEQ, type ReplicaId } from './ids.ts'
import type { Result } from './result.ts'

/**
 * What one copy of a document tells another: coverage plus living text. Coverage is the ids it speaks for; the living ones among
 * them are listed with their keys and characters; what is covered and not living is dead. Immutable.
 *
 * One class for all shapes, because updates are made and read a hundred thousand times a second. `columns` belongs to the shapes
 * COLUMNS and STATE, `parts` to SEVERAL; `replica`, `from`, `to` to the others; `text` to TYPING and RUN, `offset` to TYPING,
 * `run` to RUN.
 */
export class Update {
  /** @internal */
  readonly shape: number
  /** @internal */
  readonly replica: ReplicaId
  /** @internal */
  readonly from: number
  /** @internal */
  readonly to: number
  /** @internal The offset in its run of character `from`; of an update made here that has an encoder, the number of its run. */
  readonly offset: number
  /** @internal */
  readonly text: string
  private encoded: Uint8Array | RunEncoder | null
  private decoded: Columns | NewRun | readonly Update[] | null

  /** @internal */
  constructor(
    shape: number,
    replica: ReplicaId,
    from: number,
    to: number,
    offset: number,
    text: string,
    encoded: Uint8Array | RunEncoder | null,
    decoded: Columns | NewRun | readonly Update[] | null,
  ) {
    this.shape = shape
    this.replica = replica
    this.from = from
    this.to = to
    this.offset = offset
    this.text = text
    this.encoded = encoded
    this.decoded = decoded
  }

  /** The update in the format that FORMAT.md describes. Encoded when first asked for, O(bytes): what nobody sends costs nothing. */
  get bytes(): Uint8Array {
    if (this.encoded === null) this.encoded = this.shape === SEVERAL ? encodeSeveral(this.parts) : encodeSmall(this)
    else if (!(this.encoded instanceof Uint8Array)) this.encoded = this.encoded.encodeRun(this.offset, this.text)
    return this.encoded
  }

  /** @internal */
  get columns(): Columns {
    this.decoded ??= this.reread().decoded
    if (this.decoded instanceof Columns) return this.decoded
    throw new Error(`An update of shape ${this.shape} has no columns`)
  }

  /** The run that an update of shape RUN brings; null if it was made here and not read from bytes. @internal */
  get run(): NewRun | null {
    return this.decoded as NewRun | null
  }

  /** @internal */
  get parts(): readonly Update[] {
    return this.decoded as readonly Update[]
  }

  /** The same, read from its bytes. @internal */
  reread(): Update {
    return mustRead(this.bytes)
  }

  /** The living characters it carries: who wrote what. O(bytes). */
  get inserts(): readonly IdRange[] {
    if (this.hasColumns) return this.columns.inserts()
    if (this.shape === SEVERAL) return this.parts.flatMap((part) => part.inserts)
    return this.shape === DELETION ? [] : [{ replica: this.replica, from: this.from, to: this.to }]
  }

  /** The ids it speaks for. Those that are not among `inserts` are dead. O(bytes). */
  get covers(): readonly IdRange[] {
    if (this.hasColumns) return this.columns.coverage()
    if (this.shape === SEVERAL) return this.parts.flatMap((part) => part.covers)
    return [{ replica: this.replica, from: this.from, to: this.to }]
  }

  /** Of which document it is: only a saved document says so. O(1). */
  get incarnation(): Incarnation | null {
    return this.shape === STATE ? this.columns.incarnation : null
  }

  /** Whether it tells nothing at all. O(replicas), and for what `updateSince` made, when first asked, O(bytes). */
  get isEmpty(): boolean {
    return this.hasColumns && this.columns.covers.every((ranges) => ranges.length === 0)
  }

  private get hasColumns(): boolean {
    return this.shape === COLUMNS || this.shape === STATE
  }
}

const writer = new Writer(4096)

/** Reads an update. Refuses bytes that no encoder of this version can have written, with a code and an offset. O(bytes). */
export function decodeUpdate(bytes: Uint8Array): Result<Update, DecodeError> {
  return read(bytes, (reader) => readUpdate(reader, bytes))
}

function readUpdate(reader: Reader, bytes: Uint8Array): Update {
  const shape = readShape(reader)
  switch (shape) {
    case COLUMNS:
      return new Update(COLUMNS, NOBODY, 0, 0, 0, '', bytes, readColumns(reader, null))
    case STATE:
      return new Update(STATE, NOBODY, 0, 0, 0, '', bytes, readColumns(reader, readIncarnation(reader)))
    case SEVERAL:
      return readSeveral(reader, bytes)
    default:
      return readSimple(reader, bytes, shape)
  }
}

function readShape(reader: Reader): number {
  const head = reader.byte()
  if (head >> 5 !== FORMAT_VERSION)
    reader.fail('unknown-format', `Format version ${head >> 5}; this package reads ${FORMAT_VERSION}`)
  return head & 31
}

function readSimple(reader: Reader, bytes: Uint8Array, shape: number): Update {
  if (shape === RUN) return readRun(reader, bytes)
  return shape < TYPING ? readDeletion(reader, bytes, shape) : readTyping(reader, bytes, shape)
}

const NOBODY = 0 as ReplicaId

/** @internal */
export function typing(replica: ReplicaId, seq: number, offset: number, text: string): Update {
  return new Update(TYPING, replica, seq, seq + text.length, offset, text, null, null)
}

/** @internal */
export function deletion(replica: ReplicaId, from: number, to: number): Update {
  return new Update(DELETION, replica, from, to, 0, '', null, null)
}

/** Who writes down an update with text of one run when its bytes are first asked for. @internal */
export interface RunEncoder {
  encodeRun(run: number, text: string): Uint8Array
}

/** @internal Of a run that begins at `seq`. */
export function newRun(replica: ReplicaId, seq: number, text: string, encoder: RunEncoder, run: number): Update {
  return new Update(RUN, replica, seq, seq + text.length, run, text, encoder, null)
}

/** @internal Of deletions and insertions in the order of `follows`: at least two, at most MOST_PARTS. */
export function several(parts: readonly Update[]): Update {
  return new Update(SEVERAL, NOBODY, 0, 0, 0, '', null, parts)
}

/** @internal Of bytes that this package has just encoded. */
export function encoded(bytes: Uint8Array): Update {
  return new Update((bytes[0] as number) & 31, NOBODY, 0, 0, 0, '', bytes, null)
}

function readTyping(reader: Reader, bytes: Uint8Array, shape: number): Update {
  const replica = reader.replica()
  const seq = reader.varint(MAX_SEQ)
  const offset = shape === TYPING ? reader.varint(MAX_SEQ) : shape - TYPING
  if (shape === TYPING && (offset === 0 || offset <= LAST_TYPING - TYPING))
    reader.fail('not-canonical', 'An offset that has a shape of its own')
  if (offset > seq) reader.fail('out-of-range', 'A run that begins before seq 0')
  const text = readText(reader, seq)
  return new Update(TYPING, replica, seq, seq + text.length, offset, text, bytes, null)
}

function readRun(reader: Reader, bytes: Uint8Array): Update {
  const run = readPath(reader)
  const text = readText(reader, run.first)
  return new Update(RUN, run.replica, run.first, run.first + text.length, 0, text, bytes, run)
}

function readText(reader: Reader, seq: number): string {
  const text = reader.text(reader.left)
  if (text === '') reader.fail('not-canonical', 'Typing without text')
  if (seq + text.length > MAX_SEQ) reader.fail('out-of-range', 'Too many characters of one replica')
  return text
}

function readDeletion(reader: Reader, bytes: Uint8Array, shape: number): Update {
  const replica = reader.replica()
  const from = reader.varint(MAX_SEQ)
  const size = shape === DELETION_OF_ONE ? 1 : reader.varint(MAX_SEQ) + 2
  if (from + size > MAX_SEQ) reader.fail('out-of-range', 'Too many characters of one replica')
  return new Update(DELETION, replica, from, from + size, 0, '', bytes, null)
}

function readSeveral(reader: Reader, bytes: Uint8Array): Update {
  const count = reader.varint(MOST_PARTS - 2) + 2
  const parts: Update[] = []
  while (parts.length < count) {
    const part = reader.within(reader.varint(), (its) => readPart(reader, its))
    if (parts.length > 0 && !follows(parts[parts.length - 1], part)) reader.fail('not-canonical', 'Parts out of order')
    if (part.shape !== DELETION && parts.some((other) => isLate(other, part)))
      reader.fail('not-canonical', 'Characters deleted before they are there')
    parts.push(part)
  }
  return new Update(SEVERAL, NOBODY, 0, 0, 0, '', bytes, parts)
}

function readPart(reader: Reader, bytes: Uint8Array): Update {
  const shape = readShape(reader)
  if (shape < RUN || shape === SEVERAL) reader.fail('not-canonical', 'A part that has parts')
  return readSimple(reader, bytes, shape)
}

/** Deletions come first, by replica and seq; then what one replica, the author, inserted, by seq. */
function follows(a: Update, b: Update): boolean {
  if (b.shape !== DELETION) return a.shape === DELETION || (a.replica === b.replica && a.to <= b.from)
  return a.shape === DELETION && (a.replica < b.replica || (a.replica === b.replica && a.to < b.from))
}

function isLate(a: Update, b: Update): boolean {
  return a.shape === DELETION && a.replica === b.replica && a.to > b.from
}

function readIncarnation(reader: Reader): Incarnation {
  return incarnation(Array.from(reader.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join(''))
}

function encodeSmall(update: Update): Uint8Array {
  const isTyping = update.shape === TYPING
  const size = update.to - update.from
  const shape = isTyping ? typingShape(update.offset) : size === 1 ? DELETION_OF_ONE : DELETION
  writer.byte((FORMAT_VERSION << 5) | shape)
  writer.replica(update.replica)
  writer.varint(update.from)
  if (shape === TYPING) writer.varint(update.offset)
  if (isTyping) writer.text(update.text)
  else if (size > 1) writer.varint(size - 2)
  return writer.finish()
}

function typingShape(offset: number): number {
  return offset <= LAST_TYPING - TYPING ? TYPING + offset : TYPING
}

function encodeSeveral(parts: readonly Update[]): Uint8Array {
  const bytes = parts.map((part) => part.bytes)
  writer.byte((FORMAT_VERSION << 5) | SEVERAL)
  writer.varint(parts.length - 2)
  for (const part of bytes) writer.blob(part)
  return writer.finish()
}

function mustRead(bytes: Uint8Array): Update {
  const update = decodeUpdate(bytes)
  if (!update.ok)
    throw new Error(`This package wrote what it cannot read: ${update.error.message} at ${update.error.offset}`)
  return update.value
}

import { isReplicaId, type ReplicaId } from '../ids.ts'
import type { Result } from '../result.ts'

/** Why bytes were refused. */
export interface DecodeError {
  /** Stable, for programs. */
  readonly code: DecodeErrorCode
  /** Where reading ended, in bytes from the start. */
  readonly offset: number
  /** In English, for people. */
  readonly message: string
}

/**
 * This package's codes, and those of formats that others build on its Reader. `not-a-document` is `Doc.load`'s: an update, where a
 * saved document was wanted.
 */
export type DecodeErrorCode =
  | 'truncated'
  | 'trailing-bytes'
  | 'unknown-format'
  | 'not-canonical'
  | 'out-of-range'
  | 'bad-text'
  | 'not-a-document'
  | (string & {})

/** Thrown by a Reader and caught by `read`, nowhere else. */
class ReadFailure extends Error {
  readonly error: DecodeError
  constructor(error: DecodeError) {
    super(error.message)
    this.error = error
  }
}

/**
 * Runs a reading function over bytes. Every failure inside becomes an error result; trailing bytes are refused. O(1) beside what
 * the function costs.
 */
export function read<T>(bytes: Uint8Array, f: (reader: Reader) => T): Result<T, DecodeError> {
  try {
    const reader = new Reader(bytes)
    const value = f(reader)
    reader.end()
    return { ok: true, value }
  } catch (error) {
    if (error instanceof ReadFailure) return { ok: false, error: error.error }
    throw error
  }
}

/**
 * Reads what a Writer wrote, and only what a Writer can have written: the shortest form of every number, whole UTF-8
 * sequences, no more than there is. It takes no memory before it has seen that the bytes are there.
 * Every method costs O(bytes that it reads).
 */
export class Reader {
  private readonly source: Uint8Array
  private at = 0
  private limit: number

  /** Of bytes that do not change while they are read: what it answers may be a view of them. */
  constructor(bytes: Uint8Array) {
    this.source = bytes
    this.limit = bytes.length
  }

  /** Bytes read. */
  get offset(): number {
    return this.at
  }

  /** Bytes not yet read. */
  get left(): number {
    return this.limit - this.at
  }

  /** Whether all bytes are read. */
  get done(): boolean {
    return this.at === this.limit
  }

  /** A number from 0 to 255, in one byte. */
  byte(): number {
    if (this.at >= this.limit) this.truncated()
    return this.source[this.at++] as number
  }

  /** A whole number from 0 to `max`. */
  varint(max: number = Number.MAX_SAFE_INTEGER): number {
    const first = this.byte()
    const n = first < 128 ? first : this.longVarint(first & 127)
    if (n > max) this.fail('out-of-range', `${n} is more than ${max}`)
    return n
  }

  /** A whole number from −2^31 to 2^31 − 1. */
  zigzag(): number {
    const n = this.varint(0xffffffff)
    return (n >>> 1) ^ -(n & 1)
  }

  /** The next `n` bytes: a view, not a copy. */
  bytes(n: number): Uint8Array {
    if (n > this.left) this.truncated()
    this.at += n
    return this.source.subarray(this.at - n, this.at)
  }

  /** Bytes with their number before them, at most `max`: a view, not a copy. */
  blob(max: number = Number.MAX_SAFE_INTEGER): Uint8Array {
    return this.bytes(this.varint(max))
  }

  /** The next `n` bytes, read by `f`, which must read them all. */
  within<T>(n: number, f: (bytes: Uint8Array) => T): T {
    if (n > this.left) this.truncated()
    const outer = this.limit
    this.limit = this.at + n
    const value = f(this.source.subarray(this.at, this.limit))
    this.end()
    this.limit = outer
    return value
  }

  /** UTF-8 with its length in bytes before it, at most `maxBytes`. */
  string(maxBytes: number = Number.MAX_SAFE_INTEGER): string {
    return stringOf(this.units(this.varint(maxBytes)))
  }

  /** `bytes` bytes of UTF-8 as a string. */
  text(bytes: number): string {
    if (bytes === 1 && this.left > 0 && (this.source[this.at] as number) < 128) return String.fromCharCode(this.byte())
    return stringOf(this.units(bytes))
  }

  /** `bytes` bytes of UTF-8 as UTF-16 units. */
  units(bytes: number): Uint16Array {
    if (bytes > this.left) this.truncated()
    const { source } = this
    const end = this.at + bytes
    const units = new Uint16Array(bytes)
    let length = 0
    for (;;) {
      let at = this.at
      while (at < end && (source[at] as number) < 0x80) units[length++] = source[at++] as number
      this.at = at
      if (at === end) break
      const point = this.codePoint(source[at] as number, end)
      if (point < 0x10000) {
        this.refuseSplitPair(point, length > 0 ? (units[length - 1] as number) : 0)
        units[length++] = point
      } else {
        units[length++] = 0xd800 + ((point - 0x10000) >> 10)
        units[length++] = 0xdc00 + ((point - 0x10000) & 0x3ff)
      }
    }
    return length === bytes ? units : units.subarray(0, length)
  }

  /** A whole number from −2^31 to 2^31 − 1, in four bytes. */
  int32(): number {
    const bytes = this.bytes(4)
    return (
      (bytes[0] as number) | ((bytes[1] as number) << 8) | ((bytes[2] as number) << 16) | ((bytes[3] as number) << 24)
    )
  }

  /** A replica id, in six bytes. */
  replica(): ReplicaId {
    if (this.left < 6) this.truncated()
    const { source, at } = this
    const low = (source[at] as number) | ((source[at + 1] as number) << 8) | ((source[at + 2] as number) << 16)
    const high = (source[at + 3] as number) | ((source[at + 4] as number) << 8) | ((source[at + 5] as number) << 16)
    this.at = at + 6
    const n = high * 2 ** 24 + low
    if (!isReplicaId(n)) return this.fail('out-of-range', 'A replica id is never 0')
    return n
  }

  /** Refuses bytes that are left. */
  end(): void {
    if (!this.done) this.fail('trailing-bytes', `${this.left} bytes too many`)
  }

  /** Ends the reading; `read` answers with this error. */
  fail(code: DecodeErrorCode, message: string): never {
    throw new ReadFailure({ code, offset: this.at, message })
  }

  private longVarint(low: number): number {
    let n = low
    let factor = 128
    for (;;) {
      const byte = this.byte()
      n += (byte & 127) * factor
      if (n > Number.MAX_SAFE_INTEGER || factor > 2 ** 49) this.fail('out-of-range', 'A number of more than 53 bits')
      if (byte < 128) {
        if (byte === 0) this.fail('not-canonical', 'A number written longer than it needs')
        return n
      }
      factor *= 128
    }
  }

  private codePoint(first: number, end: number): number {
    const extra =
      first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0
    if (extra === 0 || this.at + extra >= end) this.fail('bad-text', 'Not UTF-8')
    let point = first & (0x3f >> extra)
    for (let i = 1; i <= extra; i++) {
      const byte = this.source[this.at + i] as number
      if ((byte & 0xc0) !== 0x80) this.fail('bad-text', 'Not UTF-8')
      point = (point << 6) | (byte & 63)
    }
    const smallest = extra === 1 ? 0x80 : extra === 2 ? 0x800 : 0x10000
    if (point < smallest || point > 0x10ffff) this.fail('bad-text', 'Not UTF-8')
    this.at += extra + 1
    return point
  }

  /** A pair of surrogates has one form: four bytes. Two times three would be the same text in other bytes. */
  private refuseSplitPair(unit: number, previous: number): void {
    if ((unit & 0xfc00) === 0xdc00 && (previous & 0xfc00) === 0xd800)
      this.fail('not-canonical', 'A split surrogate pair')
  }

  private truncated(): never {
    return this.fail('truncated', `The bytes end at ${this.limit}`)
  }
}

/** In pieces, because a call takes only so many arguments. */
export function stringOf(units: Uint16Array): string {
  if (units.length <= 8192) return fromUnits(units)
  let text = ''
  for (let i = 0; i < units.length; i += 8192) text += fromUnits(units.subarray(i, i + 8192))
  return text
}

function fromUnits(units: Uint16Array): string {
  return String.fromCharCode.apply(null, units as unknown as number[])
}

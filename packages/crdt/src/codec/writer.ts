import type { ReplicaId } from '../ids.ts'

/**
 * Writes bytes one value after another into a growing buffer. Numbers are little-endian base-128 varints (LEB128), signed
 * ones folded to unsigned first (zigzag); strings and blobs carry their length in bytes before them. Every method
 * costs O(bytes that it writes), `finish` all of them once more.
 */
export class Writer {
  private buffer: Uint8Array
  private length = 0

  /** Capacity is in bytes: a good guess saves a copy or two. */
  constructor(capacity = 64) {
    this.buffer = new Uint8Array(capacity)
  }

  /** A number from 0 to 255, in one byte. */
  byte(n: number): void {
    if (this.length === this.buffer.length) this.grow(1)
    this.buffer[this.length++] = n
  }

  /** A whole number from 0 to 2^53 − 1, in 1 to 8 bytes. */
  varint(n: number): void {
    if (this.length + 8 > this.buffer.length) this.grow(8)
    const buffer = this.buffer
    while (n > 0x7fffffff) {
      buffer[this.length++] = (n % 128) | 128
      n = Math.floor(n / 128)
    }
    while (n > 127) {
      buffer[this.length++] = (n & 127) | 128
      n >>>= 7
    }
    buffer[this.length++] = n
  }

  /** A whole number from −2^31 to 2^31 − 1; those near zero, of either sign, take one byte. */
  zigzag(n: number): void {
    this.varint(((n << 1) ^ (n >> 31)) >>> 0)
  }

  /** The bytes as they are; the reader must know how many. */
  bytes(b: Uint8Array): void {
    if (this.length + b.length > this.buffer.length) this.grow(b.length)
    this.buffer.set(b, this.length)
    this.length += b.length
  }

  /** Bytes with their number before them. */
  blob(b: Uint8Array): void {
    this.varint(b.length)
    this.bytes(b)
  }

  /** Length-prefixed UTF-8; an unpaired surrogate keeps its value (WTF-8), so that every string comes back as it was. */
  string(s: string): void {
    const units = new Uint16Array(s.length)
    for (let i = 0; i < s.length; i++) units[i] = s.charCodeAt(i)
    this.varint(utf8Length(units, 0, units.length))
    this.units(units, 0, units.length)
  }

  /** A string as UTF-8, with no length before it. */
  text(s: string): void {
    if (this.length + 3 * s.length > this.buffer.length) this.grow(3 * s.length)
    let i = 0
    for (; i < s.length; i++) {
      const unit = s.charCodeAt(i)
      if (unit > 0x7f) break
      this.buffer[this.length++] = unit
    }
    if (i === s.length) return
    const units = new Uint16Array(s.length - i)
    for (let at = i; at < s.length; at++) units[at - i] = s.charCodeAt(at)
    this.units(units, 0, units.length)
  }

  /** UTF-16 units as UTF-8, with no length before them. */
  units(units: Uint16Array, from: number, to: number): void {
    if (this.length + 3 * (to - from) > this.buffer.length) this.grow(3 * (to - from))
    const buffer = this.buffer
    let at = this.length
    for (let i = from; i < to; i++) {
      const unit = units[i] as number
      if (unit < 0x80) {
        buffer[at++] = unit
      } else if (unit < 0x800) {
        buffer[at++] = 0xc0 | (unit >> 6)
        buffer[at++] = 0x80 | (unit & 63)
      } else if (isPair(unit, i + 1 < to ? (units[i + 1] as number) : 0)) {
        const point = 0x10000 + ((unit - 0xd800) << 10) + ((units[++i] as number) - 0xdc00)
        buffer[at++] = 0xf0 | (point >> 18)
        buffer[at++] = 0x80 | ((point >> 12) & 63)
        buffer[at++] = 0x80 | ((point >> 6) & 63)
        buffer[at++] = 0x80 | (point & 63)
      } else {
        buffer[at++] = 0xe0 | (unit >> 12)
        buffer[at++] = 0x80 | ((unit >> 6) & 63)
        buffer[at++] = 0x80 | (unit & 63)
      }
    }
    this.length = at
  }

  /** Four bytes, little-endian. */
  int32(n: number): void {
    if (this.length + 4 > this.buffer.length) this.grow(4)
    for (let shift = 0; shift < 32; shift += 8) this.buffer[this.length++] = n >>> shift
  }

  /** Six bytes, little-endian. */
  replica(id: ReplicaId): void {
    if (this.length + 6 > this.buffer.length) this.grow(6)
    const buffer = this.buffer
    const low = id >>> 0
    const high = Math.floor(id / 0x100000000)
    buffer[this.length++] = low
    buffer[this.length++] = low >>> 8
    buffer[this.length++] = low >>> 16
    buffer[this.length++] = low >>> 24
    buffer[this.length++] = high
    buffer[this.length++] = high >>> 8
  }

  /** A copy of what was written; the writer is empty again and can be used for the next message. */
  finish(): Uint8Array {
    const bytes = this.buffer.slice(0, this.length)
    this.length = 0
    return bytes
  }

  private grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + by))
    larger.set(this.buffer.subarray(0, this.length))
    this.buffer = larger
  }
}

/** The number of UTF-8 bytes that `Writer.units` writes. */
export function utf8Length(units: Uint16Array, from: number, to: number): number {
  let bytes = 0
  for (let i = from; i < to; i++) {
    const unit = units[i] as number
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (isPair(unit, i + 1 < to ? (units[i + 1] as number) : 0)) {
      bytes += 4
      i++
    } else bytes += 3
  }
  return bytes
}

function isPair(high: number, low: number): boolean {
  return (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00
}

import {
  decodeUpdate,
  decodeVersion,
  encodeVersion,
  type Incarnation,
  incarnation,
  type Result,
  type Update,
  type Version,
} from '@manyhands/crdt'
import type { DecodeError, Reader, Writer } from '@manyhands/crdt/bytes'
import { type DocumentId, parseDocumentId } from './document-id.ts'
import { bytesOfHex, hexOfBytes } from './hex.ts'
import { MAX_VERSION_BYTES } from './limits.ts'

/** The fields that several messages share. An update or a version that ends a message needs no length before it. */

export function writeDocument(w: Writer, document: DocumentId): void {
  w.string(document)
}

export function readDocument(r: Reader): DocumentId {
  return (
    parseDocumentId(r.string()) ??
    r.fail('bad-document-id', 'A document id has 26 letters and digits, without i, l, o, 0 and 1')
  )
}

export function writeIncarnation(w: Writer, value: Incarnation): void {
  w.bytes(bytesOfHex(value))
}

export function readIncarnation(r: Reader): Incarnation {
  return incarnation(hexOfBytes(r.bytes(16)))
}

export function writeStateHash(w: Writer, hash: string): void {
  w.bytes(bytesOfHex(hash))
}

export function readStateHash(r: Reader): string {
  return hexOfBytes(r.bytes(8))
}

export function writeLastUpdate(w: Writer, update: Update): void {
  w.bytes(update.bytes)
}

export function readLastUpdate(r: Reader): Update {
  return decoded(r, decodeUpdate(r.bytes(r.left)))
}

export function writeUpdate(w: Writer, update: Update): void {
  w.blob(update.bytes)
}

export function readUpdate(r: Reader): Update {
  return decoded(r, decodeUpdate(r.blob()))
}

/** Of a version that is too long, as much as may be said: the other side sends more then than it had to. */
export function writeLastVersion(w: Writer, version: Version): void {
  w.bytes(encodeVersion(version, MAX_VERSION_BYTES))
}

export function readLastVersion(r: Reader): Version {
  return decoded(r, decodeVersion(r.bytes(r.left)))
}

export function writeVersion(w: Writer, version: Version): void {
  w.blob(encodeVersion(version, MAX_VERSION_BYTES))
}

export function readVersion(r: Reader): Version {
  return decoded(r, decodeVersion(r.blob()))
}

/** 1 and the value, or 0. */
export function writeOptional<T>(w: Writer, value: T | null, write: (w: Writer, value: T) => void): void {
  w.byte(value === null ? 0 : 1)
  if (value !== null) write(w, value)
}

export function readOptional<T>(r: Reader, readValue: (r: Reader) => T): T | null {
  const flag = r.byte()
  if (flag > 1) r.fail('out-of-range', `Neither there nor not: ${flag}`)
  return flag === 1 ? readValue(r) : null
}

/** The number of elements, then each of them. No memory is taken before an element has been seen. */
export function writeList<T>(w: Writer, list: readonly T[], write: (w: Writer, value: T) => void): void {
  w.varint(list.length)
  for (const value of list) write(w, value)
}

export function readList<T>(r: Reader, max: number, readValue: (r: Reader) => T): readonly T[] {
  const list: T[] = []
  for (let left = r.varint(max); left > 0; left--) list.push(readValue(r))
  return list
}

/** What was decoded inside a message; its failure is the message's. */
export function decoded<T>(r: Reader, result: Result<T, DecodeError>): T {
  return result.ok ? result.value : r.fail(result.error.code, result.error.message)
}

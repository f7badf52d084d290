import type { Reader } from '@manyhands/crdt/bytes'
import { inflateSync } from 'fflate'
import { encodeMessage } from './codec.ts'
import { MAX_INFLATED_BYTES } from './limits.ts'

/** Deflate makes nothing more than 1,032 times as small, so nobody needs memory for more than that. */
const MOST_DEFLATED = 1032

/** A message in fewer bytes: its length, and what `deflate` (raw, RFC 1951) makes of it. */
export function encodeDeflated(number: number, message: Uint8Array, deflate: Deflate): Uint8Array {
  return encodeMessage(number, message, (w, bytes) => {
    w.varint(bytes.length)
    w.bytes(deflate(bytes))
  })
}

export type Deflate = (bytes: Uint8Array) => Uint8Array

/** The message inside. Takes no more memory than what was announced, and that within limits. */
export function readDeflated(r: Reader): Uint8Array {
  const size = r.varint(MAX_INFLATED_BYTES)
  const deflated = r.bytes(r.left)
  if (size > deflated.length * MOST_DEFLATED) r.fail('out-of-range', `${deflated.length} bytes cannot hold ${size}`)
  return inflated(deflated, size) ?? r.fail('bad-deflate', `No ${size} bytes of deflated data`)
}

/** One byte more than was announced is asked for, so that more than that is seen. */
function inflated(deflated: Uint8Array, size: number): Uint8Array | null {
  try {
    const message = inflateSync(deflated, { out: new Uint8Array(size + 1) })
    return message.length === size ? message : null
  } catch {
    return null
  }
}

import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { BUCKET_HASHES_BYTES } from './limits.ts'

/** Are our documents the same? They are dealt into 256 buckets by their ids, and each bucket has a hash of 8 bytes. */
export interface Compare {
  readonly type: 'compare'
  readonly hashes: Uint8Array
}

export function writeCompare(w: Writer, m: Compare): void {
  w.bytes(m.hashes)
}

export function readCompare(r: Reader): Compare {
  return { type: 'compare', hashes: r.bytes(BUCKET_HASHES_BYTES) }
}

import type { Version } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readLastVersion, writeLastVersion } from './fields.ts'

/**
 * Your push n lacked the beginning of a run that I do not have. It is not stored, nor are those before it that are not
 * called stored yet: push `updateSince(version)`.
 */
export interface Resync {
  readonly type: 'resync'
  readonly n: number
  readonly version: Version
}

export function writeResync(w: Writer, m: Resync): void {
  w.varint(m.n)
  writeLastVersion(w, m.version)
}

export function readResync(r: Reader): Resync {
  return { type: 'resync', n: r.varint(), version: readLastVersion(r) }
}

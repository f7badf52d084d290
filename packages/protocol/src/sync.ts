import type { Version } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readLastVersion, writeLastVersion } from './fields.ts'

/** Send me what I lack: our state hashes differ, or something I have waits for what I have not. Answered by updates. */
export interface Sync {
  readonly type: 'sync'
  readonly version: Version
}

export function writeSync(w: Writer, m: Sync): void {
  writeLastVersion(w, m.version)
}

export function readSync(r: Reader): Sync {
  return { type: 'sync', version: readLastVersion(r) }
}

import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readStateHash, writeStateHash } from './fields.ts'

/** Your pushes up to n are on disk, but for those that were refused. Sent after the commit and never before. */
export interface Stored {
  readonly type: 'stored'
  readonly n: number
  /** On how many servers they are, */
  readonly replicas: number
  /** of how many. */
  readonly servers: number
  /** Of the server's document when this was sent. */
  readonly stateHash: string
}

export function writeStored(w: Writer, m: Stored): void {
  w.varint(m.n)
  w.varint(m.replicas)
  w.varint(m.servers)
  writeStateHash(w, m.stateHash)
}

export function readStored(r: Reader): Stored {
  return { type: 'stored', n: r.varint(), replicas: r.varint(), servers: r.varint(), stateHash: readStateHash(r) }
}

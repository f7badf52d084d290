import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readStateHash, writeStateHash } from './fields.ts'

/** Nothing has changed for a while, and servers were asked for the hash of what is on their disks. */
export interface Agreement {
  readonly type: 'agreement'
  /** So many have what has this hash, */
  readonly agreeing: number
  /** of so many. */
  readonly servers: number
  readonly stateHash: string
}

export function writeAgreement(w: Writer, m: Agreement): void {
  w.varint(m.agreeing)
  w.varint(m.servers)
  writeStateHash(w, m.stateHash)
}

export function readAgreement(r: Reader): Agreement {
  return { type: 'agreement', agreeing: r.varint(), servers: r.varint(), stateHash: readStateHash(r) }
}

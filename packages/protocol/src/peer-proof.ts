import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { PROOF_BYTES } from './limits.ts'

/** The dialer proves that it knows the secret. */
export interface PeerProof {
  readonly type: 'peer-proof'
  readonly proof: Uint8Array
}

export function writePeerProof(w: Writer, m: PeerProof): void {
  w.bytes(m.proof)
}

export function readPeerProof(r: Reader): PeerProof {
  return { type: 'peer-proof', proof: r.bytes(PROOF_BYTES) }
}

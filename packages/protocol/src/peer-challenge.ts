import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { MAX_SERVER_ID_BYTES, NONCE_BYTES, PROOF_BYTES } from './limits.ts'

/** The dialed one proves that it knows the secret, and wants to see the same. */
export interface PeerChallenge {
  readonly type: 'peer-challenge'
  readonly protocol: number
  readonly server: string
  readonly nonce: Uint8Array
  readonly proof: Uint8Array
}

export function writePeerChallenge(w: Writer, m: PeerChallenge): void {
  w.varint(m.protocol)
  w.string(m.server)
  w.bytes(m.nonce)
  w.bytes(m.proof)
}

export function readPeerChallenge(r: Reader): PeerChallenge {
  return {
    type: 'peer-challenge',
    protocol: r.varint(),
    server: r.string(MAX_SERVER_ID_BYTES),
    nonce: r.bytes(NONCE_BYTES),
    proof: r.bytes(PROOF_BYTES),
  }
}

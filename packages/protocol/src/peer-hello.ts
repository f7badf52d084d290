import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { MAX_SERVER_ID_BYTES, NONCE_BYTES } from './limits.ts'

/** A server that dials another one says which it is. What follows the protocol version may differ in another version. */
export interface PeerHello {
  readonly type: 'peer-hello'
  readonly protocol: number
  readonly server: string
  /** Chance of the dialer's: what it wants to see proven. */
  readonly nonce: Uint8Array
}

export function writePeerHello(w: Writer, m: PeerHello): void {
  w.varint(m.protocol)
  w.string(m.server)
  w.bytes(m.nonce)
}

export function readPeerHello(r: Reader): PeerHello {
  return {
    type: 'peer-hello',
    protocol: r.varint(),
    server: r.string(MAX_SERVER_ID_BYTES),
    nonce: r.bytes(NONCE_BYTES),
  }
}

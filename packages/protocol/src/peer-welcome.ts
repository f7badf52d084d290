import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { MAX_ADDRESS_BYTES } from './limits.ts'

/** The dialed server takes the dialer for a peer. */
export interface PeerWelcome {
  readonly type: 'peer-welcome'
  /** Where browsers reach it. */
  readonly url: string
}

export function writePeerWelcome(w: Writer, m: PeerWelcome): void {
  w.string(m.url)
}

export function readPeerWelcome(r: Reader): PeerWelcome {
  return { type: 'peer-welcome', url: r.string(MAX_ADDRESS_BYTES) }
}

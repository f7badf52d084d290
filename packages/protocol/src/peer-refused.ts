import type { Reader, Writer } from '@manyhands/crdt/bytes'

/** Why a server does not talk to another one. */
export type PeerRefusalReason = 'bad-message' | 'wrong-secret' | 'other-protocol' | 'itself' | 'same-id'

/** No, and why; the line ends. Its form is the same in every protocol version. */
export interface PeerRefused {
  readonly type: 'peer-refused'
  readonly reason: PeerRefusalReason
}

/** A reason's number on the wire is its place in this list: append, never reorder. */
const REASONS: readonly PeerRefusalReason[] = ['bad-message', 'wrong-secret', 'other-protocol', 'itself', 'same-id']

export function writePeerRefused(w: Writer, m: PeerRefused): void {
  w.byte(REASONS.indexOf(m.reason))
}

export function readPeerRefused(r: Reader): PeerRefused {
  const number = r.byte()
  return {
    type: 'peer-refused',
    reason: REASONS[number] ?? r.fail('out-of-range', `No reason has the number ${number}`),
  }
}

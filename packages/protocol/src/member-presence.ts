import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readOptional, writeOptional } from './fields.ts'
import { type PresenceState, readPresenceState, writePresenceState } from './presence-state.ts'

/** Where somebody else is; null: they left. */
export interface MemberPresence {
  readonly type: 'presence'
  readonly member: number
  readonly state: PresenceState | null
}

export function writeMemberPresence(w: Writer, m: MemberPresence): void {
  w.varint(m.member)
  writeOptional(w, m.state, writePresenceState)
}

export function readMemberPresence(r: Reader): MemberPresence {
  return { type: 'presence', member: r.varint(), state: readOptional(r, readPresenceState) }
}

import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { MAX_PRESENCE_BYTES } from './limits.ts'
import { type PresenceState, readPresenceState, writePresenceState } from './presence-state.ts'

/** Where I am. Fast and forgettable: throttled, dropped under pressure, gone with the connection. */
export interface Presence {
  readonly type: 'presence'
  readonly state: PresenceState
}

export function writePresence(w: Writer, m: Presence): void {
  writePresenceState(w, m.state)
}

export function readPresence(r: Reader): Presence {
  if (r.left > MAX_PRESENCE_BYTES) r.fail('too-large', `${r.left} bytes of presence; ${MAX_PRESENCE_BYTES} are allowed`)
  return { type: 'presence', state: readPresenceState(r) }
}

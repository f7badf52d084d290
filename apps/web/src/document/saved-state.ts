/** What the pill says: the state of the connection and of my edits, as one of a closed list. */
import type { ClientState } from '@manyhands/client'
import { type RefusalReason, unreachable } from '@manyhands/protocol'

export type SavedState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving'; readonly characters: number }
  | { readonly kind: 'slow'; readonly characters: number }
  | { readonly kind: 'offline'; readonly characters: number }
  | { readonly kind: 'reconnecting'; readonly characters: number; readonly seconds: number }
  | { readonly kind: 'waiting'; readonly characters: number; readonly reason: RefusalReason }
  | { readonly kind: 'refused'; readonly characters: number; readonly reason: RefusalReason }
  | { readonly kind: 'read-only'; readonly reason: RefusalReason | null; readonly characters: number }

/** After this many milliseconds an unsaved edit is worth a worry. */
export const SLOW_AFTER = 8000

/** A connection that comes back, or another server that takes over, before this many milliseconds is no news. */
export const AWAY_AFTER = 1500

export interface Surroundings {
  readonly now: number
  /** What the browser says of the network; it can be wrong only by saying yes. */
  readonly online: boolean
  /** The document was made up here; until something is written, no server keeps it. */
  readonly made: boolean
}

/** Never 'saved' while an edit is unacknowledged, whatever else is true. */
export function savedState(state: ClientState, around: Surroundings): SavedState {
  const characters = state.unsavedCharacters
  switch (state.connection) {
    case 'refused':
      return { kind: 'refused', characters, reason: state.reason ?? 'forbidden' }
    case 'live':
      return whileLive(state, around)
    case 'joining':
      return whileAway(state, around, 0)
    case 'offline':
      return whileAway(state, around, secondsUntil(state.retryAt, around.now))
    default:
      return unreachable(state.connection)
  }
}

function whileLive(state: ClientState, around: Surroundings): SavedState {
  const characters = state.unsavedCharacters
  if (characters === 0) return atRest(state, around.made)
  // What was written before one became a reader goes nowhere.
  if (state.role === 'reader' && state.reason === null) return { kind: 'read-only', reason: null, characters }
  return state.reason === null ? underWay(state, around.now) : { kind: 'waiting', characters, reason: state.reason }
}

function underWay(state: ClientState, now: number): SavedState {
  const waited = now - (state.unsavedSince ?? now)
  return { kind: waited >= SLOW_AFTER ? 'slow' : 'saving', characters: state.unsavedCharacters }
}

function atRest(state: ClientState, made: boolean): SavedState {
  if (state.role === 'reader') return { kind: 'read-only', reason: state.reason, characters: 0 }
  return { kind: made && state.replicas === 0 ? 'ready' : 'saved' }
}

function whileAway(state: ClientState, around: Surroundings, seconds: number | null): SavedState {
  const characters = state.unsavedCharacters
  if (!around.online || seconds === null) return { kind: 'offline', characters }
  if (isBlink(state, around.now)) return whileLive({ ...state, reason: null }, around)
  if (!state.everSynced && state.connection === 'joining') return whileOpening(state, around)
  // A server that only restarts is a lost connection like any other.
  if (state.reason !== null && state.reason !== 'shutting-down')
    return { kind: 'waiting', characters, reason: state.reason }
  return { kind: 'reconnecting', characters, seconds }
}

/** What was saved is saved, and what was not is on its way: nothing to tell yet. */
function isBlink({ lostAt, reason }: ClientState, now: number): boolean {
  return lostAt !== null && now - lostAt < AWAY_AFTER && (reason === null || reason === 'shutting-down')
}

function whileOpening(state: ClientState, { now, made }: Surroundings): SavedState {
  if (state.unsavedCharacters > 0) return underWay(state, now)
  return { kind: made ? 'ready' : 'loading' }
}

function secondsUntil(time: number | null, now: number): number | null {
  return time === null ? null : Math.max(0, Math.ceil((time - now) / 1000))
}

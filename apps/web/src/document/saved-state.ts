/** What the pill says: the state of the connection and of my edits, as one of a closed list. */
import type { ClientState } from '@manyhands/client'

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
  | { readonly kind: 'read-only' }

export type RefusalReason = NonNullable<ClientState['reason']>

/** After this many milliseconds an unsaved edit is worth a worry. */
export const SLOW_AFTER = 8000

export interface Surroundings {
  readonly now: number
  /** What the browser says of the network; it can be wrong only by saying yes. */
  readonly online: boolean
}

/** Never 'saved' while an edit is unacknowledged, whatever else is true. */
export function savedState(state: ClientState, around: Surroundings): SavedState {
  const characters = state.unsavedCharacters
  switch (state.connection) {
    case 'refused':
      return { kind: 'refused', characters, reason: state.reason ?? 'forbidden' }
    case 'live':
      return whileLive(state, around.now)
    case 'joining':
      return whileAway(state, around, 0)
    case 'offline':
      return whileAway(state, around, secondsUntil(state.retryAt, around.now))
    default:
      return unreachable(state.connection)
  }
}

function whileLive(state: ClientState, now: number): SavedState {
  const characters = state.unsavedCharacters
  if (characters === 0) return atRest(state)
  if (state.reason !== null) return { kind: 'waiting', characters, reason: state.reason }
  const waited = now - (state.unsavedSince ?? now)
  return { kind: waited >= SLOW_AFTER ? 'slow' : 'saving', characters }
}

function atRest(state: ClientState): SavedState {
  return { kind: 'saved' }
}

function whileAway(state: ClientState, around: Surroundings, seconds: number | null): SavedState {
  const characters = state.unsavedCharacters
  if (!around.online || seconds === null) return { kind: 'offline', characters }
  if (!state.everSynced && state.connection === 'joining') return { kind: 'loading' }
  return { kind: 'reconnecting', characters, seconds }
}

function secondsUntil(time: number | null, now: number): number | null {
  return time === null ? null : Math.max(0, Math.ceil((time - now) / 1000))
}

/** The words for each saved state: a few for the pill, a sentence for who asks. */
import type { Keeping } from '@manyhands/client'
import { type RefusalReason, unreachable } from '@manyhands/protocol'
import { texts } from '../texts.ts'
import type { SavedState } from './saved-state.ts'

export function pillText(state: SavedState): string {
  switch (state.kind) {
    case 'loading':
      return texts.pill.loading
    case 'ready':
      return texts.pill.ready
    case 'saved':
      return texts.pill.saved
    case 'saving':
      return texts.pill.saving(state.characters)
    case 'slow':
      return texts.pill.slow(state.characters)
    case 'offline':
      return texts.pill.offline
    case 'reconnecting':
      return texts.pill.reconnecting(state.seconds)
    case 'waiting':
      return texts.pill.waiting[waitingFor(state.reason)]
    case 'refused':
      return texts.pill.stopped
    case 'read-only':
      return texts.pill.readOnly
    default:
      return unreachable(state)
  }
}

/** As much of it as a phone has room for, beside the sign. */
export function shortPillText(state: SavedState): string {
  if (state.kind === 'saving' || state.kind === 'slow') return texts.pill.count(state.characters)
  return state.kind === 'reconnecting' && state.seconds > 0 ? texts.pill.seconds(state.seconds) : ''
}

export function detailsText(state: SavedState, replicas: number, servers: number): string {
  switch (state.kind) {
    case 'saved':
      return replicas === 1 && servers > 1 ? texts.details.savedOnOne(servers) : texts.details.saved(replicas, servers)
    case 'waiting':
      return `${texts.refused[state.reason]} ${state.characters > 0 ? texts.details.waiting : texts.details.triedAgain}`
    case 'refused':
      return texts.refused[state.reason]
    case 'read-only':
      return state.reason === null
        ? texts.details.readOnly
        : `${texts.refused[state.reason]} ${texts.details.readOnlyUntil}`
    default:
      return texts.details[state.kind]
  }
}

/** When a server last stored something: a time alone is today's. */
export function storedText(at: number, now: number): string {
  return texts.details.storedAt(at, new Date(at).toDateString() === new Date(now).toDateString())
}

/** Where those characters are that no server has. */
export function atRiskText(characters: number, keeping: Keeping): string {
  return keeping === 'kept' ? texts.device.atRisk(characters) : texts.details.atRisk(characters)
}

function waitingFor(reason: RefusalReason): keyof typeof texts.pill.waiting {
  if (reason === 'not-stored') return 'disk'
  return reason === 'rate-limited' || reason === 'too-many-connections' ? 'turn' : 'server'
}

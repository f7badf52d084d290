import type { Update } from '@manyhands/crdt'

/**
 * What no server has acknowledged. The text itself is safe in the document; here is which of it is at risk: `loose` was
 * written while no connection could take it and goes with the next catch-up, `waiting` is next in line for this
 * connection, `sent` is under way on it.
 */
export interface Outbox {
  readonly loose: AtRisk
  readonly waiting: readonly Parcel[]
  readonly sent: readonly Sent[]
  /** How many pushes this connection has had. */
  readonly pushes: number
}

/** Characters inserted and deleted that might be lost with this device, and since when. */
export interface AtRisk {
  readonly characters: number
  readonly since: number | null
}

/** An update for the server, and what of it is at risk. */
export interface Parcel extends AtRisk {
  readonly update: Update
}

interface Sent extends Parcel {
  readonly n: number
}

/**
 * What may be under way at once. Beyond it, parcels wait until the server has stored some: a day's work then goes at the
 * pace of the server, and not of its limits.
 */
export const WINDOW_PUSHES = 256
export const WINDOW_BYTES = 2_097_152

const NO_RISK: AtRisk = { characters: 0, since: null }

export const emptyOutbox: Outbox = { loose: NO_RISK, waiting: [], sent: [], pushes: 0 }

/** All that is at risk. */
export function atRisk(outbox: Outbox): AtRisk {
  return total([outbox.loose, ...outbox.sent, ...outbox.waiting])
}

export function total(risks: readonly AtRisk[]): AtRisk {
  const times = risks.flatMap(({ since }) => since ?? [])
  return {
    characters: risks.reduce((sum, risk) => sum + risk.characters, 0),
    since: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
  }
}

/** Nothing at risk and nothing to say. */
export function isEmpty({ loose, waiting, sent }: Outbox): boolean {
  return loose.since === null && waiting.length === 0 && sent.length === 0
}

/** Writes down what a connection will take in its turn. */
export function queued(outbox: Outbox, parcels: readonly Parcel[]): Outbox {
  return { ...outbox, waiting: [...outbox.waiting, ...parcels] }
}

/** Writes down what the next catch-up will take. */
export function loosened(outbox: Outbox, parcels: readonly AtRisk[]): Outbox {
  return { ...outbox, loose: total([outbox.loose, ...parcels]) }
}

/** The connection is gone: whatever it had may not have arrived. The next one counts its pushes from 1. */
export function cutOff(outbox: Outbox): Outbox {
  return { ...emptyOutbox, loose: atRisk(outbox) }
}

/** A catch-up says in these updates all that the server lacks. The last of them to be stored answers for all that is at risk. */
export function restated(outbox: Outbox, updates: readonly Update[]): Outbox {
  const risk = atRisk(outbox)
  const last = updates.length - 1
  const waiting = updates.map((update, i) => ({ update, ...(i === last ? risk : NO_RISK) }))
  return { loose: last < 0 ? risk : NO_RISK, waiting, sent: [], pushes: outbox.pushes }
}

/** Sends what fits the window. The second value is what is newly sent. */
export function taken(outbox: Outbox): readonly [Outbox, readonly Sent[]] {
  const count = fitting(outbox)
  const fresh = outbox.waiting.slice(0, count).map((parcel, i) => ({ ...parcel, n: outbox.pushes + 1 + i }))
  const { waiting, sent, pushes } = outbox
  return [{ ...outbox, waiting: waiting.slice(count), sent: [...sent, ...fresh], pushes: pushes + count }, fresh]
}

/** How many of those that wait fit. One always fits an empty window. */
function fitting({ waiting, sent }: Outbox): number {
  let room = WINDOW_BYTES - sent.reduce((sum, { update }) => sum + update.bytes.length, 0)
  let count = 0
  for (const { update } of waiting.slice(0, Math.max(0, WINDOW_PUSHES - sent.length))) {
    room -= update.bytes.length
    if (room < 0 && sent.length + count > 0) break
    count++
  }
  return count
}

/** The pushes up to `n` are on disk. */
export function stored(outbox: Outbox, n: number): Outbox {
  return { ...outbox, sent: outbox.sent.filter((parcel) => parcel.n > n) }
}

/** The pushes up to `n` were not taken; they are first in line again. */
export function returned(outbox: Outbox, n: number): Outbox {
  const back = outbox.sent.filter((parcel) => parcel.n <= n).map(({ n: _, ...parcel }) => parcel)
  return { ...outbox, waiting: [...back, ...outbox.waiting], sent: outbox.sent.filter((parcel) => parcel.n > n) }
}

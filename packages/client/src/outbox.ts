import type { Update } from '@manyhands/crdt'
import type { SharedRegister } from '@manyhands/protocol'
import type { Pace } from './pace.ts'

/**
 * What no server has acknowledged. The text itself is safe in the document; here is which of it is at risk: `loose` was
 * written while no connection could take it and goes with the next catch-up, `waiting` is next in line for this
 * connection, `sent` is under way on it.
 */
export interface Outbox {
  readonly loose: AtRisk
  readonly waiting: readonly Parcel[]
  readonly sent: readonly Sent[]
  /** How many pushes this connection has had, */
  readonly pushes: number
  /** and up to which one they are stored. */
  readonly acknowledged: number
  readonly registers: readonly NewRegister[]
}

/**
 * A title given here, or another register set. Nothing answers a `set-register`, but a push that comes after it is stored after
 * it: so one always follows, if need be with nothing in it.
 */
interface NewRegister extends SharedRegister {
  /** Says nothing, and answers for the register. */
  readonly parcel: Parcel
  /** The push that was sent after it; null while it is not sent. */
  readonly n: number | null
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

export const NO_RISK: AtRisk = { characters: 0, since: null }

export const emptyOutbox: Outbox = { loose: NO_RISK, waiting: [], sent: [], pushes: 0, acknowledged: 0, registers: [] }

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

/** Updates that are stored one after the other: the last of them answers for all that is at risk. */
export function parcelsOf(updates: readonly Update[], risk: AtRisk): readonly Parcel[] {
  const last = updates.length - 1
  return updates.map((update, i) => ({ update, ...(i === last ? risk : NO_RISK) }))
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

/** Writes down a new value, in the place of one that no server has stored yet. Its parcel is written down besides. */
export function registered(outbox: Outbox, { name, value }: SharedRegister, parcel: Parcel): Outbox {
  const others = outbox.registers.filter((register) => register.name !== name)
  return { ...outbox, registers: [...others, { name, value, parcel, n: null }] }
}

/** The connection is gone: whatever it had may not have arrived. The next one counts its pushes from 1. */
export function cutOff(outbox: Outbox): Outbox {
  return { ...emptyOutbox, loose: atRisk(outbox), registers: outbox.registers.map(untold) }
}

/** A catch-up says in these updates all that the server lacks. The last of them to be stored answers for all that is at risk. */
export function restated(outbox: Outbox, updates: readonly Update[]): Outbox {
  const registers = outbox.registers.map(untold)
  const risk = atRisk(outbox)
  const all = updates.length === 0 ? registers.slice(0, 1).map(({ parcel }) => parcel.update) : updates
  const waiting = parcelsOf(all, risk)
  return { ...outbox, loose: waiting.length === 0 ? risk : NO_RISK, waiting, sent: [], registers }
}

/** Sends what fits the window and the pace. The second value is what is newly sent; registers go before it. */
export function taken(outbox: Outbox, pace: Pace): readonly [Outbox, readonly Sent[]] {
  const count = fitting(outbox, pace)
  const fresh = outbox.waiting.slice(0, count).map((parcel, i) => ({ ...parcel, n: outbox.pushes + 1 + i }))
  const { waiting, sent, pushes, registers } = outbox
  const told = count > 0 ? registers.map((register) => ({ ...register, n: register.n ?? pushes + 1 })) : registers
  const rest = { waiting: waiting.slice(count), sent: [...sent, ...fresh], pushes: pushes + count, registers: told }
  return [{ ...outbox, ...rest }, fresh]
}

/** How many of those that wait fit. One always fits an empty window. */
function fitting({ waiting, sent }: Outbox, pace: Pace): number {
  const used = bytesOf(sent)
  const most = Math.min(Math.floor(pace.pushes), WINDOW_PUSHES - sent.length)
  let bytes = 0
  let count = 0
  for (const { update } of waiting.slice(0, Math.max(0, most))) {
    bytes += update.bytes.length
    if (bytes > pace.bytes || (used + bytes > WINDOW_BYTES && sent.length + count > 0)) break
    count++
  }
  return count
}

/** What the parcels weigh on the wire, but for a few bytes each. */
export function bytesOf(parcels: readonly Parcel[]): number {
  return parcels.reduce((sum, { update }) => sum + update.bytes.length, 0)
}

/** Whether there is room in the window, if only the pace allowed. */
export function hasRoom({ waiting, sent }: Outbox): boolean {
  if (waiting.length === 0 || sent.length >= WINDOW_PUSHES) return false
  return sent.length === 0 || bytesOf(sent) + bytesOf(waiting.slice(0, 1)) <= WINDOW_BYTES
}

/** The pushes up to `n` are on disk, and what was said before them. */
export function stored(outbox: Outbox, n: number): Outbox {
  const { registers, sent, acknowledged } = outbox
  return {
    ...outbox,
    sent: sent.filter((parcel) => parcel.n > n),
    acknowledged: Math.max(acknowledged, n),
    registers: registers.filter((register) => !isToldBy(register, n)),
  }
}

/**
 * The pushes up to `n` were not taken; they are first in line again. A push after them may answer for what is in them, as the
 * last part of a catch-up does, and may be stored before they are: from now on the last of them answers for all.
 */
export function returned(outbox: Outbox, n: number): Outbox {
  const { registers, sent, waiting } = outbox
  const back = sent.filter((parcel) => parcel.n <= n)
  if (back.length === 0) return outbox
  const again = parcelsOf(
    back.map(({ update }) => update),
    total(sent),
  )
  const under = sent.filter((parcel) => parcel.n > n).map((parcel) => ({ ...parcel, ...NO_RISK }))
  const retold = registers.map((register) => (isToldBy(register, n) ? untold(register) : register))
  return { ...outbox, waiting: [...again, ...waiting], sent: under, registers: retold }
}

/** Whether it was said before push `n`, or an earlier one. */
function isToldBy(register: NewRegister, n: number): boolean {
  return register.n !== null && register.n <= n
}

function untold(register: NewRegister): NewRegister {
  return { ...register, n: null }
}

import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { numberOf, type RefusalReason, reasonOf } from './refusals.ts'

/** No, and why. Its form is the same in every protocol version, so that the oldest client can read it. */
export interface Refused {
  readonly type: 'refused'
  readonly reason: RefusalReason
  /** For a log: what was seen and what was wanted. */
  readonly detail: string
  /** That push and the ones before it that are not stored yet; the connection goes on. Null: the connection ends. */
  readonly n: number | null
}

const MAX_DETAIL_BYTES = 4096

export function writeRefused(w: Writer, m: Refused): void {
  w.byte(numberOf(m.reason))
  w.varint(m.n ?? 0)
  w.string(m.detail)
}

export function readRefused(r: Reader): Refused {
  const reason = readReason(r)
  const n = r.varint()
  return { type: 'refused', reason, n: n === 0 ? null : n, detail: r.string(MAX_DETAIL_BYTES) }
}

export function readReason(r: Reader): RefusalReason {
  const number = r.byte()
  return reasonOf(number) ?? r.fail('out-of-range', `No reason has the number ${number}`)
}

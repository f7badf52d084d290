import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { numberOf, type RefusalReason } from './refusals.ts'
import { readReason } from './refused.ts'

/** The server ends the connection, and nobody did anything wrong. */
export interface Bye {
  readonly type: 'bye'
  readonly reason: RefusalReason
}

export function writeBye(w: Writer, m: Bye): void {
  w.byte(numberOf(m.reason))
}

export function readBye(r: Reader): Bye {
  return { type: 'bye', reason: readReason(r) }
}

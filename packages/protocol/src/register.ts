import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { MAX_REGISTER_BYTES, MAX_REGISTER_NAME_BYTES, MAX_STAMP_BYTES } from './limits.ts'

/** Something known of a document beside its text, its title for one. Of two values that with the later stamp counts. */
export interface NamedRegister {
  readonly name: string
  readonly value: string
  /** When it was said: milliseconds, a counter, the server. Stamps sort as strings. */
  readonly stamp: string
}

export function writeRegister(w: Writer, { name, value, stamp }: NamedRegister): void {
  w.string(name)
  w.string(value)
  w.string(stamp)
}

export function readRegister(r: Reader): NamedRegister {
  return {
    name: r.string(MAX_REGISTER_NAME_BYTES),
    value: r.string(MAX_REGISTER_BYTES),
    stamp: readStamp(r),
  }
}

/** One that is none would stand before or behind all others for ever. */
function readStamp(r: Reader): string {
  const stamp = r.string(MAX_STAMP_BYTES)
  return /^\d{13}-\d{4}-/.test(stamp) ? stamp : r.fail('out-of-range', `No stamp: ${stamp}`)
}

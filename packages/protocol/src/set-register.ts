import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readSharedRegister, type SharedRegister, writeSharedRegister } from './shared-register.ts'

/** A new title for the document, or another of the values that its people share. */
export interface SetRegister extends SharedRegister {
  readonly type: 'set-register'
}

export function writeSetRegister(w: Writer, m: SetRegister): void {
  writeSharedRegister(w, m)
}

export function readSetRegister(r: Reader): SetRegister {
  return { type: 'set-register', ...readSharedRegister(r) }
}

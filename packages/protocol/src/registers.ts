import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readSharedRegister, type SharedRegister, writeSharedRegister } from './shared-register.ts'

/** What the document is called by now, say. It goes to everyone, to whoever chose it as well: the last one said counts. */
export interface SharedRegisters {
  readonly type: 'registers'
  readonly registers: readonly SharedRegister[]
}

export function writeSharedRegisters(w: Writer, m: SharedRegisters): void {
  for (const register of m.registers) writeSharedRegister(w, register)
}

export function readSharedRegisters(r: Reader): SharedRegisters {
  const registers = [readSharedRegister(r)]
  while (!r.done) registers.push(readSharedRegister(r))
  return { type: 'registers', registers }
}

import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { cleanLine } from './clean-text.ts'
import { MAX_LANGUAGE, MAX_UNCLEAN_TEXT_BYTES } from './limits.ts'
import { cleanTitle } from './title.ts'

/** What clients share of a document beside its text. A name's number on the wire is its place: append, never reorder. */
export const REGISTER_NAMES = ['title', 'language'] as const

export type RegisterName = (typeof REGISTER_NAMES)[number]

/** A register as clients know it: who said it when is the servers' business. Empty where nobody has said anything. */
export interface SharedRegister {
  readonly name: RegisterName
  readonly value: string
}

export function isRegisterName(name: string): name is RegisterName {
  return REGISTER_NAMES.some((known) => known === name)
}

/** A value as it is kept and shown. Cleaning twice changes nothing. */
export function cleanRegister(name: RegisterName, value: string): string {
  return name === 'title' ? cleanTitle(value) : cleanLine(value, MAX_LANGUAGE)
}

export function writeSharedRegister(w: Writer, { name, value }: SharedRegister): void {
  w.byte(REGISTER_NAMES.indexOf(name))
  w.string(cleanRegister(name, value))
}

export function readSharedRegister(r: Reader): SharedRegister {
  const number = r.byte()
  const name = REGISTER_NAMES[number] ?? r.fail('out-of-range', `No register has the number ${number}`)
  return { name, value: cleanRegister(name, r.string(MAX_UNCLEAN_TEXT_BYTES)) }
}

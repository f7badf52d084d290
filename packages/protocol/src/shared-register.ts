import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { cleanLine } from './clean-text.ts'
import { MAX_LANGUAGE, MAX_UNCLEAN_TEXT_BYTES } from './limits.ts'
import { parseLinkKey } from './link-key.ts'
import { cleanTitle } from './title.ts'
import { unreachable } from './unreachable.ts'

/**
 * What clients share of a document beside its text. The keys are those of the links to edit and to read it that count; readers
 * are told neither. A name's number on the wire is its place: append, never reorder.
 */
export const REGISTER_NAMES = ['title', 'language', 'edit-key', 'read-key'] as const

export type RegisterName = (typeof REGISTER_NAMES)[number]

/** A register as clients know it: who said it when is the servers' business. Empty where nobody has said anything. */
export interface SharedRegister {
  readonly name: RegisterName
  readonly value: string
}

export function isRegisterName(name: string): name is RegisterName {
  return REGISTER_NAMES.some((known) => known === name)
}

/** A value as it is shared. What is no key is none, and empty. Cleaning twice changes nothing. */
export function cleanRegister(name: RegisterName, value: string): string {
  switch (name) {
    case 'title':
      return cleanTitle(value)
    case 'language':
      return cleanLine(value, MAX_LANGUAGE)
    case 'edit-key':
    case 'read-key':
      return parseLinkKey(value) ?? ''
    default:
      return unreachable(name)
  }
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

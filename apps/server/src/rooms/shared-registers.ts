/** The registers of a document as its members see them, and as they may set them. */
import {
  cleanRegister,
  type NamedRegister,
  parseLinkKey,
  REGISTER_NAMES,
  type RegisterName,
  type SharedRegister,
} from '@manyhands/protocol'
import { editKeyFor, newEditLink, newReadLink, readKeyFor, type Said } from '../access/links.ts'
import type { Ticket } from '../access/ticket.ts'
import type { Registers } from '../storage/storage.ts'

/** All of which something was said. */
export function registersFor(registers: Registers, ticket: Ticket): readonly SharedRegister[] {
  const shared = REGISTER_NAMES.map((name) => ({ name, value: valueFor(registers, name, ticket) }))
  return shared.filter(({ value }) => value !== '')
}

/** The key of a link is shown to those only who may hand it on. */
export function valueFor(registers: Registers, name: RegisterName, ticket: Ticket): string {
  if (name === 'edit-key') return editKeyFor(registers, ticket) ?? ''
  if (name === 'read-key') return readKeyFor(registers, ticket) ?? ''
  return cleanRegister(name, registers.get(name)?.value ?? '')
}

/** What is written down when somebody who may edit sets a register. Whoever chooses a key has it from then on. */
export function saidBy(registers: Registers, ticket: Ticket, { name, value }: SharedRegister): readonly Said[] {
  if (name !== 'edit-key' && name !== 'read-key') return [{ name, value }]
  const key = parseLinkKey(value)
  if (key === null) return []
  if (name === 'read-key') return newReadLink(registers, ticket, key)
  const said = newEditLink(registers, ticket, key)
  ticket.add(key)
  return said
}

/** Those that somebody with these has not or has older. */
export function newerThan(theirs: readonly NamedRegister[], registers: Registers): readonly NamedRegister[] {
  const known = new Map(theirs.map(({ name, stamp }) => [name, stamp]))
  return [...registers]
    .filter(([name, { stamp }]) => stamp > (known.get(name) ?? ''))
    .map(([name, { value, stamp }]) => ({ name, value, stamp }))
}

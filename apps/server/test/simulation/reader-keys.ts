import { type LinkKey, parseLinkKey } from '@manyhands/protocol'
import { hashOf, type Ticket } from '../../src/access/ticket.ts'

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** What a tab shows of itself, so that a server of the simulation knows it again: a key made of its name. */
export function keyOf(tab: string): LinkKey {
  const letters = [...tab].map((letter) => ALPHABET.charAt((letter.codePointAt(0) ?? 0) % ALPHABET.length))
  const key = parseLinkKey(letters.join('').padEnd(28, 'a').slice(0, 28))
  if (key === null) throw new Error('A key has the letters that it is made of')
  return key
}

export function isTicketOf(ticket: Ticket, tab: string): boolean {
  return ticket.get(hashOf(keyOf(tab))) !== null
}

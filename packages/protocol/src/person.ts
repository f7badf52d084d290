import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { cleanLine } from './clean-text.ts'
import { bytesOfHex, hexOfBytes } from './hex.ts'
import { MAX_NAME, MAX_UNCLEAN_TEXT_BYTES } from './limits.ts'

/** Who someone says they are. Self-chosen, so it is shown as text and trusted in nothing. */
export interface Person {
  readonly name: string
  /** `#rrggbb` in lower case. */
  readonly color: string
}

/** A name as it is kept and shown: one line, at most 64 code points. */
export function cleanName(name: string): string {
  return cleanLine(name, MAX_NAME)
}

export function isColor(color: string): boolean {
  return /^#[0-9a-f]{6}$/.test(color)
}

/** The name in clean form, then the colour in three bytes. */
export function writePerson(w: Writer, person: Person): void {
  if (!isColor(person.color)) throw new RangeError(`A colour is #rrggbb in lower-case hex digits, not ${person.color}`)
  w.string(cleanName(person.name))
  w.bytes(bytesOfHex(person.color.slice(1)))
}

export function readPerson(r: Reader): Person {
  const name = cleanName(r.string(MAX_UNCLEAN_TEXT_BYTES))
  return { name, color: `#${hexOfBytes(r.bytes(3))}` }
}

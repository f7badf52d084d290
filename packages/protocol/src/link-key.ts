import { ALPHABET, readableChance } from './readable-chance.ts'

/**
 * The secret of a link: 28 characters, 138.7 bits of chance. Longer than a document's id, so that neither is ever taken for the
 * other. In a link to read it stands instead of the id, which a reader does not learn; in a link to edit beside it.
 */
export type LinkKey = string & { readonly [linkKeyTag]: never }
declare const linkKeyTag: unique symbol

const LENGTH = 28
const FORM = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`)

export function parseLinkKey(s: string): LinkKey | null {
  return isLinkKey(s) ? s : null
}

/** A new key. Take a good source of chance: whoever has the key is let in. */
export function randomLinkKey(random: () => number): LinkKey {
  const key = readableChance(random, LENGTH)
  if (!isLinkKey(key)) throw new Error('A key has the letters that it is made of')
  return key
}

function isLinkKey(s: string): s is LinkKey {
  return FORM.test(s)
}

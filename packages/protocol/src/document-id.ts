import { ALPHABET, readableChance } from './readable-chance.ts'

/** A document's name: 26 characters that nobody mistakes for one another (no i, l, o, 0, 1), 128.8 bits of chance. */
export type DocumentId = string & { readonly [documentIdTag]: never }
declare const documentIdTag: unique symbol

const LENGTH = 26
const FORM = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`)

export function parseDocumentId(s: string): DocumentId | null {
  return isDocumentId(s) ? s : null
}

/** A new document's id, from a source of chance that answers numbers from 0 up to 1. The id is the key: take a good source. */
export function randomDocumentId(random: () => number): DocumentId {
  const id = readableChance(random, LENGTH)
  if (!isDocumentId(id)) throw new Error('An id has the letters that it is made of')
  return id
}

function isDocumentId(s: string): s is DocumentId {
  return FORM.test(s)
}

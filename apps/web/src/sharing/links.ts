/** The addresses under which people open a document, to edit it or to read it. */
import { type Address, type DocumentId, type LinkKey, parseDocumentId, parseLinkKey } from '@manyhands/protocol'

const KEY = '#key='

/** Browsers keep what stands behind the # to themselves: the key is in no log of a server. Empty: there is none yet, the id is enough. */
export function editLink(origin: string, id: DocumentId, key: string): string {
  return `${origin}/d/${id}${key === '' ? '' : KEY + key}`
}

export function readLink(origin: string, key: string): string {
  return `${origin}/r/${key}`
}

/** By which somebody else opens what this device opens by that address. */
export function linkTo(origin: string, address: Address, key: string): string {
  const id = parseDocumentId(address)
  return id === null ? readLink(origin, address) : editLink(origin, id, key)
}

/** The key in the part of an address that begins with #. */
export function keyIn(hash: string): LinkKey | null {
  return hash.startsWith(KEY) ? parseLinkKey(hash.slice(KEY.length)) : null
}

/** The address bar is the link: it shows the key that counts, unless it shows a place in the text. Null: it stays as it is. */
export function hashWith(hash: string, key: string): string | null {
  const isFree = hash === '' || hash.startsWith(KEY)
  return isFree && hash !== KEY + key ? KEY + key : null
}

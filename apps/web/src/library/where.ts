/** Where a known document is: by its id, or by the link by which it can only be read. */
import { type Address, parseDocumentId, parseLinkKey } from '@manyhands/protocol'

export function parseAddress(text: string): Address | null {
  return parseDocumentId(text) ?? parseLinkKey(text)
}

export function isLinkToRead(address: Address): boolean {
  return parseDocumentId(address) === null
}

export function pathOf(address: Address): string {
  return isLinkToRead(address) ? `/r/${address}` : `/d/${address}`
}

import { createHash } from 'node:crypto'
import { type Address, type DocumentId, type LinkKey, parseDocumentId, parseLinkKey } from '@manyhands/protocol'

/** A device is given a new key with each new link; one that has been given more shows its latest. */
const MAX_KEYS = 8

/** What somebody has shown to be let in to a document. It is kept in memory while they are connected, and nowhere else. */
export class Ticket {
  /** Null: they come by a link to read, and do not know it. */
  readonly id: DocumentId | null
  private readonly keys = new Map<string, LinkKey>()

  constructor(address: Address, token: string) {
    this.id = parseDocumentId(address)
    const shown = this.id === null ? [address] : token.split(' ', MAX_KEYS)
    for (const text of shown) {
      const key = parseLinkKey(text)
      if (key !== null) this.add(key)
    }
  }

  add(key: LinkKey): void {
    this.keys.set(hashOf(key), key)
  }

  /** The key with this hash, if they have it. */
  get(hash: string): LinkKey | null {
    return this.keys.get(hash) ?? null
  }
}

/** What is written down of a key. It has 138 bits of chance, so nobody finds it by hashing what it might be. */
export function hashOf(key: LinkKey): string {
  return createHash('sha256').update(key).digest('hex')
}

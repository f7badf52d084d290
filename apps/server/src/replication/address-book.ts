import type { Log } from '../log.ts'
import type { Storage } from '../storage/storage.ts'

/** Where browsers reach the server that was behind an address when it was last reached. A Map is one. */
export interface AddressBook {
  get(address: string): string | undefined
  set(address: string, url: string): unknown
}

const NAME = 'peers'

/**
 * An address book that outlives the server: one that starts while a peer is down lets in the pages that came from there. What is
 * not kept is heard again from the peer.
 */
export async function storedAddressBook(storage: Storage, log: Log): Promise<AddressBook> {
  const known = read(await storage.meta(NAME))
  return {
    get: (address) => known.get(address),
    set(address, url) {
      if (known.get(address) === url) return
      known.set(address, url)
      storage
        .setMeta(NAME, JSON.stringify(Object.fromEntries(known)))
        .catch((error: unknown) => log.warn({ err: error }, 'the address of a peer was not kept'))
    },
  }
}

/** Nothing, where it is not what was written: a damaged disk. */
function read(stored: string | null): Map<string, string> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}')
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return new Map()
  }
}

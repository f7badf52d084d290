import type { Others } from '../rooms/others.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { AddressBook } from './address-book.ts'

/** Who this server is for the others. */
export interface Self {
  readonly server: string
  /** Where browsers reach it. */
  readonly url: string
}

/** The way from this server to the others. */
export interface Relay extends Others {
  /** Begins to look for the others, and to answer them, out of these rooms. */
  start(rooms: Rooms, self: Self, book: AddressBook): void
  close(): Promise<void>
}

/** A server alone. */
export const noRelay: Relay = {
  start() {},
  publish() {},
  verify() {},
  askHash() {},
  presence() {},
  catalogue() {},
  fetch: async () => {},
  peers: 0,
  reachable: 0,
  isAlone: true,
  addresses: [],
  close: async () => {},
}

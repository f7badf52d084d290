import type { Incarnation, Update } from '@manyhands/crdt'
import type { DocumentId, NamedRegister, ReplicaPerson, Whereabouts } from '@manyhands/protocol'

/** What this server's own clients did in one document in one turn of the event loop. */
export interface PublishedTurn {
  readonly document: DocumentId
  readonly incarnation: Incarnation
  /** Counted over all rooms of this server: a later turn of a document has a higher number. */
  readonly turn: number
  readonly updates: readonly Update[]
  /** Who is behind the replicas among them, where that is new. */
  readonly people: readonly ReplicaPerson[]
}

/**
 * The way from this server to the others. It takes what this server's own clients did and nothing else, so nothing ever
 * goes round (S6). It may lose anything but confirmations: what is lost is found by comparison.
 */
export interface Relay {
  publish(turn: PublishedTurn): void
  presence(document: DocumentId, whereabouts: readonly Whereabouts[]): void
  catalogue(document: DocumentId, incarnation: Incarnation, registers: readonly NamedRegister[]): void
  /**
   * Asks the others for a document that is unknown or damaged here. Resolves when one of them has brought the beginning of
   * it, when all have said that they do not know it, or after a bounded wait.
   */
  fetch(document: DocumentId): Promise<void>
  /** The other servers, connected or not, and how many of them are connected now. */
  readonly peers: number
  readonly reachable: number
  /** Addresses for browsers, of the other servers. */
  readonly addresses: readonly string[]
  close(): Promise<void>
}

/** A server alone. */
export const noRelay: Relay = {
  publish() {},
  presence() {},
  catalogue() {},
  fetch: async () => {},
  peers: 0,
  reachable: 0,
  addresses: [],
  close: async () => {},
}

import type { Incarnation, Update } from '@manyhands/crdt'
import type { DocumentId, NamedRegister, NotReplicated, ReplicaPerson, Whereabouts } from '@manyhands/protocol'

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
 * The other servers, as rooms see them. They are told what this server's own clients did and nothing else, so nothing ever
 * goes round (S6). What is lost on the way is found by comparison.
 */
export interface Others {
  publish(turn: PublishedTurn): void
  /**
   * What is called stored with this turn came in part before it, perhaps by way of a peer. Each of the others is asked what it
   * has of the document and sent the rest, and confirms the turn only then. Called before the turn is published.
   */
  verify(document: DocumentId, turn: number): void
  /** Asks each of the others for the hash of what it has of a document on its disk. They may answer, or not. */
  askHash(document: DocumentId): void
  presence(document: DocumentId, whereabouts: readonly Whereabouts[]): void
  catalogue(document: DocumentId, incarnation: Incarnation, registers: readonly NamedRegister[]): void
  /**
   * Asks for a document that is unknown or damaged here. Resolves when one of them has brought the beginning of it, when all
   * that can be reached have said that they do not know it, or after a bounded wait.
   */
  fetch(document: DocumentId): Promise<void>
  /** How many they are, connected or not, and how many are connected now. */
  readonly peers: number
  readonly reachable: number
  /** Whether there is none to wait for: none is known, or none has been connected for a while. */
  readonly isAlone: boolean
  /** Addresses for browsers. */
  readonly addresses: readonly string[]
}

/** What a peer brings to a room. */
export interface Delivery {
  readonly people: readonly ReplicaPerson[]
  readonly updates: readonly Update[]
  /** Called once: with null when this is on disk, with all that came before it; or with what is in the way. */
  done(obstacle: NotReplicated['reason'] | null): void
}

import type { Incarnation, ReplicaId } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'

/** One durable store of documents: for each an append-only log of updates, a snapshot of its beginning, and registers. */
export interface Storage {
  /**
   * Resolves when everything is on disk, and rejects when nothing of it is. Commits of one document land in the order
   * they were asked for; many that wait at once share one transaction, and so one wait for the disk.
   */
  commit(writes: readonly Write[]): Promise<void>
  /** Everything of one document, with all that was committed before this was asked. Rejects when it cannot be read. */
  load(document: DocumentId): Promise<Loaded>
  /** Every document, with what tells whether another server has the same. Asked once, when the server starts. */
  list(): Promise<readonly Listed[]>
  /** A value that the server keeps about itself, or null. */
  meta(name: string): Promise<string | null>
  setMeta(name: string, value: string): Promise<void>
  /** Resolves if a commit succeeds now. */
  check(): Promise<void>
  close(): Promise<void>
}

export type Write =
  /** The document exists from now on. One that exists already stays as it is. */
  | { readonly type: 'document'; readonly document: DocumentId; readonly incarnation: Incarnation; readonly at: number }
  /**
   * The n-th update, counted from 1 without a gap. `person`: who brought it, by the name they had. `stateHash`: of the
   * document after the turn in which it came, as is `length`, in UTF-16 units.
   */
  | {
      readonly type: 'update'
      readonly document: DocumentId
      readonly n: number
      readonly at: number
      readonly person: string
      readonly stateHash: string
      readonly length: number
      readonly bytes: Uint8Array
    }
  /** The document with all updates up to and including number `upto`. It replaces the snapshot before it. */
  | { readonly type: 'snapshot'; readonly document: DocumentId; readonly upto: number; readonly bytes: Uint8Array }
  /**
   * A damaged document, completed: a snapshot, after whose `upto` the log is read, and which holds what is damaged or missing
   * in the log up to its last number `n`. The damaged bytes are kept apart, for a person to look at.
   */
  | {
      readonly type: 'repair'
      readonly document: DocumentId
      readonly n: number
      readonly upto: number
      readonly at: number
      readonly stateHash: string
      readonly length: number
      readonly bytes: Uint8Array
    }
  /**
   * The person behind a replica: the last one said. `vouchedBy`: whoever brought its characters, where that was not its
   * author; null when its author did, and what was null once stays null.
   */
  | {
      readonly type: 'replica'
      readonly document: DocumentId
      readonly replica: ReplicaId
      readonly person: string
      readonly color: string
      readonly vouchedBy: string | null
      readonly at: number
    }
  /** The value with the latest stamp is the register's; a write with an earlier one changes nothing. */
  | {
      readonly type: 'register'
      readonly document: DocumentId
      readonly name: string
      readonly value: string
      readonly stamp: string
    }

/** A value of which the last one said is the one that counts, on all servers: of two, that with the later stamp. */
export interface Register {
  readonly value: string
  /** When it was said; stamps sort as strings. */
  readonly stamp: string
}

/** What is known of a document beside its text, by name. The register `title` is its title. */
export type Registers = ReadonlyMap<string, Register>

export interface Listed {
  readonly document: DocumentId
  readonly incarnation: Incarnation
  /** After the last update; empty where it is not known. */
  readonly stateHash: string
  readonly registers: Registers
  /** When it was last written in here; when it began, where that never happened. */
  readonly changedAt: number
  /** Null: not known, since nobody has written in it for so long. */
  readonly length: number | null
}

export type Loaded = { readonly state: 'unknown' } | StoredDocument

export interface StoredDocument {
  readonly state: 'stored'
  readonly incarnation: Incarnation
  /** After the last update; empty where it is not known. */
  readonly stateHash: string
  readonly registers: Registers
  readonly people: ReadonlyMap<ReplicaId, StoredPerson>
  readonly snapshot: Uint8Array | null
  /** The updates after the snapshot, in order. */
  readonly tail: readonly Uint8Array[]
  /** The number of the last update; 0 where there is none. */
  readonly n: number
  /** What could not be read; null where everything could. Everything that can be read is here. */
  readonly damage: Damage | null
}

export interface StoredPerson {
  readonly person: string
  readonly color: string
  readonly vouchedBy: string | null
}

export interface Damage {
  readonly detail: string
  /** How many snapshots and updates were set aside. */
  readonly setAside: number
  /** Whether nothing is lost: the rest says what the damaged part said. */
  readonly isWhole: boolean
}

/** What this device keeps of documents, for when no server can be reached. */
import type { ReplicaId } from '@manyhands/crdt'
import type { Address, SharedRegister } from '@manyhands/protocol'
import type { AtRisk } from './outbox.ts'

/** A place on this device where documents are kept: IndexedDB, or a test's. */
export interface Offline {
  /** Rejects with an `OfflineError` where nothing can be kept. */
  open(document: Address): Promise<DocumentStore>
}

/** What is kept of one document. All tabs that have it open write to the same; each call is done whole or not at all. */
export interface DocumentStore {
  load(): Promise<Saved>
  /** Writes the notes down in their order. Resolves when they are there, and rejects with an `OfflineError`. */
  keep(notes: readonly Note[]): Promise<void>
  close(): void
}

export interface Saved {
  /** The whole document as it was at some time, by `Doc.encode`. */
  readonly copy: SavedCopy | null
  /** What has been said since, in order. */
  readonly entries: readonly Entry[]
  readonly unsent: readonly Unsent[]
}

export interface SavedCopy {
  readonly bytes: Uint8Array
  readonly registers: readonly SharedRegister[]
}

/** Updates, and which replica of this device made them: null, if none did. */
export interface Entry {
  readonly replica: ReplicaId | null
  readonly updates: readonly Uint8Array[]
}

/** What a replica of this device has done that no server has stored, as far as it knew. */
export interface Unsent extends AtRisk {
  readonly replica: ReplicaId
  readonly registers: readonly SharedRegister[]
}

export type Note =
  | { readonly type: 'entry'; readonly entry: Entry }
  | { readonly type: 'unsent'; readonly unsent: Unsent }
  /** All that this replica has done is stored. */
  | { readonly type: 'sent'; readonly replica: ReplicaId }
  /** Says all that the entries say which this tab knows. */
  | { readonly type: 'copy'; readonly copy: SavedCopy }
  /** The copy cannot be read: it is put away for whoever can, and nothing is there in its place. */
  | { readonly type: 'damaged' }

/** Why this device keeps nothing: there is no room, the browser does not allow it, or what is there cannot be read. */
export type Trouble = 'full' | 'blocked' | 'damaged'

export class OfflineError extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble, cause: unknown) {
    super(`This device keeps nothing: ${trouble}`, { cause })
    this.trouble = trouble
  }
}

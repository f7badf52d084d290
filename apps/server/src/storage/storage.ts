import type { Incarnation, ReplicaId } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'

/** One durable store of documents: for each an append-only log of updates, a snapshot of its beginning, a title. */
export interface Storage {
  /**
   * Resolves when everything is on disk, and rejects when nothing of it is. Commits of one document land in the order
   * they were asked for; many that wait at once share one transaction, and so one wait for the disk.
   */
  commit(writes: readonly Write[]): Promise<void>
  /** Everything of one document, with all that was committed before this was asked. Rejects when it cannot be read. */
  load(document: DocumentId): Promise<Loaded>
  /** Resolves if a commit succeeds now. */
  check(): Promise<void>
  close(): Promise<void>
}

export type Write =
  /** The document exists from now on. One that exists already stays as it is. */
  | { readonly type: 'document'; readonly document: DocumentId; readonly incarnation: Incarnation; readonly at: number }
  /** The n-th update, counted from 1 without a gap. `person`: who brought it, by the name they had. */
  | {
      readonly type: 'update'
      readonly document: DocumentId
      readonly n: number
      readonly at: number
      readonly person: string
      readonly bytes: Uint8Array
    }
  /** The document with all updates up to and including number `upto`. It replaces the snapshot before it. */
  | { readonly type: 'snapshot'; readonly document: DocumentId; readonly upto: number; readonly bytes: Uint8Array }
  /** The person behind a replica: the last one said. */
  | {
      readonly type: 'replica'
      readonly document: DocumentId
      readonly replica: ReplicaId
      readonly person: string
      readonly color: string
      readonly at: number
    }
  | { readonly type: 'title'; readonly document: DocumentId; readonly title: string; readonly at: number }

export type Loaded =
  | { readonly state: 'unknown' }
  | { readonly state: 'damaged'; readonly detail: string }
  | StoredDocument

export interface StoredDocument {
  readonly state: 'stored'
  readonly incarnation: Incarnation
  readonly title: string
  readonly snapshot: Uint8Array | null
  /** The updates after the snapshot, in order. */
  readonly tail: readonly Uint8Array[]
  /** The number of the last update; 0 where there is none. */
  readonly n: number
}

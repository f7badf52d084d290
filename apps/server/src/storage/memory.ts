import type { Incarnation } from '@manyhands/crdt'
import { type DocumentId, unreachable } from '@manyhands/protocol'
import type { Loaded, Storage, Write } from './storage.ts'

/** A storage that forgets: for tests, and the plainest statement of what a storage does. */
export class MemoryStorage implements Storage {
  private readonly documents = new Map<DocumentId, StoredInMemory>()

  async commit(writes: readonly Write[]): Promise<void> {
    for (const write of writes) this.write(write)
  }

  async load(document: DocumentId): Promise<Loaded> {
    const stored = this.documents.get(document)
    if (stored === undefined) return { state: 'unknown' }
    const { incarnation, title, snapshot, updates } = stored
    const tail = updates.slice(snapshot?.upto ?? 0)
    return { state: 'stored', incarnation, title, snapshot: snapshot?.bytes ?? null, tail, n: updates.length }
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {}

  private write(write: Write): void {
    const stored = this.documents.get(write.document)
    switch (write.type) {
      case 'document':
        if (stored === undefined) this.documents.set(write.document, create(write.incarnation))
        return
      case 'update':
        if (stored !== undefined) stored.updates[write.n - 1] = write.bytes
        return
      case 'snapshot':
        if (stored !== undefined) stored.snapshot = { upto: write.upto, bytes: write.bytes }
        return
      case 'title':
        if (stored !== undefined) stored.title = write.title
        return
      case 'replica':
        return
      default:
        unreachable(write)
    }
  }
}

interface StoredInMemory {
  readonly incarnation: Incarnation
  title: string
  snapshot: { readonly upto: number; readonly bytes: Uint8Array } | null
  readonly updates: Uint8Array[]
}

function create(incarnation: Incarnation): StoredInMemory {
  return { incarnation, title: '', snapshot: null, updates: [] }
}

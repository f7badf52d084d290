import type { Incarnation, ReplicaId } from '@manyhands/crdt'
import { type DocumentId, unreachable } from '@manyhands/protocol'
import type { Listed, Loaded, Register, Storage, StoredPerson, Write } from './storage.ts'

/** A storage that forgets: for tests, and the plainest statement of what a storage does. */
export class MemoryStorage implements Storage {
  private readonly documents = new Map<DocumentId, StoredInMemory>()
  private readonly metas = new Map<string, string>()

  async commit(writes: readonly Write[]): Promise<void> {
    for (const write of writes) this.write(write)
  }

  async load(document: DocumentId): Promise<Loaded> {
    const stored = this.documents.get(document)
    if (stored === undefined) return { state: 'unknown' }
    const { incarnation, stateHash, snapshot, updates } = stored
    return {
      state: 'stored',
      incarnation,
      stateHash,
      registers: new Map(stored.registers),
      people: new Map(stored.people),
      snapshot: snapshot?.bytes ?? null,
      tail: updates.slice(snapshot?.upto ?? 0),
      n: updates.length,
      damage: null,
    }
  }

  async list(): Promise<readonly Listed[]> {
    return [...this.documents].map(([document, { incarnation, stateHash, registers, changedAt, length }]) => ({
      document,
      incarnation,
      stateHash,
      registers: new Map(registers),
      changedAt,
      length,
    }))
  }

  async meta(name: string): Promise<string | null> {
    return this.metas.get(name) ?? null
  }

  async setMeta(name: string, value: string): Promise<void> {
    this.metas.set(name, value)
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {}

  private write(write: Write): void {
    const stored = this.documents.get(write.document)
    if (write.type === 'document') {
      if (stored === undefined) this.documents.set(write.document, create(write.incarnation, write.at))
      return
    }
    if (stored === undefined) return
    switch (write.type) {
      case 'update':
        stored.updates[write.n - 1] = write.bytes
        stored.changedAt = Math.max(stored.changedAt, write.at)
        stored.stateHash = write.stateHash
        stored.length = write.length
        return
      case 'snapshot':
        stored.snapshot = { upto: write.upto, bytes: write.bytes }
        return
      case 'repair':
        stored.snapshot = { upto: write.upto, bytes: write.bytes }
        stored.stateHash = write.stateHash
        stored.length = write.length
        return
      case 'register':
        if (write.stamp > (stored.registers.get(write.name)?.stamp ?? '')) {
          stored.registers.set(write.name, { value: write.value, stamp: write.stamp })
        }
        return
      case 'replica':
        stored.people.set(write.replica, personOf(write, stored.people.get(write.replica)))
        return
      default:
        unreachable(write)
    }
  }
}

interface StoredInMemory {
  readonly incarnation: Incarnation
  stateHash: string
  changedAt: number
  length: number
  readonly registers: Map<string, Register>
  readonly people: Map<ReplicaId, StoredPerson>
  snapshot: { readonly upto: number; readonly bytes: Uint8Array } | null
  readonly updates: Uint8Array[]
}

function create(incarnation: Incarnation, at: number): StoredInMemory {
  const empty = { registers: new Map(), people: new Map(), snapshot: null, updates: [] }
  return { incarnation, stateHash: '', changedAt: at, length: 0, ...empty }
}

/** What somebody vouches for says nothing about a replica whose author has spoken. */
function personOf({ person, color, vouchedBy }: StoredPerson, before: StoredPerson | undefined): StoredPerson {
  return before?.vouchedBy === null && vouchedBy !== null ? before : { person, color, vouchedBy }
}

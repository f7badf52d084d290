import { type ReplicaId, replicaId } from '@manyhands/crdt'
import { type Address, cleanRegister, REGISTER_NAMES, type SharedRegister } from '@manyhands/protocol'
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import {
  type DocumentStore,
  type Entry,
  type Note,
  type Offline,
  OfflineError,
  type Saved,
  type SavedCopy,
  type Unsent,
} from './offline.ts'

/** Entries that stay beside a copy that holds what they say. */
const LAST_WORDS = 64

const STORES = ['copies', 'entries', 'unsent', 'damaged'] as const

interface Schema extends DBSchema {
  /** By document. The generation counts how often the copy was written anew. */
  copies: { key: string; value: SavedCopy & { generation: number } }
  entries: { key: number; value: Entry & { document: string }; indexes: { document: string } }
  /** By document and replica. */
  unsent: { key: [string, number]; value: Unsent & { document: string }; indexes: { document: string } }
  damaged: { key: number; value: { document: string; copy: unknown } }
}

type Writing = IDBPTransaction<Schema, typeof STORES, 'readwrite'>

/**
 * Documents in the browser's IndexedDB, in the database of that name. It is opened at once: the first document is asked for soon.
 * Tests keep fewer last words.
 */
export function indexedDbOffline(name: string, lastWords: number = LAST_WORDS): Offline {
  let database: Promise<IDBPDatabase<Schema>> | null = null
  const forget = (): void => {
    database = null
  }
  const open = (): Promise<IDBPDatabase<Schema>> => {
    database ??= opened(name, forget)
    return database
  }
  // What is wrong with it is told to whoever asks for a document.
  void open().catch(forget)
  return {
    open: async (document) => {
      try {
        return new IndexedDbStore(document, await open(), lastWords)
      } catch (error) {
        forget()
        throw troubled(error)
      }
    },
  }
}

async function opened(name: string, closed: () => void): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('copies')
      database.createObjectStore('entries', { autoIncrement: true }).createIndex('document', 'document')
      database.createObjectStore('unsent').createIndex('document', 'document')
      database.createObjectStore('damaged', { autoIncrement: true })
    },
    // A newer version of the page, in another tab, wants the database for itself.
    blocking(_now, _wanted, event) {
      if (event.target instanceof IDBDatabase) event.target.close()
      closed()
    },
    terminated: closed,
  })
}

/** One document as one tab knows it: changed by its methods. */
class IndexedDbStore implements DocumentStore {
  private readonly document: Address
  private readonly database: IDBPDatabase<Schema>
  private readonly lastWords: number
  /** The entries that this tab has read or written, by key, and whose they are. */
  private readonly known = new Map<number, ReplicaId | null>()
  /** Of the copy that this tab has read or written; 0 is none. Another tab may have written a later one. */
  private generation = 0

  constructor(document: Address, database: IDBPDatabase<Schema>, lastWords: number) {
    this.lastWords = lastWords
    this.document = document
    this.database = database
  }

  async load(): Promise<Saved> {
    try {
      const { document } = this
      const transaction = this.database.transaction(STORES, 'readonly')
      const copies = transaction.objectStore('copies')
      const entries = transaction.objectStore('entries').index('document')
      const [copy, keys, rows, unsent] = await Promise.all([
        copies.get(document),
        entries.getAllKeys(document),
        entries.getAll(document),
        transaction.objectStore('unsent').index('document').getAll(document),
      ])
      this.generation = copy?.generation ?? 0
      keys.forEach((key, i) => void this.known.set(key, rows[i]?.replica ?? null))
      return {
        copy: copy ? { bytes: copy.bytes, registers: registersOf(copy.registers) } : null,
        entries: rows.map(entryOf),
        unsent: unsent.map(unsentOf),
      }
    } catch (error) {
      throw troubled(error)
    }
  }

  async keep(notes: readonly Note[]): Promise<void> {
    try {
      // Whether the bytes have reached the metal may be left to the system: a replica is never taken up again, so nothing
      // that was sent can be said anew in other words.
      const transaction = this.database.transaction(STORES, 'readwrite', { durability: 'relaxed' })
      const work = this.writeAll(transaction, notes)
      await Promise.all([work, transaction.done])
    } catch (error) {
      throw troubled(error)
    }
  }

  close(): void {
    this.known.clear()
  }

  private async writeAll(transaction: Writing, notes: readonly Note[]): Promise<void> {
    for (const note of notes) await this.write(transaction, note)
  }

  private async write(transaction: Writing, note: Note): Promise<void> {
    const { document } = this
    switch (note.type) {
      case 'entry': {
        const key = await transaction.objectStore('entries').add({ ...note.entry, document })
        this.known.set(key, note.entry.replica)
        return
      }
      case 'unsent':
        await transaction.objectStore('unsent').put({ ...note.unsent, document }, [document, note.unsent.replica])
        return
      case 'sent':
        return transaction.objectStore('unsent').delete([document, note.replica])
      case 'copy':
        return this.writeCopy(transaction, note.copy)
      case 'damaged':
        return this.setAside(transaction)
    }
  }

  /** Not over the copy of a tab that knows entries which this one does not: beside it, as an entry of its own. */
  private async writeCopy(transaction: Writing, { bytes, registers }: SavedCopy): Promise<void> {
    const { document } = this
    const copies = transaction.objectStore('copies')
    const entries = transaction.objectStore('entries')
    const superseded = await this.superseded(transaction)
    const generation = (await copies.get(document))?.generation ?? 0
    if (generation === this.generation) {
      await copies.put({ bytes, registers, generation: generation + 1 }, document)
      this.generation = generation + 1
    } else {
      this.known.set(await entries.add({ replica: null, updates: [bytes], document }), null)
    }
    for (const key of superseded) {
      await entries.delete(key)
      this.known.delete(key)
    }
  }

  /** What the copy says as well; but for the last words of those who have something unsent, who may have to sign for them. */
  private async superseded(transaction: Writing): Promise<readonly number[]> {
    const unsent = await transaction.objectStore('unsent').index('document').getAll(this.document)
    const speaking = new Set<ReplicaId | null>(unsent.map(({ replica }) => replica))
    const known = [...this.known]
    const last = known.filter(([, replica]) => speaking.has(replica)).slice(-this.lastWords)
    const kept = new Set(last.map(([key]) => key))
    return known.map(([key]) => key).filter((key) => !kept.has(key))
  }

  private async setAside(transaction: Writing): Promise<void> {
    const { document } = this
    const copies = transaction.objectStore('copies')
    const copy: unknown = await copies.get(document)
    if (copy === undefined) return
    await transaction.objectStore('damaged').add({ document, copy })
    await copies.delete(document)
    this.generation = 0
  }
}

function entryOf({ replica, updates }: Entry): Entry {
  return { replica, updates }
}

function unsentOf({ replica, registers, characters, since }: Unsent): Unsent {
  return { replica: replicaId(replica), registers: registersOf(registers), characters, since }
}

/** Another version of the page may have written others. */
function registersOf(registers: readonly SharedRegister[]): readonly SharedRegister[] {
  const known = registers.filter(({ name }) => REGISTER_NAMES.includes(name))
  return known.map(({ name, value }) => ({ name, value: cleanRegister(name, value) }))
}

function troubled(error: unknown): OfflineError {
  if (error instanceof OfflineError) return error
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'QuotaExceededError') return new OfflineError('full', error)
  const isUnreadable =
    error instanceof RangeError || name === 'UnknownError' || name === 'VersionError' || name === 'DataError'
  return new OfflineError(isUnreadable ? 'damaged' : 'blocked', error)
}

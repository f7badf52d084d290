/** A browser of the tests: its IndexedDB, its tabs, and who of them holds what. */
import type { ReplicaId, Update } from '@manyhands/crdt'
import { decodeClientMessage } from '@manyhands/protocol'
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import type { Client, ClientOptions } from '../src/client.ts'
import { indexedDbOffline } from '../src/indexed-db.ts'
import type { Leases } from '../src/leases.ts'
import type { DocumentStore, Note, Offline } from '../src/offline.ts'
import type { Tabs } from '../src/tabs.ts'
import type { Transport } from '../src/transport.ts'
import type { World } from './world.ts'

export class Browser {
  private readonly world: World
  private readonly held = new Set<string>()
  private readonly ears = new Set<(message: unknown) => void>()
  private readonly closers = new Map<Client, () => void>()
  /** So many messages between tabs are lost from now on. */
  drops = 0
  /** What the disk does, before it does what it is told. */
  onKeep: (notes: readonly Note[]) => Promise<void> = () => Promise.resolve()
  onOpen: () => Promise<void> = () => Promise.resolve()

  constructor(world: World) {
    this.world = world
    globalThis.indexedDB = new IDBFactory()
  }

  /** A tab with the document. */
  tab(name: string, options: Partial<ClientOptions> = {}): Client {
    const mine: (() => void)[] = []
    const life = { isOver: false }
    const leases: Leases = {
      take: async (lease) => {
        if (this.held.has(lease)) return null
        this.held.add(lease)
        const giveBack = (): void => void this.held.delete(lease)
        mine.push(giveBack)
        return giveBack
      },
      wait: (lease, taken) => {
        let isOver = false
        const look = async (): Promise<void> => {
          const giveBack = isOver ? null : await leases.take(lease)
          if (giveBack !== null) taken(giveBack)
          else if (!isOver) this.world.clock.after(10, () => void look())
        }
        void look()
        const stop = (): void => {
          isOver = true
        }
        mine.push(stop)
        return stop
      },
    }
    const tabs: Tabs = {
      join: (_document, hear) => {
        this.ears.add(hear)
        mine.push(() => this.ears.delete(hear))
        return {
          say: (message) => {
            const copy = structuredClone(message)
            if (this.drops-- > 0) return
            for (const other of this.ears) if (other !== hear) this.world.clock.soon(() => other(copy))
          },
          leave: () => this.ears.delete(hear),
        }
      },
    }
    const client = this.world.client(name, { offline: this.offline(life), leases, tabs, ...options })
    this.closers.set(client, () => {
      life.isOver = true
      for (const end of mine) end()
    })
    return client
  }

  /** The tab is gone, as when its process dies: it says nothing any more, and what it held is free. */
  kill(client: Client): void {
    this.closers.get(client)?.()
    client.close()
  }

  private offline(life: { readonly isOver: boolean }): Offline {
    const real = indexedDbOffline('test')
    return {
      open: async (document): Promise<DocumentStore> => {
        await this.onOpen()
        const store = await real.open(document)
        return {
          load: () => store.load(),
          keep: async (notes) => {
            if (life.isOver) return
            await this.onKeep(notes)
            await store.keep(notes)
          },
          close: () => store.close(),
        }
      },
    }
  }
}

/** Lets time pass here and in the database, which has a pace of its own. */
export async function passing(world: World, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5) {
    world.pass(Math.min(5, left))
    for (let i = 0; i < 8; i++) await new Promise(setImmediate)
  }
}

/** Makes the copy on the disk one that no reader takes. */
export async function damageCopies(): Promise<void> {
  const database = await openDB('test')
  for (const key of await database.getAllKeys('copies')) {
    const copy = await database.get('copies', key)
    await database.put('copies', { ...copy, bytes: copy.bytes.map((byte: number) => byte ^ 255) }, key)
  }
  database.close()
}

export async function countEntries(): Promise<number> {
  const database = await openDB('test')
  const count = await database.count('entries')
  database.close()
  return count
}

/** Hears of each push, and under which replica it is said. */
export function overheard(transport: Transport, hears: (replica: ReplicaId, update: Update) => void): Transport {
  return {
    connect(url, on) {
      let replica: ReplicaId | null = null
      const connection = transport.connect(url, on)
      const send = (bytes: Uint8Array): void => {
        const message = decodeClientMessage(bytes)
        if (message.ok && message.value.type === 'hello') replica = message.value.replica
        if (message.ok && message.value.type === 'push' && replica !== null) hears(replica, message.value.update)
        connection.send(bytes)
      }
      return { ...connection, send }
    },
  }
}

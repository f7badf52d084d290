import { openDocument, socketIoTransport, systemClock } from '@manyhands/client'
import type { DocumentId } from '@manyhands/protocol'
import { afterEach, expect, test } from 'vitest'
import { MemoryStorage } from '../src/storage/memory.ts'
import type { Loaded, Write } from '../src/storage/storage.ts'
import { Cluster, until } from './cluster.ts'
import { Disk } from './house.ts'

/** A real client and real servers over real sockets; one server's disk loses the last update of everything. */

class LosingStorage extends MemoryStorage {
  loses = false

  override async commit(writes: readonly Write[]): Promise<void> {
    if (writes.some(({ type }) => type === 'repair')) this.loses = false
    await super.commit(writes)
  }

  override async load(document: DocumentId): Promise<Loaded> {
    const loaded = await super.load(document)
    if (loaded.state === 'unknown' || !this.loses) return loaded
    const damage = { detail: 'The last update is damaged', setAside: 1, isWhole: false }
    return { ...loaded, tail: loaded.tail.slice(0, -1), damage }
  }
}

const cluster = new Cluster()
afterEach(() => cluster.stop())

test('[D2] [D3] a client in a damaged document reads, keeps what its person writes, and has it stored when a peer has brought the rest', async () => {
  const storage = new LosingStorage()
  const [a, b] = [cluster.add('a'), cluster.add('b')]
  a.disk = new Disk(storage)
  await a.start()
  await b.start()
  await cluster.meshed([a, b])
  const ann = await a.joined('Ann')
  for (const text of ['One. ', 'Two. ']) {
    ann.types(text)
    await ann.allStored()
  }
  const cyd = await b.joined('Cyd')
  await cyd.until(() => cyd.doc.length === 10)
  await b.stop()
  await a.stop()
  storage.loses = true
  await a.start()

  const { document } = cluster
  const person = { name: 'Bob', color: '#336699' }
  const shared = { transport: socketIoTransport, clock: systemClock, random: Math.random, create: false }
  const bob = openDocument({ document, servers: [a.url], person, ...shared })
  // The server remembers where its peer was, so the client asks there first, and comes back.
  await until(() => bob.state.reason === 'damaged' && bob.state.connection === 'live')
  expect([bob.text(), bob.state.role]).toEqual(['One. ', 'reader'])
  bob.edit([{ from: 0, to: 0, insert: 'Zero. ' }])
  await until(() => bob.state.unsavedCharacters === 6)

  await b.start()
  await until(() => bob.state.role === 'writer' && bob.state.unsavedCharacters === 0)
  expect([bob.text(), bob.state.reason]).toEqual(['Zero. One. Two. ', null])
  const dan = await b.joined('Dan')
  await dan.until(() => dan.doc.text() === bob.text())
  bob.close()
})

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Doc, randomReplicaId, type Update } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { seededRandom } from '@manyhands/testkit'
import Database from 'libsql'
import { afterAll, expect, test } from 'vitest'
import { noRelay } from '../src/replication/relay.ts'
import { acceptLoss } from '../src/rooms/acceptance.ts'
import type { Others } from '../src/rooms/others.ts'
import { restored } from '../src/rooms/restored.ts'
import { openDatabase, type SqliteDatabase } from '../src/storage/sqlite-database.ts'
import type { Listed, Loaded, Storage, Write } from '../src/storage/storage.ts'
import { type Browser, Disk, House } from './house.ts'
import { Servers } from './peers.ts'

const root = mkdtempSync(join(tmpdir(), 'manyhands-damage-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The database file itself, without the thread: whoever waits for it need not wait. */
class File implements Storage {
  path: string = newPath()
  private database: SqliteDatabase = opened(this.path)

  async commit(writes: readonly Write[]): Promise<void> {
    const [error] = this.database.commit([writes])
    if (error !== null) throw new Error(error)
  }

  async load(document: DocumentId): Promise<Loaded> {
    return this.database.load(document)
  }

  async list(): Promise<readonly Listed[]> {
    return this.database.list()
  }

  async meta(name: string): Promise<string | null> {
    return this.database.meta(name)
  }

  async setMeta(name: string, value: string): Promise<void> {
    this.database.setMeta(name, value)
  }

  async check(): Promise<void> {
    this.database.check()
  }

  async close(): Promise<void> {
    this.database.close()
  }

  /** Goes on with a copy, after something has happened to that. The driver keeps hold of the old file. */
  after(happens: (path: string) => void): void {
    this.path = this.copy()
    happens(this.path)
    this.database = opened(this.path)
  }

  query(sql: string): unknown {
    return new Database(this.copy()).prepare(sql).raw().all()
  }

  /** One file, with the log of commits in it. */
  private copy(): string {
    const path = newPath()
    copyFileSync(this.path, path)
    copyFileSync(`${this.path}-wal`, `${path}-wal`)
    const database = new Database(path)
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    database.close()
    return path
  }
}

function newPath(): string {
  return join(mkdtempSync(join(root, 'data-')), 'manyhands.db')
}

function opened(path: string): SqliteDatabase {
  const database = openDatabase(path)
  if (!database.ok) throw new Error(database.error)
  return database.value
}

/** Flips the lowest bit of the first byte of these, wherever in the file they are. */
function flip(path: string, bytes: Uint8Array): void {
  const file = readFileSync(path)
  const at = file.indexOf(bytes)
  if (at < 0 || file.indexOf(bytes, at + 1) >= 0) throw new Error('Not in the file, or more than once')
  file[at] = (file[at] ?? 0) ^ 1
  writeFileSync(path, file)
}

/** A document of three updates on a server that is started again after something has happened to the second one. */
async function damaged(others: Others = noRelay, happens: (path: string, second: Update) => void = flipped) {
  const file = new File()
  const house = new House(new Disk(file), { others })
  const ann = await house.joined()
  ann.types('One. ')
  await house.settle()
  const second = ann.types('Two. ')
  await house.settle()
  ann.types('Three.', 0)
  await house.settle()
  expect(ann.stored().at(-1)).toBe(3)
  file.after((path) => happens(path, second))
  house.restart()
  return { house, file, ann, second }
}

function flipped(path: string, second: Update): void {
  flip(path, second.bytes)
}

function roles(browser: Browser): string[] {
  const said = browser.of('role').map(({ role, reason }) => `${role} ${reason}`)
  return [...browser.of('welcome').map(({ role }) => role), ...said]
}

test('[D1] [D2] a flipped byte in an update: the rest is there to read, and everybody is told why they may not write', async () => {
  const { house } = await damaged()
  const bob = await house.joined('Bob')
  expect(bob.doc.text()).toBe('Three.One. ')
  expect(roles(bob)).toEqual(['reader', 'reader damaged'])
  expect(house.rooms.damaged).toBe(1)
})

test('[D2] in a damaged document pushes are refused for now, and a new title is not taken; nothing of it is stored', async () => {
  const { house, file } = await damaged()
  const bob = await house.joined('Bob')
  const before = house.disk.commits.length
  bob.types('More')
  bob.says({ type: 'set-register', name: 'title', value: 'Another' })
  await house.settle()
  expect(bob.refusals()).toEqual(['damaged 1'])
  expect(bob.of('registers')).toMatchObject([{ registers: [{ name: 'title', value: '' }] }])
  expect([bob.ended, bob.stored(), house.disk.commits.length]).toEqual([false, [], before])
  expect(file.query('SELECT count(*) FROM updates')).toEqual([[3]])
})

test('[S7] a damaged document harms no other one', async () => {
  const { house } = await damaged()
  await house.joined('Bob')
  const cyd = await house.joined('Cyd', randomDocumentId(house.random))
  cyd.types('Well')
  await house.settle()
  expect([roles(cyd), cyd.stored()]).toEqual([['writer'], [1]])
})

test('[D1] a damaged document is as damaged when the server starts again, also after what peers have brought meanwhile', async () => {
  const { house, ann } = await damaged()
  const room = await house.rooms.find(house.document, null)
  const eve = Doc.create({ replica: randomReplicaId(house.random), incarnation: house.incarnation })
  eve.apply(ann.everything())
  const update = eve.edit([{ from: 0, to: 0, insert: 'Zero. ' }])
  const done: unknown[] = []
  if (room.ok) room.value.receive({ people: [], updates: [update], done: (obstacle) => done.push(obstacle) })
  await house.settle()
  expect(done).toEqual([null])
  house.restart()
  const bob = await house.joined('Bob')
  expect(bob.doc.text()).toBe('Zero. Three.One. ')
  expect(roles(bob)).toEqual(['reader', 'reader damaged'])
})

/** Other servers of which one has all that a browser has. */
class Peer {
  readonly fetched: DocumentId[] = []
  readonly others: Others = {
    ...noRelay,
    peers: 1,
    reachable: 1,
    isAlone: false,
    fetch: async (document) => void this.fetched.push(document),
  }

  async bringsAllOf(browser: Browser, house: House): Promise<void> {
    const room = await house.rooms.find(house.document, null)
    if (!room.ok) throw new Error(room.error.detail)
    room.value.receive({ people: [], updates: [browser.everything()], done: () => {} })
    room.value.repair()
    await house.settle()
  }
}

test('[D3] a damaged document is asked of the peers, and when one has brought it, people in it write without coming again', async () => {
  const peer = new Peer()
  const { house, file, ann, second } = await damaged(peer.others)
  peer.fetched.length = 0
  const bob = await house.joined('Bob')
  expect(peer.fetched).toEqual([house.document])
  bob.types('Mine. ')
  await peer.bringsAllOf(ann, house)
  expect(roles(bob)).toEqual(['reader', 'reader damaged', 'writer null'])
  expect(bob.of('resync')).toMatchObject([{ n: 0 }])
  expect(bob.doc.text()).toContain('Two. ')
  bob.pushesUpdate(bob.doc.updateSince(bob.of('resync')[0]?.version ?? bob.doc.version()))
  await house.settle()
  expect(bob.stored()).toEqual([2])
  expect(house.index.get(house.document)?.stateHash).toBe(bob.doc.stateHash())

  const aside = file.query('SELECT kind, n, bytes FROM set_aside')
  const bytes = Buffer.from(second.bytes)
  bytes[0] = (bytes[0] ?? 0) ^ 1
  expect(aside).toEqual([['update', 2, bytes]])
  house.restart()
  const cyd = await house.joined('Cyd')
  expect([roles(cyd), cyd.doc.text()]).toEqual([['writer'], bob.doc.text()])
})

test('[D3] a damaged document that has again all that had been written down is whole, whoever brought it', async () => {
  const { house, ann, second } = await damaged(new Peer().others)
  const bob = await house.joined('Bob')
  const room = await house.rooms.find(house.document, null)
  if (room.ok) room.value.receive({ people: [], updates: [second], done: () => {} })
  await house.settle()
  expect(roles(bob)).toEqual(['reader', 'reader damaged', 'writer null'])
  house.restart()
  expect(house.rooms.damaged).toBe(0)
  expect((await house.joined('Cyd')).doc.text()).toBe(ann.doc.text())
})

test('[D3] until a damaged document is whole, whoever compares it with other servers sees a difference, also after a restart', async () => {
  const { house, file, ann } = await damaged(new Peer().others)
  const whole = ann.doc.stateHash()
  expect((await file.list()).map(({ stateHash }) => stateHash)).toEqual([whole])
  const bob = await house.joined('Bob')
  expect(house.index.get(house.document)?.stateHash).toBe(bob.doc.stateHash())
  expect(bob.doc.stateHash()).not.toBe(whole)
  const room = await house.rooms.find(house.document, null)
  const update = ann.doc.edit([{ from: 0, to: 0, insert: 'Zero. ' }])
  if (room.ok) room.value.receive({ people: [], updates: [update], done: () => {} })
  await house.settle()
  expect((await file.list()).map(({ stateHash }) => stateHash)).toEqual([''])
})

test('[D3] what waited for a lost beginning still waits for it after a repair that could not bring it', async () => {
  const peer = new Peer()
  const { house, ann, second } = await damaged(peer.others)
  const empty = house.browser()
  empty.doc.apply(second)
  const eve = Doc.create({ replica: randomReplicaId(house.random), incarnation: house.incarnation })
  const begun = eve.edit([{ from: 0, to: 0, insert: 'a' }])
  const room = await house.rooms.find(house.document, null)
  if (!room.ok) throw new Error(room.error.detail)
  room.value.receive({ people: [], updates: [eve.edit([{ from: 1, to: 1, insert: 'b' }])], done: () => {} })
  await house.settle()
  await peer.bringsAllOf(ann, house)
  house.restart()
  const again = await house.rooms.find(house.document, null)
  expect([again.ok, house.rooms.damaged]).toEqual([true, 0])
  if (again.ok) again.value.receive({ people: [], updates: [begun], done: () => {} })
  await house.settle()
  const bob = await house.joined('Bob')
  expect(bob.doc.text()).toContain('ab')
  expect(bob.doc.text()).toContain('Two. ')
})

test('[D4] when its loss is accepted, people write in what is left, also after a restart, and what is damaged is set aside', async () => {
  const { house, file } = await damaged()
  const accepted = await acceptLoss(file, house.document, house.clock)
  expect(accepted).toMatchObject({ ok: true, value: { text: 'Three.One. ' } })
  house.restart()
  const bob = await house.joined('Bob')
  expect([roles(bob), house.rooms.damaged]).toEqual([['writer'], 0])
  bob.types('More. ', 0)
  await house.settle()
  expect(bob.stored()).toEqual([1])
  house.restart()
  expect((await house.joined('Cyd')).doc.text()).toBe('More. Three.One. ')
  expect(file.query('SELECT kind, n FROM set_aside')).toEqual([['update', 2]])
})

test('[D4] whoever still has what was lost brings it back after that', async () => {
  const { house, file, ann } = await damaged()
  await acceptLoss(file, house.document, house.clock)
  house.restart()
  const bob = await house.joined('Bob')
  bob.pushesUpdate(ann.everything())
  await house.settle()
  expect(bob.stored()).toEqual([1])
  house.restart()
  expect((await house.joined('Cyd')).doc.text()).toBe(ann.doc.text())
})

test('[D4] no loss is accepted where nothing is lost, or nothing is known', async () => {
  const { house, file } = await damaged(noRelay, () => {})
  const unknown = randomDocumentId(house.random)
  expect(await acceptLoss(file, house.document, house.clock)).toMatchObject({ ok: false })
  expect(await acceptLoss(file, unknown, house.clock)).toEqual({
    ok: false,
    error: `There is no document ${unknown} here.`,
  })
  expect(file.query('SELECT count(*) FROM snapshots')).toEqual([[0]])
})

test('[D1] a damaged snapshot loses nothing: it is written anew from the log, and people write', async () => {
  const { house, file, ann } = await damaged(noRelay, () => {})
  const text = ann.doc.text()
  const snapshot: Write = {
    type: 'snapshot',
    document: house.document,
    upto: 2,
    bytes: new TextEncoder().encode('Snap'),
  }
  await file.commit([snapshot])
  file.after((path) => flip(path, snapshot.bytes))
  house.restart()
  const bob = await house.joined('Bob')
  expect([bob.doc.text(), roles(bob)]).toEqual([text, ['writer']])
  bob.types('More')
  await house.settle()
  expect(bob.stored()).toEqual([1])
  expect(file.query('SELECT kind, n FROM set_aside')).toEqual([['snapshot', 2]])
  house.restart()
  expect((await house.joined('Cyd')).doc.text()).toBe(`${text}More`)
  expect(file.query('SELECT count(*) FROM set_aside')).toEqual([[1]])
})

test('[D1] whatever byte of the file is flipped, the text is as it was, or it is called damaged, or the file is', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
  const random = seededRandom(seed)
  const { house, file, ann } = await damaged(noRelay, () => {})
  const room = await house.joined('Bob')
  room.types('x'.repeat(10_000))
  await house.settle()
  const hash = room.doc.stateHash()
  await file.commit([{ type: 'snapshot', document: house.document, upto: 2, bytes: snapshotOf(ann) }])
  let bytes = Buffer.of()
  file.after((path) => {
    bytes = readFileSync(path)
  })
  const found = new Map<string, number>()
  for (let i = 0; i < 400; i++) {
    const at = Math.floor(random() * bytes.length)
    const copy = newPath()
    const flipped = Buffer.from(bytes)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    writeFileSync(copy, flipped)
    const what = outcome(copy, house.document, hash)
    expect([seed, at, what]).not.toEqual([seed, at, 'another text'])
    found.set(what, (found.get(what) ?? 0) + 1)
  }
  expect([...found.keys()]).toContain('damaged')
  expect([...found.keys()]).toContain('as it was')

  function outcome(path: string, document: DocumentId, hash: string): string {
    const database = openDatabase(path)
    if (!database.ok) return 'the file'
    try {
      const loaded = database.value.load(document)
      if (loaded.state === 'unknown') return 'unknown'
      const { doc, loss } = restored(loaded, randomReplicaId(random))
      if (loss !== null && !loss.isWhole) return 'damaged'
      return doc.stateHash() === hash ? 'as it was' : 'another text'
    } catch {
      return 'cannot be read'
    } finally {
      database.value.close()
    }
  }

  function snapshotOf(browser: Browser): Uint8Array {
    const doc = Doc.create({ replica: randomReplicaId(random), incarnation: house.incarnation })
    doc.apply(browser.everything())
    return doc.encode()
  }
})

/** Two servers with a document of three updates, which both have on disk; then these are started again with damaged disks. */
async function damagedPeers(loss: { readonly a: readonly number[]; readonly b: readonly number[] }) {
  const servers = new Servers(['a', 'b'])
  const files = { a: new File(), b: new File() }
  await servers.start()
  for (const name of ['a', 'b'] as const) await servers.get(name).restart(new Disk(files[name]))
  await servers.pass(3000)
  const ann = await servers.get('a').house.joined('Ann')
  await servers.pass(3000)
  const updates: Update[] = []
  for (const text of ['One. ', 'Two. ', 'Three. ']) {
    updates.push(ann.types(text))
    await servers.pass(1000)
  }
  for (const name of ['a', 'b'] as const) {
    await servers.get(name).stop()
    files[name].after((path) => {
      for (const n of loss[name]) flip(path, updates[n - 1]?.bytes ?? new Uint8Array())
    })
  }
  return { servers, files, document: servers.get('a').house.document, text: ann.doc.text() }
}

test('[D3] a server with a damaged disk gets its document back over a link, and people in it write on', async () => {
  const { servers, text, document } = await damagedPeers({ a: [2], b: [] })
  const [a, b] = [servers.get('a'), servers.get('b')]
  await a.restart()
  const bob = await a.house.joined('Bob')
  await servers.pass(60_000)
  expect([bob.doc.text(), roles(bob)]).toEqual(['One. Three. ', ['reader', 'reader damaged']])
  await b.restart()
  await servers.pass(40_000)
  expect([bob.doc.text(), roles(bob)]).toEqual([text, ['reader', 'reader damaged', 'writer null']])
  bob.types('Four. ')
  await servers.pass(1000)
  expect(bob.of('stored').at(-1)).toMatchObject({ n: 1, replicas: 2 })
  for (const server of [a, b]) expect((await server.stored(document))?.text()).toBe(`${text}Four. `)
  expect([a.house.rooms.damaged, a.house.rooms.uncertain]).toEqual([0, 0])
  expect(a.house.index.get(document)?.stateHash).toBe(b.house.index.get(document)?.stateHash)
})

test('[D3] a document that a peer repairs without ever having had what was lost is counted, and not called whole', async () => {
  const { servers, files, text } = await damagedPeers({ a: [], b: [] })
  const a = servers.get('a')
  await a.restart()
  const ann = await a.house.joined('Ann')
  const update = ann.types('Four. ')
  await servers.pass(1000)
  expect(ann.of('stored').at(-1)).toMatchObject({ n: 1, replicas: 1 })
  await a.stop()
  files.a.after((path) => flip(path, update.bytes))
  for (const name of ['a', 'b']) await servers.get(name).restart()
  const bob = await a.house.joined('Bob')
  await servers.pass(40_000)
  expect([bob.doc.text(), roles(bob).at(-1)]).toEqual([text, 'writer null'])
  expect([a.house.rooms.damaged, a.house.rooms.uncertain]).toEqual([0, 1])
})

test('[D3] two servers that have lost different parts make each other whole', async () => {
  const { servers, text, document } = await damagedPeers({ a: [2], b: [3] })
  for (const name of ['a', 'b']) await servers.get(name).restart()
  const browsers = [await servers.get('a').house.joined('Ann'), await servers.get('b').house.joined('Bob')]
  await servers.pass(40_000)
  for (const browser of browsers) expect([browser.doc.text(), roles(browser).at(-1)]).toEqual([text, 'writer null'])
  for (const name of ['a', 'b']) expect((await servers.get(name).stored(document))?.text()).toBe(text)
})

test('[D3] two servers that have lost the same part do not call each other whole', async () => {
  const { servers } = await damagedPeers({ a: [2], b: [2] })
  for (const name of ['a', 'b']) await servers.get(name).restart()
  const browsers = [await servers.get('a').house.joined('Ann'), await servers.get('b').house.joined('Bob')]
  await servers.pass(60_000)
  for (const browser of browsers)
    expect([browser.doc.text(), roles(browser).at(-1)]).toEqual(['One. Three. ', 'reader damaged'])
})

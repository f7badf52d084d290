import { randomIncarnation, replicaId } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Storage, Write } from './storage.ts'

/** What a storage that outlives its process lets its tests do. */
export interface Durability<S extends Storage> {
  /** Closes it and opens it again. */
  reopen(storage: S): Promise<S>
  /**
   * Commits, and answers what a crash may leave of that: a storage for each moment from before it began to when it had ended,
   * that last one at the end.
   */
  crash(storage: S, writes: readonly Write[]): Promise<readonly S[]>
}

/** What every storage must do. */
export function testStorage<S extends Storage>(open: () => Promise<S>, durability?: Durability<S>): void {
  const chance = seeded()
  const origin = randomIncarnation(chance)

  function create(document: DocumentId): Write {
    return { type: 'document', document, incarnation: origin, at: 1 }
  }
  function update(document: DocumentId, n: number, ...bytes: number[]): Write {
    return {
      type: 'update',
      document,
      n,
      at: 2,
      person: 'Ann',
      stateHash: `after ${n}`,
      length: 1,
      bytes: new Uint8Array(bytes),
    }
  }
  function stored(values: object): object {
    const nothing = { stateHash: '', registers: new Map(), people: new Map(), snapshot: null, tail: [], n: 0 }
    return { state: 'stored', incarnation: origin, damage: null, ...nothing, ...values }
  }
  function register(document: DocumentId, value: string, stamp: string, name = 'title'): Write {
    return { type: 'register', document, name, value, stamp }
  }
  let storage: S
  beforeAll(async () => {
    storage = await open()
  })
  afterAll(() => storage.close())

  test('a document nobody stored is unknown', async () => {
    const document = randomDocumentId(chance)
    expect(await storage.load(document)).toEqual({ state: 'unknown' })
  })

  test('a document comes back with its updates in order', async () => {
    const document = randomDocumentId(chance)
    await storage.commit([create(document), update(document, 1, 1), update(document, 2, 2, 2)])
    await storage.commit([update(document, 3, 3)])
    const tail = [[1], [2, 2], [3]].map((bytes) => new Uint8Array(bytes))
    expect(plain(await storage.load(document))).toEqual(stored({ tail, n: 3, stateHash: 'after 3' }))
  })

  test('loading sees every commit that was asked for before, waited for or not', async () => {
    const document = randomDocumentId(chance)
    const commits = [storage.commit([create(document)]), storage.commit([update(document, 1, 1)])]
    expect(await storage.load(document)).toMatchObject({ n: 1 })
    await Promise.all(commits)
  })

  test('a snapshot stands for the updates up to its number', async () => {
    const document = randomDocumentId(chance)
    const updates = [1, 2, 3].map((n) => update(document, n, n))
    const snapshot = new Uint8Array([9, 9])
    await storage.commit([create(document), ...updates, { type: 'snapshot', document, upto: 2, bytes: snapshot }])
    const tail = [new Uint8Array([3])]
    expect(plain(await storage.load(document))).toEqual(stored({ snapshot, tail, n: 3, stateHash: 'after 3' }))
  })

  test('a newer snapshot replaces the one before', async () => {
    const document = randomDocumentId(chance)
    const snapshot = (upto: number): Write => ({ type: 'snapshot', document, upto, bytes: new Uint8Array([upto]) })
    await storage.commit([create(document), update(document, 1, 1), snapshot(1)])
    await storage.commit([update(document, 2, 2), snapshot(2)])
    const last = new Uint8Array([2])
    expect(plain(await storage.load(document))).toEqual(stored({ snapshot: last, n: 2, stateHash: 'after 2' }))
  })

  test('a document that exists stays as it is when it is created again', async () => {
    const document = randomDocumentId(chance)
    await storage.commit([create(document), register(document, 'Kept', '1')])
    await storage.commit([{ type: 'document', document, incarnation: randomIncarnation(chance), at: 4 }])
    expect(await storage.load(document)).toMatchObject({ incarnation: origin, n: 0 })
    expect((await storage.load(document)).state === 'stored').toBe(true)
  })

  test('a register has the value with the latest stamp, in whatever order they come; names and documents do not mix', async () => {
    const document = randomDocumentId(chance)
    const other = randomDocumentId(chance)
    await storage.commit([create(document), create(other), register(document, 'Sécond 😀', '2-b')])
    await storage.commit([register(document, 'First', '1-z'), register(document, 'As late', '2-b')])
    await storage.commit([register(document, 'en', '0-a', 'language'), register(other, 'Other', '0-a')])
    const title = { value: 'Sécond 😀', stamp: '2-b' }
    const registers = new Map([
      ['title', title],
      ['language', { value: 'en', stamp: '0-a' }],
    ])
    expect(await storage.load(document)).toEqual(stored({ registers }))
    const ofOther = new Map([['title', { value: 'Other', stamp: '0-a' }]])
    expect(await storage.load(other)).toEqual(stored({ registers: ofOther }))
  })

  test('the list names every document with its origin, the hash after its last update, and its registers', async () => {
    const [written, empty] = [randomDocumentId(chance), randomDocumentId(chance)]
    await storage.commit([create(written), update(written, 1, 1), update(written, 2, 2), create(empty)])
    await storage.commit([register(written, 'Listed', '1')])
    const listed = new Map((await storage.list()).map((entry) => [entry.document, entry]))
    const registers = new Map([['title', { value: 'Listed', stamp: '1' }]])
    expect(listed.get(written)).toEqual({
      document: written,
      incarnation: origin,
      stateHash: 'after 2',
      registers,
      changedAt: 2,
      length: 1,
    })
    expect(listed.get(empty)).toEqual({
      document: empty,
      incarnation: origin,
      stateHash: '',
      registers: new Map(),
      changedAt: 1,
      length: 0,
    })
  })

  test('what a server says of itself is the last that it said', async () => {
    expect(await storage.meta('server')).toBe(null)
    await storage.setMeta('server', 'first')
    await storage.setMeta('server', 'second')
    await storage.setMeta('other', 'another')
    expect(await storage.meta('server')).toBe('second')
  })

  test('a repair stands for the log up to its number, and what comes after it is read', async () => {
    const document = randomDocumentId(chance)
    const bytes = new Uint8Array([7, 7])
    await storage.commit([create(document), update(document, 1, 1)])
    await storage.commit([
      update(document, 2, 2),
      { type: 'repair', document, n: 2, upto: 2, at: 3, stateHash: 'repaired', length: 1, bytes },
    ])
    expect(plain(await storage.load(document))).toEqual(stored({ snapshot: bytes, n: 2, stateHash: 'repaired' }))
    await storage.commit([update(document, 3, 3)])
    const tail = [new Uint8Array([3])]
    expect(plain(await storage.load(document))).toEqual(stored({ snapshot: bytes, tail, n: 3, stateHash: 'after 3' }))
  })

  test('an update of one megabyte in a larger buffer comes back whole', async () => {
    const document = randomDocumentId(chance)
    const bytes = new Uint8Array(1_100_000).map((_, i) => i).subarray(50_000, 1_050_000)
    const large: Write = { type: 'update', document, n: 1, at: 2, person: '', stateHash: '', length: 1, bytes }
    await storage.commit([create(document), large])
    const loaded = await storage.load(document)
    expect(loaded.state === 'stored' && Buffer.compare(loaded.tail[0] ?? Buffer.of(), bytes)).toBe(0)
  })

  test('[S7] who is behind a replica may be said again; once its author has spoken, nobody speaks for them', async () => {
    const document = randomDocumentId(chance)
    const replica = replicaId(2 ** 48 - 1)
    const says = (person: string, vouchedBy: string | null): Write[] => [
      { type: 'replica', document, replica, color: '#000000', at: 2, person, vouchedBy },
    ]
    const known = async (): Promise<unknown> => {
      const loaded = await storage.load(document)
      return loaded.state === 'stored' && loaded.people.get(replica)
    }
    await storage.commit([create(document), ...says('Somebody', 'Bob')])
    expect(await known()).toEqual({ person: 'Somebody', color: '#000000', vouchedBy: 'Bob' })
    await storage.commit(says('Anybody', 'Cyd'))
    expect(await known()).toEqual({ person: 'Anybody', color: '#000000', vouchedBy: 'Cyd' })
    await storage.commit(says('Ann', null))
    await storage.commit(says('Mallory', 'Mallory'))
    expect(await known()).toEqual({ person: 'Ann', color: '#000000', vouchedBy: null })
    await storage.commit(says('Anna', null))
    expect(await known()).toEqual({ person: 'Anna', color: '#000000', vouchedBy: null })
  })

  test('a storage in order says so when it is asked', () => storage.check())

  if (durability === undefined) return
  const { reopen, crash } = durability

  test('[S1] what was committed is there when the storage is opened again', async () => {
    const document = randomDocumentId(chance)
    await storage.commit([create(document), update(document, 1, 1), register(document, 'Title', '1')])
    await storage.setMeta('kept', 'yes')
    const before = [await storage.load(document), await storage.list()]
    storage = await reopen(storage)
    expect([await storage.load(document), await storage.list()]).toEqual(before)
    expect(await storage.meta('kept')).toBe('yes')
  })

  test('[S1] a crash at any moment of a commit leaves all of it or nothing, and nothing less of those before it', async () => {
    const document = randomDocumentId(chance)
    await storage.commit([create(document), update(document, 1, 1)])
    await storage.commit([update(document, 2, 2)])
    const before = plain(await storage.load(document))
    const writes = [update(document, 3, 3), update(document, 4, 4), register(document, 'Title', '1')]
    const left = await crash(storage, writes)
    const after = plain(await storage.load(document))
    expect(plain((await left.at(-1)?.load(document)) ?? {})).toEqual(after)
    for (const survivor of left) {
      const loaded = await survivor.load(document)
      expect([before, after]).toContainEqual(plain(loaded))
      if (loaded.state === 'stored') await survivor.commit([update(document, loaded.n + 1, 9)])
      await survivor.close()
    }
  })
}

/** A Buffer is a Uint8Array, but not an equal one. */
function plain(loaded: object): object {
  return Object.fromEntries(Object.entries(loaded).map(([key, value]) => [key, plainBytes(value)]))
}

function plainBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainBytes)
  return value instanceof Uint8Array ? new Uint8Array(value) : value
}

/** Lehmer's generator: the same documents in every run. */
function seeded(): () => number {
  let state = 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

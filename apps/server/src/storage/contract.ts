import { randomIncarnation, replicaId } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Storage, Write } from './storage.ts'

/** What every storage must do. `open` opens one; a durable one is closed and opened again by `reopen`. */
export function testStorage(open: () => Promise<Storage>, reopen?: (storage: Storage) => Promise<Storage>): void {
  const chance = seeded()
  const origin = randomIncarnation(chance)

  function create(document: DocumentId): Write {
    return { type: 'document', document, incarnation: origin, at: 1 }
  }
  function update(document: DocumentId, n: number, ...bytes: number[]): Write {
    return { type: 'update', document, n, at: 2, person: 'Ann', bytes: new Uint8Array(bytes) }
  }
  function stored(values: object): object {
    return { state: 'stored', incarnation: origin, title: '', snapshot: null, tail: [], n: 0, ...values }
  }
  let storage: Storage
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
    expect(plain(await storage.load(document))).toEqual(stored({ tail, n: 3 }))
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
    expect(plain(await storage.load(document))).toEqual(stored({ snapshot, tail: [new Uint8Array([3])], n: 3 }))
  })

  test('a newer snapshot replaces the one before', async () => {
    const document = randomDocumentId(chance)
    const snapshot = (upto: number): Write => ({ type: 'snapshot', document, upto, bytes: new Uint8Array([upto]) })
    await storage.commit([create(document), update(document, 1, 1), snapshot(1)])
    await storage.commit([update(document, 2, 2), snapshot(2)])
    expect(plain(await storage.load(document))).toEqual(stored({ snapshot: new Uint8Array([2]), n: 2 }))
  })

  test('a document that exists stays as it is when it is created again', async () => {
    const document = randomDocumentId(chance)
    await storage.commit([create(document), { type: 'title', document, title: 'Kept', at: 3 }])
    await storage.commit([{ type: 'document', document, incarnation: randomIncarnation(chance), at: 4 }])
    expect(await storage.load(document)).toEqual(stored({ title: 'Kept' }))
  })

  test('the last title is the title, and documents do not mix', async () => {
    const document = randomDocumentId(chance)
    const other = randomDocumentId(chance)
    await storage.commit([create(document), create(other)])
    await storage.commit([{ type: 'title', document, title: 'First', at: 3 }])
    await storage.commit([{ type: 'title', document, title: 'Sécond 😀', at: 4 }, update(other, 1, 7)])
    expect(await storage.load(document)).toEqual(stored({ title: 'Sécond 😀' }))
    expect(await storage.load(other)).toMatchObject({ title: '', n: 1 })
  })

  test('an update of one megabyte in a larger buffer comes back whole', async () => {
    const document = randomDocumentId(chance)
    const bytes = new Uint8Array(1_100_000).map((_, i) => i).subarray(50_000, 1_050_000)
    await storage.commit([create(document), { type: 'update', document, n: 1, at: 2, person: '', bytes }])
    const loaded = await storage.load(document)
    expect(loaded.state === 'stored' && Buffer.compare(loaded.tail[0] ?? Buffer.of(), bytes)).toBe(0)
  })

  test('who is behind a replica may be said again', async () => {
    const document = randomDocumentId(chance)
    const replica = { type: 'replica', document, replica: replicaId(2 ** 48 - 1), color: '#000000', at: 2 } as const
    await storage.commit([create(document), { ...replica, person: 'Ann' }])
    await storage.commit([{ ...replica, person: 'Anna' }])
  })

  test('a storage in order says so when it is asked', () => storage.check())

  if (reopen === undefined) return
  test('[S1] what was committed is there when the storage is opened again', async () => {
    const document = randomDocumentId(chance)
    await storage.commit([create(document), update(document, 1, 1)])
    storage = await reopen(storage)
    expect(await storage.load(document)).toMatchObject({ incarnation: origin, n: 1 })
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

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { incarnation } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import Database from 'libsql'
import { afterAll, describe, expect, test } from 'vitest'
import { testStorage } from './contract.ts'
import { openSqlite, type SqliteStorage } from './sqlite.ts'
import type { Write } from './storage.ts'

const root = mkdtempSync(join(tmpdir(), 'manyhands-storage-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function folder(): string {
  return mkdtempSync(join(root, 'data-'))
}

async function open(directory: string): Promise<SqliteStorage> {
  const opened = await openSqlite(directory)
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}

async function errorOf(directory: string): Promise<string> {
  const opened = await openSqlite(directory)
  return opened.ok ? 'It opened' : opened.error
}

function edit(directory: string, sql: string): void {
  const database = new Database(join(directory, 'manyhands.db'))
  database.exec(sql)
  database.close()
}

const document: DocumentId = randomDocumentId(() => 0.5)
const create: Write = { type: 'document', document, incarnation: incarnation('0'.repeat(32)), at: 1 }

function update(n: number): Write {
  return { type: 'update', document, n, at: 2, person: 'Ann', bytes: new Uint8Array([n]) }
}

describe('the SQLite storage', () => {
  let last = ''
  testStorage(
    () => {
      last = folder()
      return open(last)
    },
    async (storage) => {
      await storage.close()
      return open(last)
    },
  )
})

test('many commits that wait at once share a transaction, and one that cannot be stored fails alone', async () => {
  const storage = await open(folder())
  await storage.commit([create, update(1)])
  const twice = storage.commit([update(1)])
  const good = [storage.commit([update(2)]), storage.commit([update(3)])]
  await expect(twice).rejects.toThrow('UNIQUE')
  await Promise.all(good)
  expect(await storage.load(document)).toMatchObject({ n: 3 })
  await storage.close()
})

test('a commit lands whole or not at all', async () => {
  const storage = await open(folder())
  await storage.commit([create, update(1)])
  await expect(storage.commit([update(2), update(1)])).rejects.toThrow('UNIQUE')
  expect(await storage.load(document)).toMatchObject({ n: 1 })
  await storage.close()
})

test('a damaged snapshot is passed over: the log says the same', async () => {
  const directory = folder()
  const storage = await open(directory)
  await storage.commit([create, update(1), { type: 'snapshot', document, upto: 1, bytes: new Uint8Array([1]) }])
  await storage.close()
  edit(directory, "UPDATE snapshots SET bytes = x'02'")
  const again = await open(directory)
  expect(await again.load(document)).toMatchObject({ state: 'stored', snapshot: null, n: 1 })
  await again.close()
})

test('a damaged update and a missing one are found out', async () => {
  const directory = folder()
  const storage = await open(directory)
  await storage.commit([create, update(1), update(2), update(3)])
  await storage.close()
  edit(directory, "UPDATE updates SET bytes = x'ff' WHERE n = 3")
  const damaged = await open(directory)
  expect(await damaged.load(document)).toEqual({ state: 'damaged', detail: 'Update 3 is damaged' })
  await damaged.close()
  edit(directory, 'DELETE FROM updates WHERE n = 2')
  const missing = await open(directory)
  expect(await missing.load(document)).toEqual({ state: 'damaged', detail: 'Update 2 is missing' })
  await missing.close()
})

test('a second server is told that the database is in use', async () => {
  const directory = folder()
  const storage = await open(directory)
  expect(await errorOf(directory)).toMatch(/manyhands\.db cannot be used: another server is using it\.$/)
  await storage.close()
})

test('a database of a newer schema is refused and left alone', async () => {
  const directory = folder()
  await (await open(directory)).close()
  edit(directory, 'PRAGMA user_version = 99')
  expect(await errorOf(directory)).toMatch(/its schema has version 99, and this Manyhands knows versions up to 1\./)
})

test('a file that is no database is named', async () => {
  const directory = folder()
  writeFileSync(join(directory, 'manyhands.db'), 'Dear diary'.repeat(1000))
  expect(await errorOf(directory)).toMatch(/cannot be opened: .*not a database/)
})

test('a data directory that is a file is named', async () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  expect(await errorOf(file)).toMatch(/^The data directory .*file cannot be used: /)
})

test.skipIf(process.getuid?.() === 0)('a data directory that cannot be written is named', async () => {
  const directory = folder()
  chmodSync(directory, 0o500)
  expect(await errorOf(directory)).toMatch(/^The data directory .* cannot be used: .*permission/)
})

test('a storage that was closed refuses what comes after', async () => {
  const storage = await open(folder())
  await storage.close()
  await expect(storage.commit([create])).rejects.toThrow()
  await expect(storage.check()).rejects.toThrow()
})

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { incarnation } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import Database from 'libsql'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { testStorage } from './contract.ts'
import { openSqlite, type SqliteStorage } from './sqlite.ts'
import type { Write } from './storage.ts'

/** Many processes and threads begin here, on machines with much else to do. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

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

test('a commit lands whole or not at all; of many in one transaction one that cannot be stored fails alone', async () => {
  const storage = await open(folder())
  await storage.commit([create, update(1)])
  const bad = storage.commit([update(2), update(1)])
  const good = [storage.commit([update(2)]), storage.commit([update(3)])]
  await expect(bad).rejects.toThrow('UNIQUE')
  await Promise.all(good)
  expect(await storage.load(document)).toMatchObject({ n: 3 })
  await storage.close()
  await expect(storage.commit([update(4)])).rejects.toThrow('closed')
  await expect(storage.check()).rejects.toThrow('closed')
})

test('damage is found out: a snapshot is passed over, since the log says the same; an update is not', async () => {
  const directory = folder()
  const [snapshot, changed, missing] = [0.1, 0.2, 0.3].map((chance) => randomDocumentId(() => chance))
  if (snapshot === undefined || changed === undefined || missing === undefined) throw new Error('Three documents')
  const storage = await open(directory)
  for (const document of [snapshot, changed, missing]) {
    await storage.commit([create, update(1), update(2), update(3)].map((write) => ({ ...write, document })))
  }
  await storage.commit([{ type: 'snapshot', document: snapshot, upto: 1, bytes: new Uint8Array([1]) }])
  await storage.close()
  edit(directory, "UPDATE snapshots SET bytes = x'02'")
  edit(directory, `UPDATE updates SET bytes = x'ff' WHERE n = 3 AND document = '${changed}'`)
  edit(directory, `DELETE FROM updates WHERE n = 2 AND document = '${missing}'`)
  const again = await open(directory)
  expect(await again.load(snapshot)).toMatchObject({ state: 'stored', snapshot: null, n: 3 })
  expect(await again.load(changed)).toEqual({ state: 'damaged', detail: 'Update 3 is damaged' })
  expect(await again.load(missing)).toEqual({ state: 'damaged', detail: 'Update 2 is missing' })
  await again.close()
})

test('a second server is told that the database is in use', async () => {
  const directory = folder()
  const storage = await open(directory)
  expect(await errorOf(directory)).toMatch(/manyhands\.db cannot be used: another server is using it\.$/)
  await storage.close()
})

test('a database of a newer schema is refused and left alone', async () => {
  const directory = folder()
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

import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { incarnation } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testStorage } from './contract.ts'
import { documents } from './migrations/0001-documents.ts'
import { openSqlite, type SqliteStorage } from './sqlite.ts'
import { openDatabase, type SqliteDatabase } from './sqlite-database.ts'
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
  return { type: 'update', document, n, at: 2, person: 'Ann', stateHash: '', length: 1, bytes: new Uint8Array([n]) }
}

/** What a crash leaves of a database whose log had come to the disk up to a byte: a folder of its own. */
function cut(directory: string, bytes: number, garbage = 0): string {
  const copy = folder()
  copyFileSync(join(directory, 'manyhands.db'), join(copy, 'manyhands.db'))
  const log = readFileSync(join(directory, 'manyhands.db-wal')).subarray(0, bytes)
  writeFileSync(join(copy, 'manyhands.db-wal'), Buffer.concat([log, Buffer.alloc(garbage, 0xa5)]))
  return copy
}

function logSize(directory: string): number {
  return statSync(join(directory, 'manyhands.db-wal')).size
}

function database(directory: string): SqliteDatabase {
  const opened = openDatabase(join(directory, 'manyhands.db'))
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}

describe('the SQLite storage', () => {
  let last = ''
  testStorage(
    () => {
      last = folder()
      return open(last)
    },
    {
      async reopen(storage) {
        await storage.close()
        return open(last)
      },
      async crash(storage, writes) {
        const before = logSize(last)
        await storage.commit(writes)
        const after = logSize(last)
        const middle = Math.floor((before + after) / 2)
        return Promise.all([before, before + 1, middle, after - 1, after].map((size) => open(cut(last, size))))
      },
    },
  )
})

test('[S1] whatever a crash leaves of the log of commits, those that had come to the disk whole are there and no other', () => {
  const directory = folder()
  const writer = database(directory)
  const ends = [logSize(directory)]
  writer.commit([[create]])
  ends.push(logSize(directory))
  for (let n = 1; n <= 10; n++) {
    expect(writer.commit([[update(n)]])).toEqual([null])
    ends.push(logSize(directory))
  }
  const last = ends.at(-1) ?? 0
  const first = ends[1] ?? 0
  for (let size = first; size <= last; size += 517) {
    const survivor = database(cut(directory, size, (size % 3) * 4000))
    const whole = ends.filter((end) => end <= size).length - 2
    expect([size, survivor.load(document)]).toMatchObject([size, { n: whole, damage: null }])
    survivor.close()
  }
  writer.close()
})

/** What the system was asked for while twenty commits were waited for, one after the other. */
function trace(): readonly string[] {
  const sqlite = new URL('sqlite.ts', import.meta.url).href
  const log = join(folder(), 'trace')
  const program = `
    const { openSqlite } = await import('${sqlite}')
    const { value: storage } = await openSqlite(process.argv[1])
    const update = (n) => ({ type: 'update', document: '${document}', n, at: 1, person: '', stateHash: '', length: 1, bytes: new Uint8Array(9) })
    for (let n = 1; n <= 20; n++) {
      await storage.commit([update(n)])
      process.stdout.write('committed')
    }
    await storage.close()`
  const node = [
    process.execPath,
    '--conditions=source',
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    program,
    folder(),
  ]
  const calls = 'trace=write,pwrite64,fsync,fdatasync'
  execFileSync('strace', ['-f', '-y', '-qq', '-e', calls, '-o', log, ...node], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return readFileSync(log, 'utf8').split('\n')
}

const canTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0

test.skipIf(!canTrace)(
  '[S1] every commit waits for the disk: strace sees its log synced before it is said (skipped without strace)',
  () => {
    const kinds = trace().flatMap((line) => {
      if (/ write\(1<.*"committed"/.test(line)) return ['said']
      if (/ (fsync|fdatasync)\(\d+<\S*manyhands\.db-wal>/.test(line)) return ['synced']
      return / pwrite64\(\d+<\S*manyhands\.db-wal>/.test(line) ? ['written'] : []
    })
    const turns = kinds.join(' ').split('said').slice(0, 20)
    for (const turn of turns) expect(turn).toMatch(/written synced $/)
    expect(turns).toHaveLength(20)
  },
)

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

describe('damage', () => {
  const [snapshot, changed, missing, end, beyond] = [0.1, 0.2, 0.3, 0.4, 0.6].map((x) => randomDocumentId(() => x)) as [
    DocumentId,
    DocumentId,
    DocumentId,
    DocumentId,
    DocumentId,
  ]
  const directory = folder()
  let storage: SqliteStorage

  function snapshotOf(document: DocumentId, upto: number): Write {
    return { type: 'snapshot', document, upto, bytes: new Uint8Array([upto]) }
  }
  const loaded = async (document: DocumentId): Promise<object> => {
    const { tail, ...rest } = { tail: [], ...(await storage.load(document)) }
    return { ...rest, tail: tail.map((bytes) => [...(bytes as Uint8Array)]) }
  }
  const damage = (detail: unknown, setAside: number, isWhole = false): object => ({ detail, setAside, isWhole })
  const reopened = async (sql: string): Promise<void> => {
    await storage.close()
    edit(directory, sql)
    storage = await open(directory)
  }

  beforeAll(async () => {
    storage = await open(directory)
    for (const document of [snapshot, changed, missing, end, beyond]) {
      await storage.commit([create, update(1), update(2), update(3)].map((write) => ({ ...write, document })))
    }
    await storage.commit([snapshotOf(snapshot, 1), snapshotOf(missing, 1)])
    await reopened(`
      UPDATE snapshots SET bytes = x'02' WHERE document = '${snapshot}';
      UPDATE updates SET bytes = x'ff' WHERE n = 3 AND document = '${changed}';
      DELETE FROM updates WHERE n = 2 AND document = '${missing}';
      DELETE FROM updates WHERE n > 1 AND document = '${end}';
      UPDATE updates SET n = 4611686018427387904 WHERE n = 2 AND document = '${beyond}';
    `)
  })
  afterAll(() => storage.close())

  test('a damaged snapshot is passed over, and nothing is lost: the log says the same', async () => {
    expect(await loaded(snapshot)).toMatchObject({
      snapshot: null,
      tail: [[1], [2], [3]],
      n: 3,
      damage: damage('The snapshot up to 1 is damaged', 1, true),
    })
  })

  test('of a log with damaged or missing updates everything else is there', async () => {
    expect(await loaded(changed)).toMatchObject({
      tail: [[1], [2]],
      n: 3,
      damage: damage('Update 3 is damaged', 1),
    })
    expect(await loaded(missing)).toMatchObject({ tail: [[3]], n: 3, damage: damage('Update 2 is missing', 0) })
    expect(await loaded(end)).toMatchObject({
      tail: [[1]],
      n: 3,
      damage: damage('Of the updates 2 to 3 some are missing', 0),
    })
  })

  test('[S7] a damaged number costs no more than its update, however large it is', async () => {
    const detail = expect.stringMatching(/^Update 46116860184\d+ is damaged; Update 2 is missing$/)
    expect(await loaded(beyond)).toMatchObject({ tail: [[1], [3]], n: 3, damage: damage(detail, 1) })
    const repair = {
      type: 'repair',
      n: 3,
      upto: 3,
      at: 5,
      stateHash: 'whole',
      length: 1,
      bytes: new Uint8Array([9]),
    } as const
    await storage.commit([{ ...repair, document: beyond }])
    await storage.commit([{ ...update(4), document: beyond }])
    expect(await loaded(beyond)).toMatchObject({ tail: [[4]], n: 4, damage: null })
  })

  test('a damaged document is loaded as often as it is asked for, and stays as it is until it is repaired', async () => {
    expect(await loaded(changed)).toEqual(await loaded(changed))
    await reopened('')
    expect(await loaded(changed)).toMatchObject({ damage: damage('Update 3 is damaged', 1) })
    expect(setAside().filter(([document]) => document === changed)).toEqual([])
  })

  test('a repair makes it whole, keeps the damaged bytes for a person to look at, and lets others be', async () => {
    const bytes = new Uint8Array([9])
    const repair = { type: 'repair', n: 3, upto: 3, at: 5, stateHash: 'whole', length: 1, bytes } as const
    await storage.commit([{ ...repair, document: changed }])
    await storage.commit([{ ...update(4), document: changed }])
    await reopened('')
    expect(await loaded(changed)).toMatchObject({ tail: [[4]], n: 4, damage: null })
    expect(setAside()).toContainEqual([changed, 'update', 3, 5, Buffer.from([255])])
    expect(await loaded(end)).toMatchObject({ damage: { isWhole: false } })
  })

  test('a repair that reads the log again from the start holds what is damaged or missing in it', async () => {
    const repair = {
      type: 'repair',
      n: 3,
      upto: 0,
      at: 5,
      stateHash: 'whole',
      length: 1,
      bytes: new Uint8Array([9]),
    } as const
    await storage.commit([{ ...repair, document: missing }])
    expect(await loaded(missing)).toMatchObject({ tail: [[1], [3]], n: 3, stateHash: 'whole', damage: null })
    await reopened(`UPDATE snapshots SET bytes = x'00' WHERE document = '${missing}'`)
    expect(await loaded(missing)).toMatchObject({
      tail: [[1], [3]],
      damage: damage('The snapshot up to 0 is damaged; Update 2 is missing', 1),
    })
  })

  test('[S7] a row that makes no sense is one document fewer in the list, and no server that does not start', async () => {
    const before = (await storage.list()).length
    await reopened(`UPDATE documents SET incarnation = 'ff' WHERE document = '${end}'`)
    expect(await storage.list()).toHaveLength(before - 1)
    await expect(storage.load(end)).rejects.toThrow()
    expect(await loaded(snapshot)).toMatchObject({ n: 3 })
  })

  test('[S7] a document whose row is lost may begin again; what is left of it is kept', async () => {
    await reopened(`DELETE FROM documents WHERE document = '${snapshot}'`)
    expect(await storage.load(snapshot)).toEqual({ state: 'unknown' })
    await storage.commit([create, update(1)].map((write) => ({ ...write, document: snapshot })))
    expect(await loaded(snapshot)).toMatchObject({ snapshot: null, tail: [[1]], n: 1, damage: null })
    expect(setAside().filter(([document]) => document === snapshot)).toHaveLength(3)
  })

  function query(sql: string): unknown[][] {
    const database = new Database(join(cut(directory, logSize(directory)), 'manyhands.db'))
    const rows = database.prepare(sql).raw().all()
    database.close()
    return rows as unknown[][]
  }
  function setAside(): unknown[][] {
    return query('SELECT document, kind, n, at, bytes FROM set_aside')
  }
})

test('documents of the first schema are there with their titles, and the numbers of their last updates', async () => {
  const directory = folder()
  edit(
    directory,
    `${documents}
     INSERT INTO documents VALUES ('${document}', '${'0'.repeat(32)}', 1, 'Old', 1700000000000);
     INSERT INTO updates VALUES ('${document}', 1, 2, 'Ann', ${crc32(new Uint8Array([1]))}, x'01');
     INSERT INTO replicas VALUES ('${document}', 7, 'Ann', '#000000', 2);
     PRAGMA user_version = 1;`,
  )
  const storage = await open(directory)
  const register = { value: 'Old', stamp: '1700000000000-0000-' }
  expect(await storage.load(document)).toMatchObject({
    registers: new Map([['title', register]]),
    people: new Map([[7, { person: 'Ann', color: '#000000', vouchedBy: null }]]),
    n: 1,
    stateHash: '',
    damage: null,
  })
  expect(await storage.list()).toMatchObject([{ changedAt: 2, length: null }])
  await storage.close()
})

test('ten thousand documents are listed in one answer', async () => {
  const storage = await open(folder())
  const writes = Array.from({ length: 10_000 }, (): Write[] => {
    const document = randomDocumentId(Math.random)
    return [
      { ...create, document },
      { ...update(1), document },
      { type: 'register', document, name: 'title', value: 'One of many', stamp: '1' },
    ]
  })
  await storage.commit(writes.flat())
  const listed = await storage.list()
  expect(listed).toHaveLength(10_000)
  expect(listed.every(({ registers }) => registers.get('title')?.value === 'One of many')).toBe(true)
  await storage.close()
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
  expect(await errorOf(directory)).toMatch(/its schema has version 99, and this Manyhands knows versions up to 3\./)
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

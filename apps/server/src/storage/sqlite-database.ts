import { crc32 } from 'node:zlib'
import { incarnation, type Result } from '@manyhands/crdt'
import { type DocumentId, unreachable } from '@manyhands/protocol'
import Database from 'libsql'
import { migrate } from './migrations/migrations.ts'
import type { Loaded, Write } from './storage.ts'

/**
 * The database file, synchronously: what the storage thread does. Everything that waits for the disk is here.
 *
 * WAL with synchronous=FULL: a commit is one append to the log and one fsync, and has happened when it returns.
 * The exclusive lock keeps a second server from the same file; the system lifts it when the process ends, however it ends.
 */
export class SqliteDatabase {
  private readonly database: Database.Database
  private readonly statements: Statements

  constructor(database: Database.Database) {
    this.database = database
    this.statements = prepare(database)
  }

  /**
   * All groups in one transaction. If that fails each gets one of its own, so that what cannot be stored harms nobody
   * else. Answers for each group what went wrong, or null.
   */
  commit(groups: readonly (readonly Write[])[]): readonly (string | null)[] {
    if (this.attempt(groups.flat()) === null) return groups.map(() => null)
    return groups.map((group) => this.attempt(group))
  }

  load(document: DocumentId): Loaded {
    const row = this.statements.document.get(document)
    if (!isRow(row)) return { state: 'unknown' }
    const snapshot = this.snapshot(document)
    const tail = this.tail(document, snapshot?.upto ?? 0)
    if (!tail.ok) return { state: 'damaged', detail: tail.error }
    return {
      state: 'stored',
      incarnation: incarnation(textOf(row[0])),
      title: textOf(row[1]),
      snapshot: snapshot?.bytes ?? null,
      tail: tail.value,
      n: (snapshot?.upto ?? 0) + tail.value.length,
    }
  }

  check(): void {
    this.database.exec('UPDATE checks SET count = count + 1')
  }

  close(): void {
    this.database.close()
  }

  private attempt(writes: readonly Write[]): string | null {
    try {
      this.database.exec('BEGIN IMMEDIATE')
      for (const write of writes) this.write(write)
      this.database.exec('COMMIT')
      return null
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK')
      return sentenceOf(error)
    }
  }

  private write(write: Write): void {
    const { addDocument, addUpdate, putSnapshot, putTitle, putReplica } = this.statements
    const { document } = write
    switch (write.type) {
      case 'update':
        addUpdate.run(document, write.n, write.at, write.person, crc32(write.bytes), write.bytes)
        return
      case 'document':
        addDocument.run(document, write.incarnation, write.at)
        return
      case 'snapshot':
        putSnapshot.run(document, write.upto, crc32(write.bytes), write.bytes)
        return
      case 'title':
        putTitle.run(write.title, write.at, document)
        return
      case 'replica':
        putReplica.run(document, write.replica, write.person, write.color, write.at)
        return
      default:
        unreachable(write)
    }
  }

  /** The log says all that the snapshot says, so a damaged snapshot is passed over. */
  private snapshot(document: DocumentId): { readonly upto: number; readonly bytes: Uint8Array } | null {
    const row = this.statements.snapshot.get(document)
    if (!isRow(row)) return null
    const bytes = bytesOf(row[2])
    return crc32(bytes) === row[1] ? { upto: Number(row[0]), bytes } : null
  }

  /** The updates after number `from`, in order; or which of them is missing or damaged. */
  private tail(document: DocumentId, from: number): Result<readonly Uint8Array[], string> {
    const tail: Uint8Array[] = []
    for (const row of this.statements.tail.all(document, from)) {
      const expected = from + tail.length + 1
      if (!isRow(row) || row[0] !== expected) return { ok: false, error: `Update ${expected} is missing` }
      const bytes = bytesOf(row[2])
      if (crc32(bytes) !== row[1]) return { ok: false, error: `Update ${expected} is damaged` }
      tail.push(bytes)
    }
    return { ok: true, value: tail }
  }
}

/** Opens or makes the file. The error is the end of a sentence that began with the file's name. */
export function openDatabase(file: string): Result<SqliteDatabase, string> {
  try {
    const database = new Database(file)
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    const error = migrate(database)
    if (error === null) return { ok: true, value: new SqliteDatabase(database) }
    database.close()
    return { ok: false, error }
  } catch (error) {
    return { ok: false, error: openingError(sentenceOf(error)) }
  }
}

function openingError(sentence: string): string {
  return /locked|busy/i.test(sentence) ? 'another server is using it.' : `it cannot be opened: ${sentence}`
}

type Statements = ReturnType<typeof prepare>

function prepare(database: Database.Database) {
  const rows = (sql: string) => database.prepare(sql).raw()
  return {
    document: rows('SELECT incarnation, title FROM documents WHERE document = ?'),
    snapshot: rows('SELECT upto, checksum, bytes FROM snapshots WHERE document = ?'),
    tail: rows('SELECT n, checksum, bytes FROM updates WHERE document = ? AND n > ? ORDER BY n'),
    addDocument: database.prepare(
      'INSERT INTO documents (document, incarnation, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    addUpdate: database.prepare(
      'INSERT INTO updates (document, n, at, person, checksum, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    putSnapshot: database.prepare(
      'INSERT OR REPLACE INTO snapshots (document, upto, checksum, bytes) VALUES (?, ?, ?, ?)',
    ),
    putTitle: database.prepare('UPDATE documents SET title = ?, titled = ? WHERE document = ?'),
    putReplica: database.prepare(
      'INSERT OR REPLACE INTO replicas (document, replica, person, color, at) VALUES (?, ?, ?, ?, ?)',
    ),
  }
}

function isRow(row: unknown): row is readonly unknown[] {
  return Array.isArray(row)
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`The database holds a ${typeof value} where a text should be`)
  return value
}

function bytesOf(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new Error(`The database holds a ${typeof value} where bytes should be`)
  return value
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

import { crc32 } from 'node:zlib'
import { incarnation, type ReplicaId, type Result, replicaId } from '@manyhands/crdt'
import { type DocumentId, parseDocumentId, unreachable } from '@manyhands/protocol'
import Database from 'libsql'
import { type Blob, type Found, intactOf, isIntact } from './intact.ts'
import { migrate } from './migrations/migrations.ts'
import type { Listed, Loaded, Registers, StoredPerson, Write } from './storage.ts'

/** A check after a failed commit takes as much of the disk as that did, within these. */
const SMALLEST_CHECK = 65_536
const LARGEST_CHECK = 8_388_608

/**
 * The database file, synchronously: what the storage thread does. Everything that waits for the disk is here.
 *
 * WAL with synchronous=FULL: a commit is one append to the log and one fsync, and has happened when it returns.
 * The exclusive lock keeps a second server from the same file; the system lifts it when the process ends, however it ends.
 */
export class SqliteDatabase {
  private readonly database: Database.Database
  private readonly statements: Statements
  /** How much the disk did not take when a commit failed last; 0 where the last one succeeded. */
  private refusedBytes = 0

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

  /** Reads and writes nothing: what is damaged stays where it is until a repair sets it aside. */
  load(document: DocumentId): Loaded {
    const row = this.statements.document.get(document)
    if (!isRow(row)) return { state: 'unknown' }
    const registers = registersOf(this.statements.registers.all(document))
    const people = peopleOf(this.statements.people.all(document))
    const stateHash = textOf(row[2])
    const intact = intactOf(this.find(document, Number(row[1])))
    return { state: 'stored', incarnation: incarnation(textOf(row[0])), stateHash, registers, people, ...intact }
  }

  list(): readonly Listed[] {
    const registers = new Map<unknown, unknown[]>()
    for (const row of this.statements.allRegisters.all()) {
      if (!isRow(row)) continue
      const [document, ...register] = row
      const others = registers.get(document)
      if (others === undefined) registers.set(document, [register])
      else others.push(register)
    }
    return this.statements.allDocuments.all().flatMap((row) => {
      const listed = listedOf(row, (document) => registersOf(registers.get(document) ?? []))
      return listed === null ? [] : [listed]
    })
  }

  meta(name: string): string | null {
    const row = this.statements.meta.get(name)
    return isRow(row) ? textOf(row[0]) : null
  }

  setMeta(name: string, value: string): void {
    this.statements.setMeta.run(name, value)
  }

  /**
   * Commits as much as did not fit when a commit failed last: a disk that is all but full may take a few bytes and no edit.
   * When it does fit, the obstacle is gone, whether or not somebody tries again.
   */
  check(): void {
    if (this.refusedBytes === 0) {
      this.database.exec('UPDATE checks SET count = count + 1')
      return
    }
    this.statements.fill.run(this.refusedBytes)
    this.refusedBytes = 0
    this.database.exec('UPDATE checks SET filler = NULL')
  }

  close(): void {
    this.database.close()
  }

  private attempt(writes: readonly Write[]): string | null {
    const last = new Map<DocumentId, Change>()
    try {
      this.database.exec('BEGIN IMMEDIATE')
      for (const write of writes) this.write(write, last)
      for (const { document, n, stateHash, length, changedAt } of last.values()) {
        this.statements.changed.run(n, stateHash, length, changedAt, document)
      }
      this.database.exec('COMMIT')
      this.refusedBytes = 0
      return null
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK')
      if (!isConflict(error)) this.refusedBytes = Math.max(this.refusedBytes, sizeOf(writes))
      return sentenceOf(error)
    }
  }

  private write(write: Write, last: Map<DocumentId, Change>): void {
    const { addDocument, addUpdate, putSnapshot, putRegister, putReplica } = this.statements
    const { document } = write
    switch (write.type) {
      case 'update':
        addUpdate.run(document, write.n, write.at, write.person, crc32(write.bytes), write.bytes)
        last.set(document, { ...write, changedAt: write.at })
        return
      case 'document':
        if (addDocument.run(document, write.incarnation, write.at, write.at).changes > 0) this.clear(document, write.at)
        return
      case 'snapshot':
        putSnapshot.run(document, write.upto, write.upto, crc32(write.bytes), write.bytes)
        return
      case 'repair':
        this.repair(write)
        last.set(document, { ...write, changedAt: 0 })
        return
      case 'register':
        putRegister.run(document, write.name, write.value, write.stamp)
        return
      case 'replica':
        putReplica.run(document, write.replica, write.person, write.color, write.vouchedBy, write.at)
        return
      default:
        unreachable(write)
    }
  }

  /** What is left of a document whose row was lost would be in the way of the one that begins now. */
  private clear(document: DocumentId, at: number): void {
    this.statements.setLogAside.run(at, document)
    this.statements.dropBeyond.run(document, 0)
    this.statements.dropSnapshot.run(document)
  }

  /** What is damaged goes to a table where a person may look at it, and the whole text is written down anew. */
  private repair({ document, n, upto, at, bytes }: Extract<Write, { type: 'repair' }>): void {
    const { setAside, dropUpdate, dropBeyond, putSnapshot } = this.statements
    const { snapshot, updates } = this.find(document, n, 0)
    if (snapshot !== null && !isIntact(snapshot)) {
      setAside.run(document, 'snapshot', snapshot.n, at, snapshot.checksum, snapshot.bytes)
    }
    for (const update of updates) {
      if (isIntact(update) && update.n <= n) continue
      setAside.run(document, 'update', update.n, at, update.checksum, update.bytes)
      dropUpdate.run(document, update.n)
    }
    dropBeyond.run(document, n)
    putSnapshot.run(document, upto, n, crc32(bytes), bytes)
  }

  /** What there is of a document's log: after its snapshot, or after number `from`. Where a row cannot be read, what comes before it. */
  private find(document: DocumentId, last: number, from?: number): Found {
    const errors: string[] = []
    const [row] = readable(this.statements.snapshot.iterate(document), errors)
    const snapshot = row === undefined ? null : { ...blobOf(row), heals: Number(row[3]) }
    const start = from ?? (snapshot !== null && isIntact(snapshot) ? snapshot.n : 0)
    const updates = readable(this.statements.tail.iterate(document, start), errors).map(blobOf)
    return { snapshot, updates, last, errors }
  }
}

/** What a document's row says of its log. */
interface Change {
  readonly document: DocumentId
  readonly n: number
  readonly stateHash: string
  readonly length: number
  /** To write a document down anew does not change it: 0. */
  readonly changedAt: number
}

/** Opens or makes the file. The error is the end of a sentence that began with the file's name. */
export function openDatabase(file: string): Result<SqliteDatabase, string> {
  try {
    const database = new Database(file)
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    const error = durability(database) ?? migrate(database)
    if (error === null) return { ok: true, value: new SqliteDatabase(database) }
    database.close()
    return { ok: false, error }
  } catch (error) {
    return { ok: false, error: openingError(sentenceOf(error)) }
  }
}

/** A file system that cannot do what a commit promises is refused at the start, not found out after a crash. */
function durability(database: Database.Database): string | null {
  const row = database
    .prepare('SELECT journal_mode, synchronous FROM pragma_journal_mode, pragma_synchronous')
    .raw()
    .get()
  const [mode, synchronous] = isRow(row) ? row : []
  return mode === 'wal' && synchronous === 2 ? null : 'its file system takes no write-ahead log.'
}

function openingError(sentence: string): string {
  return /locked|busy/i.test(sentence) ? 'another server is using it.' : `it cannot be opened: ${sentence}`
}

type Statements = ReturnType<typeof prepare>

function prepare(database: Database.Database) {
  const rows = (sql: string) => database.prepare(sql).raw()
  return {
    document: rows('SELECT incarnation, n, state_hash FROM documents WHERE document = ?'),
    snapshot: rows('SELECT upto, checksum, bytes, heals FROM snapshots WHERE document = ?'),
    tail: rows('SELECT n, checksum, bytes FROM updates WHERE document = ? AND n > ? ORDER BY n'),
    registers: rows('SELECT name, value, stamp FROM registers WHERE document = ?'),
    people: rows('SELECT replica, person, color, vouched_by FROM replicas WHERE document = ?'),
    allDocuments: rows('SELECT document, incarnation, state_hash, changed, length FROM documents'),
    allRegisters: rows('SELECT document, name, value, stamp FROM registers'),
    meta: rows('SELECT value FROM meta WHERE name = ?'),
    setMeta: database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)'),
    addDocument: database.prepare(
      'INSERT INTO documents (document, incarnation, created, changed, length) VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING',
    ),
    addUpdate: database.prepare(
      'INSERT INTO updates (document, n, at, person, checksum, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    changed: database.prepare(
      'UPDATE documents SET n = ?, state_hash = ?, length = ?, changed = max(changed, ?) WHERE document = ?',
    ),
    putSnapshot: database.prepare(
      'INSERT OR REPLACE INTO snapshots (document, upto, heals, checksum, bytes) VALUES (?, ?, ?, ?, ?)',
    ),
    putRegister: database.prepare(
      `INSERT INTO registers (document, name, value, stamp) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, stamp = excluded.stamp WHERE excluded.stamp > stamp`,
    ),
    // What somebody vouches for says nothing about a replica whose author has spoken.
    putReplica: database.prepare(
      `INSERT INTO replicas (document, replica, person, color, vouched_by, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET person = excluded.person, color = excluded.color, vouched_by = excluded.vouched_by,
         at = excluded.at WHERE vouched_by IS NOT NULL OR excluded.vouched_by IS NULL`,
    ),
    setAside: database.prepare(
      'INSERT INTO set_aside (document, kind, n, at, checksum, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    setLogAside: database.prepare(
      `INSERT INTO set_aside (document, kind, n, at, checksum, bytes)
       SELECT document, 'update', n, ?, checksum, bytes FROM updates WHERE document = ?`,
    ),
    dropSnapshot: database.prepare('DELETE FROM snapshots WHERE document = ?'),
    dropUpdate: database.prepare('DELETE FROM updates WHERE document = ? AND n = ?'),
    dropBeyond: database.prepare('DELETE FROM updates WHERE document = ? AND n > ?'),
    fill: database.prepare('UPDATE checks SET filler = zeroblob(?)'),
  }
}

/** Null for a row that is itself damaged: whoever asks for its document hears so, and the others are there. */
function listedOf(row: unknown, registersOf: (document: DocumentId) => Registers): Listed | null {
  if (!isRow(row)) return null
  const document = parseDocumentId(String(row[0]))
  const origin = String(row[1])
  if (document === null || !/^[0-9a-f]{32}$/.test(origin)) return null
  const length = row[4] === null ? null : Number(row[4])
  const shown = { changedAt: Number(row[3]), length }
  return {
    document,
    incarnation: incarnation(origin),
    stateHash: String(row[2]),
    registers: registersOf(document),
    ...shown,
  }
}

function registersOf(rows: readonly unknown[]): Registers {
  return new Map(
    rows.filter(isRow).map(([name, value, stamp]) => [textOf(name), { value: textOf(value), stamp: textOf(stamp) }]),
  )
}

function peopleOf(rows: readonly unknown[]): ReadonlyMap<ReplicaId, StoredPerson> {
  return new Map(
    rows
      .filter(isRow)
      .map(([replica, person, color, vouchedBy]) => [
        replicaId(Number(replica)),
        { person: textOf(person), color: textOf(color), vouchedBy: vouchedBy === null ? null : textOf(vouchedBy) },
      ]),
  )
}

/** The rows up to the first one that the database cannot read, and what it said of that one. */
function readable(rows: Iterable<unknown>, errors: string[]): readonly Row[] {
  const read: Row[] = []
  try {
    for (const row of rows) if (isRow(row)) read.push(row)
  } catch (error) {
    errors.push(`The database cannot be read: ${sentenceOf(error)}`)
  }
  return read
}

function blobOf(row: Row): Blob {
  return { n: Number(row[0]), checksum: Number(row[1]), bytes: bytesOf(row[2]) }
}

/** A write that the database refuses says nothing about the disk. */
function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')
}

function sizeOf(writes: readonly Write[]): number {
  const bytes = writes.reduce((sum, write) => sum + ('bytes' in write ? write.bytes.length : 0), 0)
  return Math.min(Math.max(bytes, SMALLEST_CHECK), LARGEST_CHECK)
}

type Row = readonly unknown[]

function isRow(row: unknown): row is Row {
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

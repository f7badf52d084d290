import type Database from 'libsql'
import { documents } from './0001-documents.ts'
import { replication } from './0002-replication.ts'
import { lists } from './0003-lists.ts'

/** The schema's history. A database says in `user_version` how many of these steps it has taken. */
const MIGRATIONS: readonly string[] = [documents, replication, lists]

/** Takes the steps that are missing, each in a transaction. Answers what is wrong, or null. */
export function migrate(database: Database.Database): string | null {
  const version = versionOf(database)
  if (version > MIGRATIONS.length) {
    return `its schema has version ${version}, and this Manyhands knows versions up to ${MIGRATIONS.length}. Start a newer Manyhands.`
  }
  for (let step = version; step < MIGRATIONS.length; step++) take(database, step)
  return null
}

function take(database: Database.Database, step: number): void {
  database.transaction(() => {
    database.exec(MIGRATIONS[step] ?? '')
    database.exec(`PRAGMA user_version = ${step + 1}`)
  })()
}

function versionOf(database: Database.Database): number {
  const row = database.prepare('SELECT user_version FROM pragma_user_version').raw().get()
  return Array.isArray(row) ? Number(row[0]) : 0
}

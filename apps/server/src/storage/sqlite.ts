import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import type { Result } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'
import { sentenceOf } from './sqlite-database.ts'
import type { Listed, Loaded, Storage, Write } from './storage.ts'
import { startThread } from './thread.ts'
import type { Answer, Question } from './thread-messages.ts'

/**
 * Documents in one SQLite file. The file belongs to a thread of its own, so the event loop never waits for a disk.
 *
 * Group commit: while a transaction is on its way to the disk, everybody who comes waits, and the next transaction takes
 * all of them. The longer a commit takes, the more edits share the next one; nobody waits for more than two.
 */
export class SqliteStorage implements Storage {
  private readonly thread: Worker
  private readonly asked: ((answer: Answer) => void)[] = []
  private waiting: Commit[] = []
  private committing = false
  private checking: Promise<void> | null = null
  private readonly exited: Promise<void>
  private ended: string | null = null

  constructor(thread: Worker) {
    this.thread = thread
    thread.on('message', (answer: Answer) => this.asked.shift()?.(answer))
    thread.on('error', (error) => this.end(sentenceOf(error)))
    this.exited = new Promise((resolve) => thread.once('exit', () => resolve(this.end('The storage is closed'))))
  }

  commit(writes: readonly Write[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ writes, resolve, reject })
      // All rooms speak in one turn of the event loop; the transaction begins when all have spoken.
      if (this.waiting.length === 1) setImmediate(() => this.committing || this.commitWaiting())
    })
  }

  async load(document: DocumentId): Promise<Loaded> {
    this.commitWaiting()
    const answer = await this.ask({ type: 'load', document })
    if (answer.type === 'loaded') return answer.loaded
    throw unexpected(answer)
  }

  async list(): Promise<readonly Listed[]> {
    this.commitWaiting()
    const answer = await this.ask({ type: 'list' })
    if (answer.type === 'listed') return answer.listed
    throw unexpected(answer)
  }

  async meta(name: string): Promise<string | null> {
    const answer = await this.ask({ type: 'meta', name })
    if (answer.type === 'meta') return answer.value
    throw unexpected(answer)
  }

  async setMeta(name: string, value: string): Promise<void> {
    const answer = await this.ask({ type: 'set-meta', name, value })
    if (answer.type !== 'done') throw unexpected(answer)
  }

  /** One at a time, however many ask: who watches over the server does not keep the disk busy. */
  check(): Promise<void> {
    this.checking ??= this.checkNow().finally(() => {
      this.checking = null
    })
    return this.checking
  }

  async close(): Promise<void> {
    this.commitWaiting()
    await this.ask({ type: 'close' })
    // The driver lets go of the file when the thread's memory is given back.
    await this.exited
  }

  private commitWaiting(): void {
    if (this.waiting.length === 0) return
    const commits = this.waiting
    this.waiting = []
    this.committing = true
    const groups = commits.map((commit) => commit.writes.map(compact))
    void this.ask({ type: 'commit', groups }).then((answer) => {
      this.committing = false
      for (const [i, commit] of commits.entries()) settle(commit, errorOf(answer, i))
      setImmediate(() => this.committing || this.commitWaiting())
    })
  }

  private async checkNow(): Promise<void> {
    const answer = await this.ask({ type: 'check' })
    if (answer.type !== 'done') throw unexpected(answer)
  }

  private ask(question: Question): Promise<Answer> {
    if (this.ended !== null) return Promise.resolve({ type: 'failed', error: this.ended })
    return new Promise((resolve) => {
      this.asked.push(resolve)
      this.thread.postMessage(question)
    })
  }

  private end(reason: string): void {
    this.ended ??= reason
    for (const answer of this.asked.splice(0)) answer({ type: 'failed', error: this.ended })
  }
}

/** Opens the database in a folder, which is made if it is missing. The error is one line for whoever starts the server. */
export async function openSqlite(directory: string): Promise<Result<SqliteStorage, string>> {
  const problem = folderProblem(directory)
  if (problem !== null) return { ok: false, error: `The data directory ${directory} cannot be used: ${problem}.` }
  const file = join(directory, 'manyhands.db')
  const thread = startThread('sqlite-thread', file)
  const first = await firstAnswer(thread)
  if (first.type === 'done') return { ok: true, value: new SqliteStorage(thread) }
  await thread.terminate()
  return { ok: false, error: `The database ${file} cannot be used: ${unexpected(first).message}` }
}

interface Commit {
  readonly writes: readonly Write[]
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

function settle(commit: Commit, error: string | null): void {
  if (error === null) commit.resolve()
  else commit.reject(new Error(error))
}

function errorOf(answer: Answer, i: number): string | null {
  return answer.type === 'committed' ? (answer.errors[i] ?? null) : unexpected(answer).message
}

function unexpected(answer: Answer): Error {
  return new Error(answer.type === 'failed' ? answer.error : `The storage thread answered ${answer.type}`)
}

/** Sending a view to a thread copies the whole buffer below it, which may be a network buffer of 64 kB. */
function compact(write: Write): Write {
  if (!('bytes' in write) || write.bytes.byteLength === write.bytes.buffer.byteLength) return write
  return { ...write, bytes: new Uint8Array(write.bytes) }
}

function firstAnswer(thread: Worker): Promise<Answer> {
  return new Promise((resolve) => {
    thread.once('message', resolve)
    thread.once('error', (error) => resolve({ type: 'failed', error: sentenceOf(error) }))
  })
}

function folderProblem(directory: string): string | null {
  try {
    mkdirSync(directory, { recursive: true })
    accessSync(directory, constants.W_OK)
    return null
  } catch (error) {
    return sentenceOf(error)
  }
}

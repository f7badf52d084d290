import { parentPort, workerData } from 'node:worker_threads'
import { unreachable } from '@manyhands/protocol'
import { openDatabase, type SqliteDatabase, sentenceOf } from './sqlite-database.ts'
import type { Answer, Question } from './thread-messages.ts'

/** The thread that waits for the disk, so that nobody else has to. It says whether the file opened, then answers. */

const opened = openDatabase(String(workerData))
say(opened.ok ? { type: 'done' } : { type: 'failed', error: opened.error })
if (opened.ok) parentPort?.on('message', (question: Question) => take(opened.value, question))

function take(database: SqliteDatabase, question: Question): void {
  say(answer(database, question))
  if (question.type === 'close') parentPort?.close()
}

function say(message: Answer): void {
  parentPort?.postMessage(message)
}

function answer(database: SqliteDatabase, question: Question): Answer {
  try {
    return carryOut(database, question)
  } catch (error) {
    return { type: 'failed', error: sentenceOf(error) }
  }
}

function carryOut(database: SqliteDatabase, question: Question): Answer {
  switch (question.type) {
    case 'commit':
      return { type: 'committed', errors: database.commit(question.groups) }
    case 'load':
      return { type: 'loaded', loaded: database.load(question.document) }
    case 'list':
      return { type: 'listed', listed: database.list() }
    case 'meta':
      return { type: 'meta', value: database.meta(question.name) }
    case 'set-meta':
      database.setMeta(question.name, question.value)
      return { type: 'done' }
    case 'check':
      database.check()
      return { type: 'done' }
    case 'close':
      database.close()
      return { type: 'done' }
    default:
      return unreachable(question)
  }
}

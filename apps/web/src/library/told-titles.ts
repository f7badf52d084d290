/** What a server says of documents that this device knows: without opening any, `POST /api/v1/titles`. */
import { type Address, cleanTitle } from '@manyhands/protocol'
import type { KnownDocument } from './known-document.ts'

export interface Asked {
  readonly id: Address
  /** The keys of links to it that this device was given. */
  readonly token: string
}

export interface Told {
  readonly id: string
  readonly title: string
  readonly changedAt: number
}

/** As many as a server answers at once. */
const AT_ONCE = 500

/** Nothing is told where no server answers: the list stays as it was. */
export async function askTitles(asked: readonly Asked[]): Promise<readonly Told[]> {
  const told: Told[] = []
  for (let at = 0; at < asked.length; at += AT_ONCE) told.push(...(await ask(asked.slice(at, at + AT_ONCE))))
  return told
}

async function ask(documents: readonly Asked[]): Promise<readonly Told[]> {
  try {
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ documents })
    const response = await fetch('/api/v1/titles', { method: 'POST', headers, body })
    return response.ok ? readTold(await response.json()) : []
  } catch {
    return []
  }
}

/** What is not as a server says it is left out. */
export function readTold(answer: unknown): readonly Told[] {
  const documents = field(answer, 'documents')
  if (!Array.isArray(documents)) return []
  return documents.flatMap((entry: unknown) => {
    const [id, title, changedAt] = [field(entry, 'id'), field(entry, 'title'), field(entry, 'changedAt')]
    if (typeof id !== 'string' || typeof title !== 'string' || typeof changedAt !== 'number') return []
    return [{ id, title: cleanTitle(title), changedAt }]
  })
}

/**
 * What is known now; the same object where nothing new was told. A title that is not the one it had when this was asked is newer than
 * the answer.
 */
export function informed(known: KnownDocument, told: Told, titleThen: string | undefined): KnownDocument {
  const title = known.title === titleThen ? told.title : known.title
  const changedAt = Math.max(known.changedAt, told.changedAt)
  if (known.title === title && known.changedAt === changedAt) return known
  return { ...known, title, changedAt }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** A client without a window that types into a line of its own, as a person would, wherever its servers let it. */
import { type Client, openDocument, socketIoTransport, systemClock } from '@manyhands/client'
import type { Anchor } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'

export interface TypistOptions {
  readonly document: DocumentId
  /** The first is called first. */
  readonly servers: readonly string[]
  readonly name: string
  /** How long to think before the next key, in milliseconds. */
  readonly pause: () => number
}

const PATIENCE = 100_000

/** Changes as it types. */
export class Typist {
  readonly client: Client
  readonly name: string
  private readonly pause: () => number
  /** All it has typed. */
  written = ''

  constructor({ document, servers, name, pause }: TypistOptions, create = false) {
    this.name = name
    this.pause = pause
    this.client = openClient(document, servers, name, create)
  }

  /** Types words that nobody else types, key by key, behind its name, until it is told to stop. */
  async typeUntil(isOver: () => boolean): Promise<void> {
    await until(this.client, () => this.client.text().includes(this.mark), `${this.name} finds its line`)
    let caret: Anchor = this.client.anchorAt(this.client.text().indexOf(this.mark) + this.mark.length, 'after')
    for (let n = 0; !isOver(); n++) {
      for (const key of ` ${this.name}${n}`) {
        const at = this.client.indexOf(caret)
        if (at === null) throw new Error(`${this.name} has lost its place`)
        this.client.edit([{ from: at, to: at, insert: key }])
        this.written += key
        caret = this.client.anchorAt(at + 1, 'after')
        await new Promise((resolve) => setTimeout(resolve, this.pause()))
      }
    }
  }

  async saved(): Promise<void> {
    await saved(this.client, this.name)
  }

  /** What its line must be. */
  get line(): string {
    return `${this.mark}${this.written}`
  }

  private get mark(): string {
    return `${this.name}:`
  }
}

export function openClient(document: DocumentId, servers: readonly string[], name: string, create: boolean): Client {
  const world = { transport: socketIoTransport, clock: systemClock, random: Math.random }
  return openDocument({ document, servers, person: { name, color: '#4660db' }, create, ...world })
}

/** Connected, and a server has stored everything. */
export async function saved(client: Client, name: string): Promise<void> {
  await until(
    client,
    () => client.state.connection === 'live' && client.state.unsavedCharacters === 0,
    `${name} is saved`,
  )
}

export async function until(client: Client, holds: () => boolean, what: string): Promise<void> {
  if (holds()) return
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`Waited ${PATIENCE / 1000} s until ${what}: ${JSON.stringify(client.state)}`))
    }, PATIENCE)
    const stop = client.subscribe(() => {
      if (!holds()) return
      clearTimeout(timer)
      stop()
      resolve()
    })
  })
}

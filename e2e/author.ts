/** A real client without a window: it writes through a real socket, and hears of others only when it is let to. */
import { type Client, openDocument, socketIoTransport, systemClock, type Transport } from '@manyhands/client'
import type { Edit } from '@manyhands/crdt'
import {
  type DocumentId,
  decodeClientMessage,
  decodeServerMessage,
  MESSAGES_PER_SECOND,
  randomDocumentId,
} from '@manyhands/protocol'

export function newDocumentId(): DocumentId {
  return randomDocumentId(Math.random)
}

// A server slows down whoever writes faster than any person. A replay keeps well below that.
const EDITS_PER_SECOND = MESSAGES_PER_SECOND * 0.75

/** Changes as the document does. What others wrote waits at a gate, in order; everything else passes it at once. */
export class Author {
  readonly client: Client
  private readonly held: { readonly updates: number; readonly pass: () => void }[] = []
  private readonly started: number = performance.now()
  private written = 0
  private heard = 0
  private open = false

  constructor(server: string, document: DocumentId, name: string, create: boolean) {
    const person = { name, color: '#4660db' }
    const world = { transport: this.gated(socketIoTransport), clock: systemClock, random: Math.random }
    this.client = openDocument({ document, servers: [server], person, create, ...world })
  }

  async write(edits: readonly Edit[]): Promise<void> {
    this.client.edit(edits)
    this.written += 1
    const due = this.started + (this.written / EDITS_PER_SECOND) * 1000
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
  }

  /** Connected, and everything written is on the server's disk, so everyone has been sent it. */
  async settled(): Promise<void> {
    await this.until(() => this.client.state.connection === 'live' && this.client.state.unsavedCharacters === 0)
  }

  /** Hears of the others until that many updates of theirs have come, all in all. */
  async hear(updates: number): Promise<void> {
    while (this.heard < updates) {
      const next = this.held.shift()
      next?.pass()
      this.heard += next?.updates ?? 0
      if (!next) await nextTurn()
    }
    if (this.heard > updates) throw new Error(`Heard ${this.heard} updates, but should know of ${updates} only`)
  }

  /** From now on hears everything at once. */
  openGate(): void {
    this.open = true
    for (const { pass } of this.held.splice(0)) pass()
  }

  private gated(transport: Transport): Transport {
    return {
      connect: (url, on) => {
        const message = (bytes: Uint8Array): void => this.arrive(bytes, () => on.message(bytes))
        const connection = transport.connect(url, { up: on.up, down: on.down, message })
        // Behind a closed gate a client wonders what it lacks. The answer would tell it more than it should know yet.
        const send = (bytes: Uint8Array): void => {
          if (this.open || !isQuestion(bytes)) connection.send(bytes)
        }
        return { ...connection, send }
      },
    }
  }

  private arrive(bytes: Uint8Array, pass: () => void): void {
    const message = decodeServerMessage(bytes)
    const updates = message.ok && message.value.type === 'updates' ? message.value.updates.length : 0
    if (updates > 0 && !this.open) this.held.push({ updates, pass })
    else pass()
  }

  private async until(holds: () => boolean): Promise<void> {
    if (holds()) return
    await new Promise<void>((resolve) => {
      const stop = this.client.subscribe(() => {
        if (!holds()) return
        stop()
        resolve()
      })
    })
  }
}

function isQuestion(bytes: Uint8Array): boolean {
  const message = decodeClientMessage(bytes)
  return message.ok && message.value.type === 'sync'
}

async function nextTurn(): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0))
}

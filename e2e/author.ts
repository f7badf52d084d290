/** A real client without a window: it writes through a real socket, and hears of others only when it is let to. */
import { type Client, openDocument, socketIoTransport, systemClock, type Transport } from '@manyhands/client'
import type { Edit } from '@manyhands/crdt'
import { type DocumentId, decodeServerMessage, MESSAGES_PER_SECOND, randomDocumentId } from '@manyhands/protocol'

export function newDocumentId(): DocumentId {
  return randomDocumentId(Math.random)
}

// A server slows down whoever writes faster than any person. A replay keeps well below that.
const EDITS_PER_SECOND = MESSAGES_PER_SECOND * 0.75

/** Changes as the document does. What others wrote waits at a gate, in order; everything else passes it at once. */
export class Author {
  readonly client: Client
  private readonly held: (() => void)[] = []
  private readonly started: number = performance.now()
  private written = 0
  private open = false

  constructor(server: string, document: DocumentId, name: string, create: boolean) {
    const transport: Transport = {
      connect: (url, on) =>
        socketIoTransport.connect(url, {
          up: on.up,
          down: on.down,
          message: (bytes) => this.arrive(bytes, () => on.message(bytes)),
        }),
    }
    const person = { name, color: '#4660db' }
    const world = { transport, clock: systemClock, random: Math.random }
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

  /** Hears of the others, one message after another, until the text is this one. */
  async hear(text: string): Promise<void> {
    while (this.client.text() !== text) {
      const next = this.held.shift()
      if (next) next()
      else await nextTurn()
    }
  }

  /** From now on hears everything at once. */
  openGate(): void {
    this.open = true
    for (const message of this.held.splice(0)) message()
  }

  private arrive(bytes: Uint8Array, pass: () => void): void {
    const message = decodeServerMessage(bytes)
    const fromOthers = message.ok && message.value.type === 'updates'
    if (fromOthers && !this.open) this.held.push(pass)
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

async function nextTurn(): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0))
}

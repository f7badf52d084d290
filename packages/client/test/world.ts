import type { IdRange } from '@manyhands/crdt'
import {
  type DocumentId,
  decodeClientMessage,
  decodeServerMessage,
  type Push,
  randomDocumentId,
} from '@manyhands/protocol'
import { FakeClock, FakeServer, type FakeServerOptions, Lines, type Random, seededRandom } from '@manyhands/testkit'
import type { Client, ClientOptions } from '../src/client.ts'
import { openDocument } from '../src/open-document.ts'
import type { Transport } from '../src/transport.ts'

export const document: DocumentId = randomDocumentId(seededRandom(1))

/** One clock, one network and one source of chance for all who live in it. */
export class World {
  readonly clock = new FakeClock()
  readonly random: Random
  readonly lines: Lines

  constructor(seed = 1) {
    this.random = seededRandom(seed)
    this.lines = new Lines(this.random)
  }

  server(options: Partial<FakeServerOptions> = {}): FakeServer {
    const { clock, random, lines } = this
    return new FakeServer({ url: 'a', clock, random, lines, ...options })
  }

  client(name: string, options: Partial<ClientOptions> = {}): Client {
    const { clock, random, lines } = this
    const person = { name, color: '#336699' }
    const own = { document, servers: ['a'], person, transport: lines, clock, random, create: false }
    return openDocument({ ...own, ...options })
  }

  /** Lets time pass, and everything arrive that is sent meanwhile. */
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 5) {
      this.arrive()
      this.clock.advance(Math.min(5, left))
    }
    this.arrive()
  }

  /** Lets everything arrive, and what it brings about, in no time. */
  arrive(): void {
    this.clock.settle()
    while (this.lines.pending > 0) {
      this.lines.deliverSome()
      this.clock.settle()
    }
  }
}

/** Listens to a client's connections, and throws when it sends living characters that it has been told are stored. */
export function watched(transport: Transport): Transport {
  const stored: IdRange[] = []
  return {
    connect(url, on) {
      let pushes: readonly Push[] = []
      const heard = (bytes: Uint8Array): void => {
        const message = decodeServerMessage(bytes)
        if (!message.ok || message.value.type !== 'stored') return
        const { n } = message.value
        stored.push(...pushes.filter((push) => push.n <= n).flatMap(({ update }) => update.inserts))
        pushes = pushes.filter((push) => push.n > n)
      }
      const connection = transport.connect(url, {
        ...on,
        message(bytes) {
          heard(bytes)
          on.message(bytes)
        },
      })
      return {
        ...connection,
        send(bytes) {
          const message = decodeClientMessage(bytes)
          if (message.ok && message.value.type === 'push') {
            mustBeNew(message.value, stored)
            pushes = [...pushes, message.value]
          }
          connection.send(bytes)
        },
      }
    },
  }
}

function mustBeNew({ n, update }: Push, stored: readonly IdRange[]): void {
  for (const { replica, from, to } of update.inserts) {
    const again = stored.find((range) => range.replica === replica && range.from < to && from < range.to)
    if (again) throw new Error(`Push ${n} sends [${from}, ${to}) again; [${again.from}, ${again.to}) is stored`)
  }
}

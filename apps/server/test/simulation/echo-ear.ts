import type { Update } from '@manyhands/crdt'
import {
  type CatchUpAnswer,
  decodeClientMessage,
  decodePeerMessage,
  type PeerMessage,
  type Replicate,
} from '@manyhands/protocol'
import type { PeerTransport } from '../../src/replication/peer-transport.ts'

/**
 * [S6] Listens to what one server's process tells the others, and complains of an echo: of something that none of its own
 * clients has pushed to it, and that no peer was found to lack by a comparison.
 */
export class EchoEar {
  private readonly server: string
  /** Hears that something is told to a peer. */
  private readonly told: () => void
  private readonly complain: (what: string) => void
  /** Everything that its own clients have pushed. */
  private readonly own = new Set<string>()

  constructor(server: string, told: () => void, complain: (what: string) => void) {
    this.server = server
    this.told = told
    this.complain = complain
  }

  client(bytes: Uint8Array): void {
    const message = decodeClientMessage(bytes)
    if (message.ok && message.value.type === 'push') for (const id of idsOf(message.value.update)) this.own.add(id)
  }

  on(transport: PeerTransport): PeerTransport {
    return {
      connect: (address, on) => {
        /** Documents of which the peer has just said what it has; it is told the rest, once. */
        const comparisons: string[] = []
        const line = transport.connect(address, {
          ...on,
          message(bytes) {
            const message = decodePeerMessage(bytes)
            if (message.ok && isEnd(message.value)) comparisons.push(message.value.document)
            on.message(bytes)
          },
        })
        return {
          ...line,
          send: (bytes) => {
            const message = decodePeerMessage(bytes)
            if (message.ok && message.value.type === 'replicate') this.check(message.value, address, comparisons)
            line.send(bytes)
          },
        }
      },
    }
  }

  private check({ document, turn, updates }: Replicate, address: string, comparisons: string[]): void {
    if (updates.length > 0) this.told()
    const echoed = updates.flatMap((update) => idsOf(update)).filter((id) => !this.own.has(id))
    if (echoed.length === 0) return
    const comparison = comparisons.indexOf(document)
    // What is told in parts is told once for all that: the last part alone is a turn.
    if (comparison < 0)
      this.complain(`[S6] ${this.server} tells ${address} what its own clients have not told it: ${echoed.join(', ')}`)
    else if (turn > 0) comparisons.splice(comparison, 1)
  }
}

/** The peer has said all that it has. */
function isEnd(message: PeerMessage): message is CatchUpAnswer {
  return message.type === 'catch-up-answer' && message.left === 0
}

function idsOf({ covers }: Update): readonly string[] {
  return covers.flatMap(({ replica, from, to }) =>
    Array.from({ length: to - from }, (_, i) => `${replica}:${from + i}`),
  )
}

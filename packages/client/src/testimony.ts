import type { Incarnation, ReplicaId, Update, Version } from '@manyhands/crdt'
import {
  type Address,
  decodeServerMessage,
  encodeClientMessage,
  PROTOCOL_VERSION,
  type PresenceState,
} from '@manyhands/protocol'
import type { Clock } from './clock.ts'
import type { Connection, Transport } from './transport.ts'

/** A server that has not stored it by then does not want it. */
const WITHIN = 10_000

/** Below what may be under way at once: a few words are enough to sign with. */
const MOST_PUSHES = 64

export interface Testimony {
  readonly document: Address
  readonly incarnation: Incarnation
  readonly version: Version
  readonly token: string
  /** Whom the others see meanwhile: somebody who is here already. */
  readonly state: PresenceState
  /** The replica of a tab that has gone. Nobody else may be using it. */
  readonly replica: ReplicaId
  /** What it did last. */
  readonly updates: readonly Update[]
}

/**
 * Says once more what a tab that has gone had said, under its own name, so that the server writes it down as signed by its author and
 * not as brought by somebody else [P7]. Nothing hangs on it: the words themselves are sent by whoever has the document open.
 * Calls when it is over, in whatever way.
 */
export function testify(
  { updates, state, ...testimony }: Testimony,
  url: string,
  transport: Transport,
  clock: Clock,
  over: () => void,
): void {
  const pushes = updates.filter(({ inserts }) => inserts.length > 0).slice(-MOST_PUSHES)
  if (pushes.length === 0) return over()
  const end = (): void => {
    cancel()
    connection.close()
    over()
  }
  const say = (message: Parameters<typeof encodeClientMessage>[0]): void =>
    connection.send(encodeClientMessage(message))
  const cancel = clock.after(WITHIN, end)
  const connection: Connection = transport.connect(url, {
    up: () => say({ type: 'hello', protocol: PROTOCOL_VERSION, person: state.person, ...testimony }),
    message(bytes) {
      const message = decodeServerMessage(bytes)
      const type = message.ok ? message.value.type : 'bye'
      if (type === 'welcome') {
        say({ type: 'presence', state })
        pushes.forEach((update, i) => void say({ type: 'push', n: i + 1, update }))
      }
      const isStored = message.ok && message.value.type === 'stored' && message.value.n >= pushes.length
      if (isStored || type === 'refused' || type === 'bye' || type === 'resync') end()
    },
    down: end,
  })
}

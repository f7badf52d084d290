import {
  BYTES_AT_ONCE,
  BYTES_PER_SECOND,
  type ClientMessage,
  decodeClientMessage,
  encodeServerMessage,
  type Hello,
  MAX_MESSAGE_BYTES,
  MESSAGES_AT_ONCE,
  MESSAGES_PER_SECOND,
  parseDocumentId,
  type Refusal,
  type RefusalReason,
  unreachable,
} from '@manyhands/protocol'
import { Ticket } from '../access/ticket.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Member, Outlet } from '../rooms/member.ts'
import type { Room } from '../rooms/room.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Refusals } from './refusals.ts'
import { TokenBucket } from './token-bucket.ts'
import type { Wire } from './wire.ts'

export interface ConnectionOptions {
  readonly rooms: Rooms
  readonly clock: Clock
  readonly log: Log
  readonly refusals: Refusals
  /** More than this on its way to a browser, and it gets one merged update later instead of every one now: a megabyte, but for tests. */
  readonly slowReaderBytes?: number
}

type State =
  | { readonly state: 'greeting' }
  | { readonly state: 'entering' }
  | { readonly state: 'joined'; readonly room: Room; readonly member: Member }
  | { readonly state: 'ended' }

/** Whoever connects says hello within this time. */
const HELLO_WITHIN = 10_000

const SLOW_READER_BYTES = 1_048_576

/** Even the small messages that a slow reader does get end here: it has not read one of so many. */
const MAX_UNREAD_MESSAGES = 10_000

/** What a message costs of the messages one may send: answering a sync can mean encoding the whole document. */
const SYNC_COST = 100

const lostAccess: Refusal = { reason: 'forbidden', detail: 'No link of this device counts any more' }

/** One browser: bytes become messages, messages become calls of one room, and what nobody should send ends it. */
export class Connection implements Outlet {
  private readonly wire: Wire
  private readonly options: ConnectionOptions
  private readonly messages: TokenBucket
  private readonly bytes: TokenBucket
  private readonly stopWaiting: () => void
  private state: State = { state: 'greeting' }
  private unreadBytes = 0
  private unreadMessages = 0

  constructor(wire: Wire, options: ConnectionOptions) {
    this.wire = wire
    this.options = options
    this.messages = new TokenBucket(options.clock, MESSAGES_PER_SECOND, MESSAGES_AT_ONCE)
    this.bytes = new TokenBucket(options.clock, BYTES_PER_SECOND, BYTES_AT_ONCE)
    this.stopWaiting = options.clock.after(HELLO_WITHIN, () => this.refuse('bad-message', 'No hello came'))
  }

  get congested(): boolean {
    const { slowReaderBytes = SLOW_READER_BYTES } = this.options
    return this.unreadBytes > slowReaderBytes
  }

  send(bytes: Uint8Array): void {
    if (this.unreadMessages >= MAX_UNREAD_MESSAGES) return this.end()
    this.unreadMessages++
    this.unreadBytes += bytes.length
    this.wire.send(bytes, () => this.sent(bytes.length))
  }

  /** Takes one WebSocket frame of whatever content. */
  receive(frame: unknown): void {
    if (this.state.state === 'ended') return
    if (!(frame instanceof Uint8Array)) return this.refuse('bad-message', 'A message is bytes')
    if (frame.length > MAX_MESSAGE_BYTES) return this.refuse('too-large', `${frame.length} bytes in one message`)
    if (!this.messages.take(1) || !this.bytes.take(frame.length)) return this.refuse('rate-limited', 'Too much at once')
    const message = decodeClientMessage(frame)
    if (message.ok) this.take(message.value)
    else this.refuse(message.error.reason, message.error.detail)
  }

  /** The server ends it, and nobody did anything wrong. */
  bye(reason: RefusalReason): void {
    if (this.state.state !== 'ended') this.send(encodeServerMessage({ type: 'bye', reason }))
  }

  /** Says why, and ends it. */
  refuse(reason: RefusalReason, detail: string): void {
    this.options.refusals.count(reason)
    this.options.log.info({ reason, detail }, 'refused')
    this.send(encodeServerMessage({ type: 'refused', reason, detail, n: null }))
    this.end()
  }

  /** Leaves the room and closes. Called as well when the browser has gone. */
  end(): void {
    if (this.state.state === 'ended') return
    const left = this.state
    this.state = { state: 'ended' }
    this.stopWaiting()
    this.wire.end()
    if (left.state !== 'joined') return
    left.room.leave(left.member)
    this.options.rooms.left(left.room)
  }

  private sent(bytes: number): void {
    const wasCongested = this.congested
    this.unreadMessages--
    this.unreadBytes -= bytes
    if (wasCongested && !this.congested && this.state.state === 'joined') this.state.room.drained(this.state.member)
  }

  private take(message: ClientMessage): void {
    const { state } = this
    if (state.state === 'joined') return this.pass(message, state.room, state.member)
    if (state.state === 'greeting' && message.type === 'hello') return void this.enter(message)
    this.refuse('bad-message', `${message.type} before welcome`)
  }

  private pass(message: ClientMessage, room: Room, member: Member): void {
    switch (message.type) {
      case 'push':
        return room.push(member, message.n, message.update)
      case 'presence':
        return room.presence(member, message.state)
      case 'set-register':
        return room.setRegister(member, message)
      case 'sync':
        if (!this.messages.take(SYNC_COST)) return this.refuse('rate-limited', 'Too many syncs')
        return room.sync(member, message.version)
      case 'hello':
        return this.refuse('bad-message', 'A second hello')
      default:
        return unreachable(message)
    }
  }

  private async enter(hello: Hello): Promise<void> {
    this.state = { state: 'entering' }
    this.stopWaiting()
    const ticket = new Ticket(hello.document, hello.token)
    const room = await this.find(hello, ticket)
    if (room === null || this.state.state !== 'entering') return
    const newcomer = { outlet: this, replica: hello.replica, person: hello.person, ticket }
    const objection = room.objectionTo(newcomer)
    if (objection !== null) return this.refuse(objection.reason, objection.detail)
    this.options.rooms.occupied(room)
    this.state = { state: 'joined', room, member: room.join(newcomer, hello.version) }
  }

  /** The room, or null where there is none; then that has been said. */
  private async find({ document, incarnation }: Hello, ticket: Ticket): Promise<Room | null> {
    const { rooms, log } = this.options
    const found = await rooms.enter(document, incarnation).catch((error: unknown) => {
      // The key of a link is not written down anywhere.
      log.error({ document: parseDocumentId(document), err: error }, 'could not load')
      return { ok: false, error: { reason: 'not-stored', detail: 'The disk cannot be read' } } as const
    })
    if (this.state.state !== 'entering') return null
    if (!found.ok) return this.refuseEntry(found.error)
    const room = found.value
    const isSame = incarnation === room.incarnation
    // Whoever has a copy knows that the document exists; nobody else may find that out.
    if (room.roleOf(ticket) === null) return this.refuseEntry(isSame ? lostAccess : this.options.rooms.unknown)
    if (incarnation === null || isSame) return room
    return this.refuseEntry({ reason: 'history-mismatch', detail: 'The document here began as another one' })
  }

  private refuseEntry({ reason, detail }: Refusal): null {
    this.refuse(reason, detail)
    return null
  }
}

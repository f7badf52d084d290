import { Doc, type Incarnation, type ReplicaId, randomReplicaId, type Update } from '@manyhands/crdt'
import {
  type ClientMessage,
  Decoder,
  type DocumentId,
  decodeServerMessage,
  Encoder,
  encodeClientMessage,
  MESSAGE_EVENT,
  type ServerMessage,
} from '@manyhands/protocol'
import { io, type Socket } from 'socket.io-client'

type Kind = ServerMessage['type']
type Of<T extends Kind> = Extract<ServerMessage, { type: T }>

/** A real socket to a real server, with a document and nothing else of a client. */
export class RealBrowser {
  readonly heard: ServerMessage[] = []
  readonly socket: Socket
  readonly replica: ReplicaId = randomReplicaId(Math.random)
  readonly doc: Doc
  pushes = 0
  ended = false
  private readonly document: DocumentId
  private waiting: (() => void)[] = []

  constructor(url: string, document: DocumentId, incarnation: Incarnation) {
    this.document = document
    this.doc = Doc.create({ replica: this.replica, incarnation })
    this.socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      parser: { Encoder, Decoder },
    })
    this.socket.on(MESSAGE_EVENT, (bytes: Uint8Array) => this.hear(bytes))
    this.socket.on('disconnect', () => this.end())
    this.socket.on('connect_error', () => this.end())
  }

  async connected(): Promise<this> {
    if (!this.socket.connected) await new Promise<void>((resolve) => this.socket.once('connect', resolve))
    return this
  }

  async joined(name = 'Ann'): Promise<this> {
    await this.connected()
    this.says({
      type: 'hello',
      protocol: 3,
      document: this.document,
      replica: this.replica,
      incarnation: this.doc.incarnation,
      token: '',
      person: { name, color: '#336699' },
      version: this.doc.version(),
    })
    await this.hears('welcome')
    return this
  }

  says(message: ClientMessage): void {
    this.sends(encodeClientMessage(message))
  }

  sends(bytes: Uint8Array): void {
    this.socket.emit(MESSAGE_EVENT, bytes)
  }

  types(text: string): Update {
    const update = this.doc.edit([{ from: this.doc.length, to: this.doc.length, insert: text }])
    this.says({ type: 'push', n: ++this.pushes, update })
    return update
  }

  /** The last push that is called stored. */
  get storedUpTo(): number {
    return Math.max(0, ...this.of('stored').map(({ n }) => n))
  }

  of<T extends Kind>(type: T): Of<T>[] {
    return this.heard.filter((m): m is Of<T> => m.type === type)
  }

  /** The first message of a kind, now or when it comes. */
  async hears<T extends Kind>(type: T): Promise<Of<T>> {
    await this.until(() => this.of(type).length > 0)
    const [first] = this.of(type)
    if (first === undefined) throw new Error(`Disconnected before ${type} came`)
    return first
  }

  /** Resolves when the condition holds, or when the connection has ended. */
  async until(condition: () => boolean): Promise<void> {
    while (!(condition() || this.ended)) await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  async allStored(): Promise<void> {
    await this.until(() => this.storedUpTo === this.pushes)
  }

  async disconnected(): Promise<void> {
    await this.until(() => this.ended)
  }

  close(): void {
    this.socket.disconnect()
  }

  private hear(bytes: Uint8Array): void {
    const message = decodeServerMessage(bytes)
    if (!message.ok) throw new Error(message.error.detail)
    this.heard.push(message.value)
    if (message.value.type === 'updates') for (const update of message.value.updates) this.doc.apply(update)
    if (message.value.type === 'welcome') this.doc.apply(message.value.update)
    this.wake()
  }

  private end(): void {
    this.ended = true
    this.wake()
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}

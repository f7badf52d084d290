import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  Doc,
  emptyVersion,
  type Incarnation,
  type ReplicaId,
  randomIncarnation,
  randomReplicaId,
  type Update,
} from '@manyhands/crdt'
import {
  type Address,
  type ClientMessage,
  type DocumentId,
  decodeServerMessage,
  encodeClientMessage,
  type Role,
  randomDocumentId,
  type ServerMessage,
} from '@manyhands/protocol'
import { FakeClock, seededRandom } from '@manyhands/testkit'
import type { Access } from '../src/access/access.ts'
import { accessByLinks } from '../src/access/links.ts'
import { DocumentIndex } from '../src/catalogue/document-index.ts'
import { HybridClock } from '../src/catalogue/hybrid-clock.ts'
import type { Log } from '../src/log.ts'
import { noRelay } from '../src/replication/relay.ts'
import type { AckLevel } from '../src/rooms/acknowledgements.ts'
import type { Others } from '../src/rooms/others.ts'
import { Rooms } from '../src/rooms/rooms.ts'
import { Connection } from '../src/sockets/connection.ts'
import { Refusals } from '../src/sockets/refusals.ts'
import type { Wire } from '../src/sockets/wire.ts'
import { MemoryStorage } from '../src/storage/memory.ts'
import type { Listed, Loaded, Storage, Write } from '../src/storage/storage.ts'

/** A storage whose disk can be stopped and broken. */
export class Disk implements Storage {
  /** What each commit asked for, whether it succeeded or not. */
  readonly commits: (readonly Write[])[] = []
  loads = 0
  private readonly inner: Storage
  private held: (() => void)[] | null = null
  private broken = false

  constructor(inner: Storage = new MemoryStorage()) {
    this.inner = inner
  }

  /** Commits begin and do not end until `release`. */
  hold(): void {
    this.held = []
  }

  release(): void {
    const held = this.held ?? []
    this.held = null
    for (const go of held) go()
  }

  break(): void {
    this.broken = true
  }

  repair(): void {
    this.broken = false
  }

  async commit(writes: readonly Write[]): Promise<void> {
    this.commits.push(writes)
    if (this.held !== null) await new Promise<void>((resolve) => this.held?.push(resolve))
    await this.check()
    await this.inner.commit(writes)
  }

  load(document: DocumentId): Promise<Loaded> {
    this.loads++
    return this.inner.load(document)
  }

  list(): Promise<readonly Listed[]> {
    return this.inner.list()
  }

  meta(name: string): Promise<string | null> {
    return this.inner.meta(name)
  }

  setMeta(name: string, value: string): Promise<void> {
    return this.inner.setMeta(name, value)
  }

  async check(): Promise<void> {
    if (this.broken) throw new Error('No space left on device')
  }

  async close(): Promise<void> {}
}

export interface HouseOptions {
  readonly clock: FakeClock
  readonly others: Others
  readonly ack: AckLevel
  readonly index: DocumentIndex
  /** Of the server. */
  readonly name: string
  /** Of chance. All houses have the same document. */
  readonly seed: number
}

/** Everything of a server but its ports: rooms, connections, a disk, and time in the test's hands. */
export class House {
  readonly clock: FakeClock
  readonly random: () => number
  readonly refusals: Refusals = new Refusals()
  readonly document: DocumentId
  readonly incarnation: Incarnation
  readonly disk: Disk
  readonly index: DocumentIndex
  rooms: Rooms
  /** What everybody may do at most. */
  role: Role | null = 'writer'
  private readonly options: Partial<HouseOptions>

  constructor(disk: Disk = new Disk(), options: Partial<HouseOptions> = {}) {
    const chance = seededRandom(1)
    this.document = randomDocumentId(chance)
    this.incarnation = randomIncarnation(chance)
    this.random = seededRandom(options.seed ?? 1)
    this.disk = disk
    this.clock = options.clock ?? new FakeClock()
    this.index = options.index ?? new DocumentIndex()
    this.options = options
    this.rooms = this.open()
  }

  /** As after a crash: what is not on disk is gone. */
  restart(): void {
    this.rooms = this.open()
  }

  /** A browser that has connected and not said a word. */
  browser(replica?: ReplicaId): Browser {
    return new Browser(this, replica)
  }

  /** A browser with the document open. */
  async joined(name = 'Ann', document: DocumentId = this.document): Promise<Browser> {
    const browser = this.browser()
    browser.says(browser.hello(name, document))
    await this.settle()
    return browser
  }

  /** A browser that has no copy and comes by this address, with these keys. */
  async came(address: Address, token = ''): Promise<Browser> {
    const browser = this.browser()
    browser.says(browser.hello('Guest', address, null, token))
    await this.settle()
    return browser
  }

  /** Ends this turn and those that follow from it. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      this.clock.settle()
      await nextTurn()
    }
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms)
    await this.settle()
  }

  connection(wire: Wire): Connection {
    const { rooms, clock, refusals } = this
    return new Connection(wire, { rooms, clock, log: silent, refusals })
  }

  private open(): Rooms {
    const { disk: storage, clock, random, index } = this
    const { others = noRelay, ack = 'local', name = 'house' } = this.options
    const stamps = new HybridClock(clock, () => name)
    const committed = index.put.bind(index)
    const access: Access = (registers, ticket) =>
      this.role === 'writer' ? accessByLinks(registers, ticket) : this.role
    return new Rooms({ storage, clock, random, log: silent, others, ack, stamps, access, committed })
  }
}

/** One character of each of so many replicas. */
export function byMany({ random, incarnation }: House, count: number): Update {
  const all = Doc.create({ replica: randomReplicaId(random), incarnation })
  for (let i = 0; i < count; i++) {
    const one = Doc.create({ replica: randomReplicaId(random), incarnation })
    all.apply(one.edit([{ from: 0, to: 0, insert: 'x' }]))
  }
  return all.updateSince(emptyVersion)
}

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** One browser without the page: a document, a connection, and everything it has heard. */
export class Browser {
  readonly replica: ReplicaId
  readonly heard: ServerMessage[] = []
  readonly frames: Uint8Array[] = []
  /** What it was sent and has not read: empty as long as it reads at once. */
  unread: (() => void)[] = []
  reads = true
  ended = false
  doc: Doc
  pushes = 0
  private readonly house: House
  private readonly connection: Connection

  constructor(house: House, replica: ReplicaId = randomReplicaId(house.random)) {
    this.house = house
    this.replica = replica
    this.doc = Doc.create({ replica: this.replica, incarnation: house.incarnation })
    this.connection = house.connection({ send: (bytes, done) => this.hear(bytes, done), end: () => this.end() })
  }

  hello(
    name = 'Ann',
    document: Address = this.house.document,
    incarnation: Incarnation | null = this.house.incarnation,
    token = '',
  ): ClientMessage {
    return {
      type: 'hello',
      protocol: 3,
      document,
      replica: this.replica,
      incarnation,
      token,
      person: { name, color: '#336699' },
      version: this.doc.version(),
    }
  }

  says(message: ClientMessage): void {
    this.sends(encodeClientMessage(message))
  }

  sends(frame: unknown): void {
    this.connection.receive(frame)
  }

  types(text: string, at: number = this.doc.length): Update {
    const update = this.doc.edit([{ from: at, to: at, insert: text }])
    this.pushesUpdate(update)
    return update
  }

  pushesUpdate(update: Update): void {
    this.says({ type: 'push', n: ++this.pushes, update })
  }

  /** All it would push after having lost its connection. */
  everything(): Update {
    return this.doc.updateSince(emptyVersion)
  }

  readsAgain(): void {
    this.reads = true
    for (const done of this.unread.splice(0)) done()
  }

  goes(): void {
    this.connection.end()
  }

  saysBye(): void {
    this.connection.bye('shutting-down')
  }

  /** What it heard of one kind. */
  of<T extends ServerMessage['type']>(type: T): Extract<ServerMessage, { type: T }>[] {
    return this.heard.filter((m): m is Extract<ServerMessage, { type: T }> => m.type === type)
  }

  refusals(): string[] {
    return this.of('refused').map(({ reason, n }) => (n === null ? reason : `${reason} ${n}`))
  }

  stored(): number[] {
    return this.of('stored').map(({ n }) => n)
  }

  private hear(bytes: Uint8Array, done: () => void): void {
    if (this.ended) return
    this.frames.push(bytes)
    const message = decodeServerMessage(bytes)
    if (!message.ok) throw new Error(message.error.detail)
    this.heard.push(message.value)
    this.apply(message.value)
    if (this.reads) done()
    else this.unread.push(done)
  }

  private apply(message: ServerMessage): void {
    if (message.type === 'updates') for (const update of message.updates) this.doc.apply(update)
    if (message.type === 'welcome') this.doc.apply(message.update)
  }

  private end(): void {
    this.ended = true
  }
}

import { Doc, emptyVersion, replicaId } from '@manyhands/crdt'
import { type DocumentId, decodePeerMessage, type PeerMessage } from '@manyhands/protocol'
import { FakeClock, seededRandom } from '@manyhands/testkit'
import { DocumentIndex } from '../src/catalogue/document-index.ts'
import type { Log } from '../src/log.ts'
import { storedAddressBook } from '../src/replication/address-book.ts'
import type { Discovery } from '../src/replication/discovery.ts'
import { Mesh } from '../src/replication/mesh.ts'
import type { AcceptedLineEvents, PeerLine, PeerLineEvents, PeerTransport } from '../src/replication/peer-transport.ts'
import type { AckLevel } from '../src/rooms/acknowledgements.ts'
import { type Browser, Disk, House, silent } from './house.ts'

/** One message that went from one server to another. */
export interface Said {
  readonly from: string
  readonly to: string
  readonly message: PeerMessage
  readonly bytes: Uint8Array
}

interface Wire {
  readonly from: string
  readonly to: string
  readonly dialer: PeerLineEvents
  dialed: AcceptedLineEvents | null
  open: boolean
}

/** Servers without ports: rooms, disks and real meshes, over lines that keep their order and break when the test says so. */
export class Servers {
  readonly clock: FakeClock = new FakeClock()
  /** What becomes of a message on its way. */
  tamper: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes
  /** Everything that was said, from the beginning. */
  readonly said: Said[] = []
  private readonly servers = new Map<string, PeerServer>()
  private readonly cuts = new Set<string>()
  private wires: Wire[] = []
  private queue: (() => void)[] = []

  constructor(names: readonly string[], ack: AckLevel = 'local') {
    for (const name of names) this.servers.set(name, new PeerServer(name, names, this, ack))
  }

  get(name: string): PeerServer {
    const server = this.servers.get(name)
    if (server === undefined) throw new Error(`There is no server ${name}`)
    return server
  }

  async start(): Promise<this> {
    for (const server of this.servers.values()) await server.start()
    await this.pass(3000)
    return this
  }

  /** A browser at a server, with the document open. */
  async joined(server: string, name: string): Promise<Browser> {
    const browser = this.get(server).house.browser()
    browser.says(browser.hello(name))
    await this.settle()
    return browser
  }

  /** Nothing goes between these two any more. */
  cut(a: string, b: string): void {
    this.cuts.add([a, b].sort().join())
    for (const wire of this.wires) if ([wire.from, wire.to].sort().join() === [a, b].sort().join()) this.break(wire)
  }

  heal(): void {
    this.cuts.clear()
  }

  /** Breaks all lines of a server, as when it dies. */
  breakLinesOf(name: string): void {
    for (const wire of this.wires) if (wire.from === name || wire.to === name) this.break(wire)
  }

  /** Ends this turn and those that follow from it, and delivers what they say. */
  async settle(): Promise<void> {
    for (let calm = 0; calm < 3; calm++) {
      for (const server of this.servers.values()) await server.house.settle()
      if (this.queue.length > 0) calm = 0
      for (const deliver of this.queue.splice(0)) deliver()
    }
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      this.clock.advance(Math.min(50, left))
      await this.settle()
    }
  }

  transportOf(from: string): PeerTransport {
    return { connect: (to, on) => this.connect(from, to, on) }
  }

  /** What was said of one kind, from the n-th message on. */
  of<T extends PeerMessage['type']>(type: T, since = 0): Extract<PeerMessage, { type: T }>[] {
    return this.said
      .slice(since)
      .map(({ message }) => message)
      .filter((m): m is Extract<PeerMessage, { type: T }> => m.type === type)
  }

  private connect(from: string, to: string, on: PeerLineEvents): PeerLine {
    const wire: Wire = { from, to, dialer: on, dialed: null, open: true }
    this.wires = [...this.wires.filter(({ open }) => open), wire]
    this.queue.push(() => this.answer(wire))
    return {
      send: (bytes) => this.carry(from, to, bytes, wire, () => wire.dialed?.message(this.tamper(bytes))),
      close: () => this.hangUp(wire, () => wire.dialed?.down()),
    }
  }

  private answer(wire: Wire): void {
    const { from, to } = wire
    const server = this.servers.get(to)
    if (!wire.open) return
    if (server === undefined || !server.isRunning || this.cuts.has([from, to].sort().join())) {
      wire.open = false
      wire.dialer.down('nobody answers')
      return
    }
    wire.dialed = server.mesh.accept({
      send: (bytes) => this.carry(to, from, bytes, wire, () => wire.dialer.message(this.tamper(bytes))),
      close: () => this.hangUp(wire, () => wire.dialer.down('closed')),
    })
    wire.dialer.up()
  }

  private carry(from: string, to: string, bytes: Uint8Array, wire: Wire, deliver: () => void): void {
    if (!wire.open) return
    const message = decodePeerMessage(bytes)
    if (!message.ok) throw new Error(message.error.detail)
    this.said.push({ from, to, message: message.value, bytes })
    this.queue.push(() => wire.open && deliver())
  }

  private hangUp(wire: Wire, tell: () => void): void {
    if (!wire.open) return
    // What was sent before arrives; what comes after does not.
    this.queue.push(() => {
      wire.open = false
      tell()
    })
  }

  private break(wire: Wire): void {
    if (!wire.open) return
    wire.open = false
    wire.dialer.down('cut')
    wire.dialed?.down()
  }
}

/** A server with its rooms and its mesh. */
export class PeerServer {
  readonly name: string
  house: House
  mesh: Mesh
  isRunning = false
  secret = 'known to all servers'
  /** By which it is known to the others. */
  id: string
  /** What it has logged as an error. */
  readonly errors: string[] = []
  private readonly servers: Servers
  private readonly ack: AckLevel
  private addresses: readonly string[]
  private tellMesh: (addresses: readonly string[]) => void = () => {}

  constructor(name: string, addresses: readonly string[], servers: Servers, ack: AckLevel) {
    this.name = name
    this.id = name
    this.addresses = addresses
    this.servers = servers
    this.ack = ack
    const [house, mesh] = this.build(new Disk())
    this.house = house
    this.mesh = mesh
  }

  async start(): Promise<void> {
    for (const listed of await this.house.disk.list()) this.house.index.put(listed.document, { ...listed, turn: 0 })
    this.isRunning = true
    const book = await storedAddressBook(this.house.disk, silent)
    this.mesh.start(this.house.rooms, { server: this.id, url: `http://${this.name}` }, book)
  }

  async stop(): Promise<void> {
    this.isRunning = false
    this.servers.breakLinesOf(this.name)
    await this.mesh.close()
  }

  /** Dies and comes again, with its disk or with a new one. */
  async restart(disk: Disk = this.house.disk): Promise<void> {
    await this.stop()
    const [house, mesh] = this.build(disk)
    this.house = house
    this.mesh = mesh
    await this.start()
  }

  /** Where it finds servers from now on. */
  finds(addresses: readonly string[]): void {
    this.addresses = addresses
    this.tellMesh(addresses)
  }

  /** The document as a server that starts from this disk alone has it; null if the disk does not know it. */
  async stored(document: DocumentId): Promise<Doc | null> {
    const alone = new House(this.house.disk)
    const room = await alone.rooms.find(document, null)
    if (!room.ok) return null
    const doc = Doc.create({ replica: replicaId(1), incarnation: room.value.incarnation })
    for (const update of room.value.partsSince(emptyVersion, 1e9)) doc.apply(update)
    return doc
  }

  private build(disk: Disk): readonly [House, Mesh] {
    const { name, servers, ack, secret } = this
    const { clock } = servers
    const seed = name.charCodeAt(0)
    const index = new DocumentIndex()
    const discover: Discovery = (found) => {
      this.tellMesh = found
      found(this.addresses)
      return () => {}
    }
    const transport = servers.transportOf(name)
    const log: Log = { ...silent, error: (_, sentence) => void this.errors.push(sentence) }
    const mesh = new Mesh({ secret, discover, transport, clock, random: seededRandom(seed), log, index })
    return [new House(disk, { clock, others: mesh, ack, index, name, seed }), mesh]
  }
}

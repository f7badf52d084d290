import type { DocumentId, Role } from '@manyhands/protocol'
import { Disk, type FakeClock, type Internet, Machine, type Random, type ReadLine } from '@manyhands/testkit'
import type { Access } from '../../src/access/access.ts'
import { Ticket } from '../../src/access/ticket.ts'
import { DocumentIndex } from '../../src/catalogue/document-index.ts'
import { HybridClock } from '../../src/catalogue/hybrid-clock.ts'
import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import { Mesh } from '../../src/replication/mesh.ts'
import type { PeerTransport } from '../../src/replication/peer-transport.ts'
import { noRelay } from '../../src/replication/relay.ts'
import type { AckLevel } from '../../src/rooms/acknowledgements.ts'
import { Rooms } from '../../src/rooms/rooms.ts'
import { Connection } from '../../src/sockets/connection.ts'
import { Refusals } from '../../src/sockets/refusals.ts'
import { EchoEar } from './echo-ear.ts'
import type { Limits } from './history.ts'
import { Platter } from './platter.ts'
import { isTicketOf, keyOf } from './reader-keys.ts'
import { SimStorage } from './sim-storage.ts'

export interface SimServerOptions {
  readonly url: string
  /** Of all servers, this one too: it may find itself among its peers. */
  readonly servers: readonly string[]
  readonly ack: AckLevel
  readonly clock: FakeClock
  readonly internet: Internet
  readonly random: Random
  readonly slowestWrite: number
  /** How wrong its clock is. */
  readonly skew: number
  readonly limits: Limits
  readonly log: Log
  /** Whether some server may have a copy of a document that is not damaged. */
  readonly isWholeSomewhere: (document: DocumentId) => boolean
  /** Hears that a server tells another one something, */
  readonly told: () => void
  /** and what must not be. */
  readonly complain: (what: string) => void
}

interface Hooks {
  found(addresses: readonly string[]): void
  roleOf(document: DocumentId, owner: string): Role | null
  setReaders(document: DocumentId, owners: readonly string[]): void
}

const PEERS = '/peers'

/** Whoever is named in this register may only read. */
const READERS = 'edit-key'

const access: Access = (registers, ticket) => {
  const owners = registers.get(READERS)?.value.split(' ') ?? []
  return owners.some((owner) => isTicketOf(ticket, owner)) ? 'reader' : 'writer'
}

/** A real server but for its ports and its disk: what `server.ts` puts together, put together here. */
export class SimServer {
  readonly url: string
  readonly disk: Disk
  platter: Platter
  /** The process that runs now, if one does. */
  machine: Machine | null = null
  private readonly options: SimServerOptions
  /** What the process that runs does for the simulation, */
  private hooks: Hooks | null = null
  private disksLost = 0
  /** Servers that it does not find among its peers. */
  private readonly unlisted = new Set<string>()

  constructor(options: SimServerOptions) {
    const { url, clock, random, slowestWrite } = options
    this.options = options
    this.url = url
    this.disk = new Disk(clock, random, slowestWrite)
    this.platter = this.newPlatter()
  }

  start(): void {
    if (this.machine !== null) return
    const machine = new Machine(this.url, this.options.clock, this.options.skew)
    this.machine = machine
    void this.run(machine)
  }

  /** The process dies, and whatever has not landed is lost. */
  crash(): void {
    if (this.machine === null) return
    this.machine.die()
    this.options.internet.forget(this.machine)
    this.machine = null
    this.hooks = null
    this.disk.crash()
  }

  loseDisk(): void {
    this.crash()
    this.disksLost++
    this.platter = this.newPlatter()
  }

  /** It finds another server among its peers, or does not any more. */
  list(url: string, isListed: boolean): void {
    if (isListed) this.unlisted.delete(url)
    else this.unlisted.add(url)
    this.machine?.run(() => this.hooks?.found(this.listed))
  }

  /** Somebody says here who may only read: in the place of a link that is replaced, and on the same way to the other servers. */
  setReaders(document: DocumentId, owners: readonly string[]): void {
    this.machine?.run(() => this.hooks?.setReaders(document, owners))
  }

  /** Whether it runs, and lets this person only read. */
  isReader(document: DocumentId, owner: string): boolean {
    return this.hooks?.roleOf(document, owner) === 'reader'
  }

  private get listed(): readonly string[] {
    return this.options.servers.filter((url) => !this.unlisted.has(url))
  }

  private newPlatter(): Platter {
    const { url, isWholeSomewhere, complain } = this.options
    return new Platter(url, isWholeSomewhere, complain)
  }

  private async run(machine: Machine): Promise<void> {
    const { url, servers, ack, internet, random, limits, log, told, complain } = this.options
    const clock = clockOf(machine)
    const storage = new SimStorage(this.disk, this.platter, machine)
    const server = `${url} ${this.disksLost}`
    const index = new DocumentIndex()
    const stamps = new HybridClock(clock, () => server)
    const committed = index.put.bind(index)
    const ear = new EchoEar(url, told, complain)
    const transport = ear.on(lineTransport(internet, machine))
    let tellMesh = (_: readonly string[]): void => {}
    const discover = (found: (addresses: readonly string[]) => void): (() => void) => {
      tellMesh = found
      found(this.listed)
      return () => {}
    }
    const { partBytes, snapshotAfterBytes, slowReaderBytes } = limits
    const meshed = { secret: 'one', discover, transport, clock, random, log, index, partBytes }
    const mesh = servers.length > 1 ? new Mesh(meshed) : null
    const relay = mesh ?? noRelay
    const shared = { storage, clock, random, log, others: relay, ack, stamps, access, committed }
    const rooms = new Rooms({ ...shared, snapshotAfterBytes })
    const addresses = (): readonly string[] => relay.addresses
    const options = { rooms, clock, log, refusals: new Refusals(), addresses, slowReaderBytes }
    for (const listed of await storage.list()) index.put(listed.document, { ...listed, turn: 0 })
    this.hooks = {
      found: (addresses) => tellMesh(addresses),
      roleOf: (document, owner) => rooms.opened(document)?.roleOf(new Ticket(document, keyOf(owner))) ?? null,
      setReaders(document, owners) {
        const room = rooms.opened(document)
        const registers = [{ name: READERS, value: owners.join(' '), stamp: stamps.next() }]
        room?.receiveRegisters(registers)
        if (room !== undefined) relay.catalogue(document, room.incarnation, registers)
      },
    }
    relay.start(rooms, { server, url }, new Map())
    internet.listen(machine, (line) => {
      const connection = new Connection(wireOf(line), options)
      return {
        message(bytes) {
          ear.client(bytes)
          connection.receive(bytes)
        },
        down: () => connection.end(),
      }
    })
    if (mesh !== null) internet.listen(machine, (line) => mesh.accept(line), PEERS)
  }
}

/** The turn of a server's event loop ends when all that has arrived by now is taken in. */
function clockOf(machine: Machine): Clock {
  return {
    now: () => machine.now(),
    after: (ms, call) => machine.after(ms, call),
    soon: (call) => void machine.after(0, call),
  }
}

/** What has been sent is off the server's hands when somebody has read it. */
function wireOf(line: ReadLine): ConstructorParameters<typeof Connection>[0] {
  return { send: (bytes, done) => line.send(bytes, done), end: () => line.close() }
}

function lineTransport(internet: Internet, machine: Machine): PeerTransport {
  const lines = internet.from(machine)
  return { connect: (address, on) => lines.connect(`${address}${PEERS}`, on) }
}

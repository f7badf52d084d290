import type { Role } from '@manyhands/protocol'
import { Disk, type FakeClock, type Internet, Machine, type Random, type ServerLine } from '@manyhands/testkit'
import type { Access } from '../../src/access/access.ts'
import type { Ticket } from '../../src/access/ticket.ts'
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
import { Platter, SimStorage } from './sim-storage.ts'

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
  readonly roleOf: (ticket: Ticket) => Role
  readonly log: Log
  /** Hears that a server tells another one something, */
  readonly told: () => void
  /** and what must not be. */
  readonly complain: (what: string) => void
}

const PEERS = '/peers'

/** A real server but for its ports and its disk: what `server.ts` puts together, put together here. */
export class SimServer {
  readonly url: string
  readonly disk: Disk
  platter: Platter
  /** The process that runs now, if one does. */
  machine: Machine | null = null
  private readonly options: SimServerOptions
  private disksLost = 0

  constructor(options: SimServerOptions) {
    const { url, clock, random, slowestWrite } = options
    this.options = options
    this.url = url
    this.disk = new Disk(clock, random, slowestWrite)
    this.platter = new Platter(url)
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
    this.disk.crash()
  }

  loseDisk(): void {
    this.crash()
    this.disksLost++
    this.platter = new Platter(this.url)
  }

  private async run(machine: Machine): Promise<void> {
    const { url, servers, ack, internet, random, roleOf, log, told, complain } = this.options
    const clock = clockOf(machine)
    const storage = new SimStorage(this.disk, this.platter, machine)
    const server = `${url} ${this.disksLost}`
    const index = new DocumentIndex()
    const stamps = new HybridClock(clock, () => server)
    const committed = index.put.bind(index)
    const ear = new EchoEar(url, told, complain)
    const transport = ear.on(lineTransport(internet, machine))
    const discover = (found: (addresses: readonly string[]) => void): (() => void) => {
      found(servers)
      return () => {}
    }
    const mesh = servers.length > 1 ? new Mesh({ secret: 'one', discover, transport, clock, random, log, index }) : null
    const relay = mesh ?? noRelay
    const access: Access = (_, ticket) => roleOf(ticket)
    const rooms = new Rooms({ storage, clock, random, log, others: relay, ack, stamps, access, committed })
    const addresses = (): readonly string[] => relay.addresses
    const options = { rooms, clock, log, refusals: new Refusals(), addresses }
    for (const listed of await storage.list()) index.put(listed.document, { ...listed, turn: 0 })
    relay.start(rooms, { server, url }, new Map())
    internet.listen(machine, (line) => {
      const connection = new Connection(wireOf(line, machine), options)
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

function wireOf(line: ServerLine, machine: Machine): ConstructorParameters<typeof Connection>[0] {
  return {
    send(bytes, done) {
      line.send(bytes)
      machine.after(0, done)
    },
    end: () => line.close(),
  }
}

function lineTransport(internet: Internet, machine: Machine): PeerTransport {
  const lines = internet.from(machine)
  return { connect: (address, on) => lines.connect(`${address}${PEERS}`, on) }
}

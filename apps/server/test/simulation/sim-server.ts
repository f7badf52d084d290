import type { Role } from '@manyhands/protocol'
import { Disk, type FakeClock, type Internet, Machine, type Random, type ServerLine } from '@manyhands/testkit'
import type { Access } from '../../src/access/access.ts'
import { DocumentIndex } from '../../src/catalogue/document-index.ts'
import { HybridClock } from '../../src/catalogue/hybrid-clock.ts'
import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import { noRelay } from '../../src/replication/relay.ts'
import { Rooms } from '../../src/rooms/rooms.ts'
import { Connection } from '../../src/sockets/connection.ts'
import { Refusals } from '../../src/sockets/refusals.ts'
import { Platter, SimStorage } from './sim-storage.ts'

export interface SimServerOptions {
  readonly url: string
  readonly clock: FakeClock
  readonly internet: Internet
  readonly random: Random
  readonly slowestWrite: number
  /** How wrong its clock is. */
  readonly skew: number
  readonly roleOf: (token: string) => Role
  readonly log: Log
}

/** A real server but for its ports and its disk: what `server.ts` puts together, put together here. */
export class SimServer {
  readonly url: string
  readonly disk: Disk
  platter: Platter
  /** The process that runs now, if one does. */
  machine: Machine | null = null
  private readonly options: SimServerOptions

  constructor(options: SimServerOptions) {
    const { url, clock, random, slowestWrite } = options
    this.options = options
    this.url = url
    this.disk = new Disk(clock, random, slowestWrite)
    this.platter = new Platter(url)
  }

  start(): void {
    if (this.machine !== null) return
    const { url, clock, internet, random, skew, roleOf, log } = this.options
    const machine = new Machine(url, clock, skew)
    this.machine = machine
    const ownClock = clockOf(machine)
    const storage = new SimStorage(this.disk, this.platter, machine)
    const index = new DocumentIndex()
    const stamps = new HybridClock(ownClock, () => url)
    const committed = index.put.bind(index)
    const rooms = new Rooms({ storage, clock: ownClock, random, log, others: noRelay, ack: 'local', stamps, committed })
    const access: Access = (_, token) => roleOf(token)
    const addresses = (): readonly string[] => []
    const options = { rooms, access, clock: ownClock, log, refusals: new Refusals(), addresses }
    internet.listen(machine, (line) => {
      const connection = new Connection(wireOf(line, machine), options)
      return { message: (bytes) => connection.receive(bytes), down: () => connection.end() }
    })
  }

  /** The process dies, and whatever has not landed is lost. */
  crash(): void {
    if (this.machine === null) return
    this.machine.die()
    this.options.internet.forget(this.machine)
    this.machine = null
    this.disk.crash()
  }

  /** Answers what was lost. */
  loseDisk(): Platter {
    this.crash()
    const lost = this.platter
    this.platter = new Platter(this.url)
    return lost
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

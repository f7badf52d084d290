import type { Connection, ConnectionEvents, Transport } from '@manyhands/client'
import type { FakeClock } from './clock.ts'
import type { Machine } from './machine.ts'
import type { ServerLine, ServerLineEvents } from './network.ts'
import { below, pick, type Random } from './random.ts'

/** How two machines are kept apart: calls fail and lines break at once, or nothing arrives and nobody is told. */
export type Cut = 'broken' | 'silent'

/** A line on which nothing has come for so long is given up by both ends, as pings do it. */
const DEAD_AFTER = 9000

/** One way of a line. In order, each message as late as chance wants it; nothing arrives while it is stopped. */
class Pipe {
  stopped = false
  private readonly clock: FakeClock
  private readonly latency: () => number
  private readonly queue: (() => void)[] = []
  private lastArrival = 0
  /** Arrivals that were due while it was stopped. */
  private owed = 0

  constructor(clock: FakeClock, latency: () => number) {
    this.clock = clock
    this.latency = latency
  }

  post(arrive: () => void): void {
    this.queue.push(arrive)
    this.lastArrival = Math.max(this.lastArrival, this.clock.now() + this.latency())
    this.clock.after(this.lastArrival - this.clock.now(), () => this.due())
  }

  goOn(): void {
    this.stopped = false
    for (; this.owed > 0; this.owed--) this.clock.after(0, () => this.due())
  }

  /** What is under way is lost. */
  empty(): void {
    this.queue.length = 0
  }

  private due(): void {
    if (this.stopped) this.owed++
    else this.queue.shift()?.()
  }
}

/** What one machine hears of a line: nothing any more, once it has hung up or been told that the line is down. */
class End {
  readonly machine: Machine
  private hears: { message(bytes: Uint8Array): void; down(): void } | null = null
  private done = false

  constructor(machine: Machine) {
    this.machine = machine
  }

  get isListening(): boolean {
    return !this.done && this.hears !== null
  }

  listen(hears: { message(bytes: Uint8Array): void; down(): void }): void {
    this.hears = hears
  }

  hangUp(): void {
    this.done = true
  }

  /** Tells it something on its own machine, if it still listens then. */
  tell(word: (hears: { message(bytes: Uint8Array): void; down(): void }) => void): void {
    this.machine.run(() => {
      if (!this.done && this.hears !== null) word(this.hears)
    })
  }

  tellDown(): void {
    this.machine.run(() => {
      if (this.done) return
      this.done = true
      this.hears?.down()
    })
  }
}

/** One connection: whole and in order for as long as it lasts, as TCP gives it. */
class Line {
  isOpen = true
  readonly url: string
  /** The names of the two machines. */
  readonly pair: string
  readonly caller: End
  readonly toCaller: Pipe
  readonly toCallee: Pipe
  callee: End | null = null
  private readonly clock: FakeClock
  private readonly latency: () => number

  constructor(clock: FakeClock, url: string, caller: End, latency: () => number) {
    this.clock = clock
    this.url = url
    this.pair = pairOf(caller.machine.name, hostOf(url))
    this.latency = latency
    this.caller = caller
    this.toCaller = new Pipe(clock, latency)
    this.toCallee = new Pipe(clock, latency)
  }

  /** Whatever is under way is lost, and each end learns of it in its own time. */
  cut(): void {
    if (!this.isOpen) return
    this.isOpen = false
    for (const pipe of [this.toCaller, this.toCallee]) pipe.empty()
    for (const end of [this.caller, this.callee]) this.clock.after(this.latency(), () => end?.tellDown())
  }

  stop(): void {
    this.toCaller.stopped = true
    this.toCallee.stopped = true
  }

  goOn(): void {
    this.toCaller.goOn()
    this.toCallee.goOn()
  }

  /** One end hangs up: what it has said still arrives, and then the other end hears that it is down. */
  hangUp(end: End): void {
    const isCaller = end === this.caller
    end.hangUp()
    if (!this.isOpen) return
    ;(isCaller ? this.toCallee : this.toCaller).post(() => {
      this.isOpen = false
      ;(isCaller ? this.callee : this.caller)?.tellDown()
    })
  }
}

/** A server's end of a line, which tells when somebody at the other end has taken something in. */
export interface ReadLine extends ServerLine {
  send(bytes: Uint8Array, read?: () => void): void
}

interface Listener {
  readonly machine: Machine
  readonly accept: (line: ReadLine) => ServerLineEvents
}

/** Lines between machines, on which everything takes its time, and which may be cut between any two of them. */
export class Internet {
  private readonly clock: FakeClock
  private readonly random: Random
  private readonly slowest: number
  private readonly listeners = new Map<string, Listener>()
  private readonly cuts = new Map<string, Cut>()
  private lines: readonly Line[] = []

  /** `slowest`: milliseconds that a message takes at most, but for a few that take ten times as long. */
  constructor(clock: FakeClock, random: Random, slowest: number) {
    this.clock = clock
    this.random = random
    this.slowest = slowest
  }

  /** Takes calls for a machine from now on, at its name, or at a path behind it. */
  listen(machine: Machine, accept: (line: ReadLine) => ServerLineEvents, path = ''): void {
    this.listeners.set(`${machine.name}${path}`, { machine, accept })
  }

  /** How a machine calls others. */
  from(machine: Machine): Transport {
    return { connect: (url, on) => this.connect(machine, url, on) }
  }

  /** Cuts one line, whichever chance chooses. */
  cutOne(): void {
    const open = this.lines.filter(({ isOpen }) => isOpen)
    if (open.length > 0) pick(this.random, open).cut()
  }

  /** Keeps two machines apart until they are healed. */
  cut(a: string, b: string, how: Cut): void {
    this.cuts.set(pairOf(a, b), how)
    for (const line of this.between(a, b)) {
      if (how === 'broken') line.cut()
      else this.silence(line)
    }
  }

  heal(a: string, b: string): void {
    this.cuts.delete(pairOf(a, b))
    for (const line of this.between(a, b)) line.goOn()
  }

  healAll(): void {
    this.cuts.clear()
    for (const line of this.lines) line.goOn()
  }

  /** Cuts all lines of a machine, once. */
  hangUp(machine: Machine): void {
    for (const line of this.of(machine)) line.cut()
  }

  /** The machine has gone, with all its lines. */
  forget(machine: Machine): void {
    for (const [address, listener] of this.listeners) if (listener.machine === machine) this.listeners.delete(address)
    this.hangUp(machine)
  }

  /** The machine stands still: whoever waits for it long enough gives it up. */
  froze(machine: Machine): void {
    for (const line of this.of(machine)) {
      this.clock.after(DEAD_AFTER, () => {
        if (machine.isFrozen) line.cut()
      })
    }
  }

  private connect(machine: Machine, url: string, on: ConnectionEvents): Connection {
    const latency = (): number => this.latency()
    const caller = new End(machine)
    caller.listen({ message: on.message, down: () => on.down('cut') })
    const line = new Line(this.clock, url, caller, latency)
    this.lines = [...this.lines.filter(({ isOpen }) => isOpen), line]
    if (this.cuts.get(line.pair) === 'silent') this.silence(line)
    line.toCallee.post(() => this.arrive(line, on))
    const send = (bytes: Uint8Array): void => {
      if (line.isOpen) line.toCallee.post(() => line.callee?.tell((hears) => hears.message(bytes)))
    }
    const sendVolatile = (bytes: Uint8Array): boolean => {
      const isWritable = this.random() < 0.8
      if (isWritable) send(bytes)
      return isWritable
    }
    return { send, sendVolatile, close: () => line.hangUp(caller) }
  }

  /** A call has come to where it was sent. */
  private arrive(line: Line, on: ConnectionEvents): void {
    const listener = this.listeners.get(line.url)
    if (listener === undefined || this.cuts.has(line.pair)) return line.cut()
    const callee = new End(listener.machine)
    line.callee = callee
    listener.machine.run(() => {
      const send = (bytes: Uint8Array, read: () => void = () => {}): void => {
        if (line.isOpen) line.toCaller.post(() => line.caller.tell((hears) => this.hand(bytes, hears, callee, read)))
      }
      callee.listen(listener.accept({ send, close: () => line.hangUp(callee) }))
      if (line.isOpen) line.toCaller.post(() => line.caller.tell(() => on.up()))
      else callee.tellDown()
    })
  }

  private hand(bytes: Uint8Array, to: { message(bytes: Uint8Array): void }, from: End, read: () => void): void {
    to.message(bytes)
    from.machine.run(read)
  }

  private silence(line: Line): void {
    line.stop()
    this.clock.after(DEAD_AFTER, () => {
      if (line.toCallee.stopped) line.cut()
    })
  }

  private latency(): number {
    const ms = 1 + below(this.random, this.slowest)
    return this.random() < 0.03 ? 10 * ms : ms
  }

  private of(machine: Machine): readonly Line[] {
    return this.lines.filter(({ caller, callee }) => caller.machine === machine || callee?.machine === machine)
  }

  private between(a: string, b: string): readonly Line[] {
    return this.lines.filter(({ pair }) => pair === pairOf(a, b))
  }
}

/** The machine that an address names: what stands before the path. */
function hostOf(url: string): string {
  return /^(?:\w+:\/\/)?[^/]+/.exec(url)?.[0] ?? url
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

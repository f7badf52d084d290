import type { Connection, ConnectionEvents, Transport } from '@manyhands/client'
import { below, pick, type Random } from './random.ts'

/** How bad a network is: each a chance from 0 to 1, taken for every message. */
export interface Weather {
  readonly drop: number
  readonly duplicate: number
  readonly reorder: number
}

export const calm: Weather = { drop: 0, duplicate: 0, reorder: 0 }
export const stormy: Weather = { drop: 0.1, duplicate: 0.2, reorder: 0.5 }

interface Letter<M> {
  readonly from: string
  readonly to: string
  readonly message: M
}

/**
 * A network of single messages that are lost, repeated and overtaken, as chance and the test want it. Nothing arrives
 * before the test delivers it.
 */
export class Network<M> {
  private readonly random: Random
  private readonly weather: Weather
  private readonly members = new Map<string, (message: M, from: string) => void>()
  private readonly cuts = new Set<string>()
  private readonly queue: Letter<M>[] = []
  private readonly everything: Letter<M>[] = []

  constructor(random: Random, weather: Weather = stormy) {
    this.random = random
    this.weather = weather
  }

  get pending(): number {
    return this.queue.length
  }

  join(name: string, receive: (message: M, from: string) => void): void {
    this.members.set(name, receive)
  }

  send(from: string, to: string, message: M): void {
    this.queue.push({ from, to, message })
    this.everything.push({ from, to, message })
  }

  broadcast(from: string, message: M): void {
    for (const to of this.members.keys()) if (to !== from) this.send(from, to, message)
  }

  /** Delivers some of what is under way: any number from one to all. */
  deliverSome(): void {
    for (let left = 1 + below(this.random, this.queue.length); left > 0 && this.queue.length > 0; left--)
      this.deliverOne()
  }

  /** Delivers until nothing is under way any more. */
  deliverAll(): void {
    while (this.queue.length > 0) this.deliverOne()
  }

  /** Sends again all that was ever sent. */
  repeatEverything(): void {
    this.queue.push(...this.everything)
  }

  /** Loses all that these two send each other, what is under way too. */
  cut(a: string, b: string): void {
    this.cuts.add(pairOf(a, b))
  }

  heal(a: string, b: string): void {
    this.cuts.delete(pairOf(a, b))
  }

  private deliverOne(): void {
    const { drop, duplicate, reorder } = this.weather
    const at = this.random() < reorder ? below(this.random, this.queue.length) : 0
    for (const letter of this.queue.splice(at, 1)) {
      if (this.random() < duplicate) this.queue.push(letter)
      if (this.random() >= drop && !this.cuts.has(pairOf(letter.from, letter.to))) {
        this.members.get(letter.to)?.(letter.message, letter.from)
      }
    }
  }
}

function pairOf(a: string, b: string): string {
  return [a, b].sort().join(' ')
}

/** A server's end of a connection. */
export interface ServerLine {
  send(bytes: Uint8Array): void
  close(): void
}

export interface ServerLineEvents {
  message(bytes: Uint8Array): void
  down(): void
}

/** One connection: in order and whole for as long as it lasts, as TCP gives it. Whatever is under way is lost with it. */
class Line {
  readonly url: string
  readonly toServer: (() => void)[] = []
  readonly toClient: (() => void)[] = []
  open = true
  private readonly client: ConnectionEvents
  private readonly server: ServerLineEvents | null

  constructor(url: string, client: ConnectionEvents, accept: ((line: ServerLine) => ServerLineEvents) | undefined) {
    this.url = url
    this.client = client
    this.server = accept?.({ send: (bytes) => this.tellClient(bytes), close: () => this.close() }) ?? null
    if (this.server) this.toClient.push(() => client.up())
    else this.close()
  }

  get pending(): number {
    return this.toServer.length + this.toClient.length
  }

  tellServer(bytes: Uint8Array): void {
    if (this.open) this.toServer.push(() => this.server?.message(bytes))
  }

  /** Each side learns of it in its own time. */
  cut(): void {
    if (!this.open) return
    this.open = false
    this.toServer.splice(0, Infinity, () => this.server?.down())
    this.toClient.splice(0, Infinity, () => this.client.down('cut'))
  }

  /** The client hears nothing any more; what it has said still arrives, unless there was a cut it has not heard of. */
  hangUp(): void {
    this.toClient.length = 0
    if (!this.open) return
    this.open = false
    this.toServer.push(() => this.server?.down())
  }

  /** The server hears nothing any more; what it has said still arrives. */
  private close(): void {
    this.toServer.length = 0
    if (!this.open) return
    this.open = false
    this.toClient.push(() => this.client.down('closed'))
  }

  private tellClient(bytes: Uint8Array): void {
    if (this.open) this.toClient.push(() => this.client.message(bytes))
  }
}

/** Connections between clients and servers of a test. Nothing arrives before the test delivers it. */
export class Lines implements Transport {
  private readonly random: Random
  private readonly servers = new Map<string, (line: ServerLine) => ServerLineEvents>()
  private lines: readonly Line[] = []

  constructor(random: Random) {
    this.random = random
  }

  get pending(): number {
    return this.lines.reduce((sum, line) => sum + line.pending, 0)
  }

  /** How many connections stand. */
  get standing(): number {
    return this.lines.filter(({ open }) => open).length
  }

  /** Takes calls for a server from now on. */
  listen(url: string, accept: (line: ServerLine) => ServerLineEvents): void {
    this.servers.set(url, accept)
  }

  /** The server is gone: its connections are cut, and calls for it fail. */
  silence(url: string): void {
    this.servers.delete(url)
    for (const line of this.lines) if (line.url === url) line.cut()
  }

  /** Cuts one connection, whichever chance chooses. */
  cutOne(): void {
    const standing = this.lines.filter(({ open }) => open)
    if (standing.length > 0) pick(this.random, standing).cut()
  }

  /** A line is busy half of the time. */
  connect(url: string, on: ConnectionEvents): Connection {
    const line = new Line(url, on, this.servers.get(url))
    this.lines = [...this.lines.filter(({ open, pending }) => open || pending > 0), line]
    const sendVolatile = (bytes: Uint8Array): boolean => {
      const writable = this.random() < 0.5
      if (writable) line.tellServer(bytes)
      return writable
    }
    return { send: (bytes) => line.tellServer(bytes), sendVolatile, close: () => line.hangUp() }
  }

  /** Delivers some of what is under way: any number from one to all, each connection in its order. */
  deliverSome(): void {
    for (let left = 1 + below(this.random, this.pending); left > 0 && this.pending > 0; left--) this.deliverOne()
  }

  deliverOne(): void {
    const busy = this.lines.flatMap(({ toServer, toClient }) => [toServer, toClient]).filter(({ length }) => length > 0)
    if (busy.length > 0) pick(this.random, busy).shift()?.()
  }
}

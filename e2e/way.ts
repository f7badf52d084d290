/** The way from one server to another, which can be cut: nothing comes through, and neither end is told. */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

interface Pair {
  readonly near: Socket
  readonly far: Socket
}

/** Changes by being cut and healed, and as connections come and go. */
export class Way {
  readonly from: number
  readonly to: number
  private readonly listener: Server
  private readonly pairs = new Set<Pair>()
  private isCut = false

  /** Between servers, by their ports. */
  static async lay(from: number, to: number): Promise<Way> {
    const way = new Way(from, to)
    way.listener.listen(0, '127.0.0.1')
    await once(way.listener, 'listening')
    return way
  }

  private constructor(from: number, to: number) {
    this.from = from
    this.to = to
    this.listener = createServer((near) => this.carry({ near, far: connect(to, '127.0.0.1') }))
  }

  get url(): string {
    const address = this.listener.address()
    if (address === null || typeof address !== 'object') throw new Error('A way has an address once it is laid')
    return `http://127.0.0.1:${address.port}`
  }

  cut(): void {
    this.isCut = true
    for (const { near, far } of this.pairs) for (const end of [near, far]) end.pause()
  }

  /** What was under way arrives late; an end that has gone meanwhile is now heard of. */
  heal(): void {
    this.isCut = false
    for (const pair of this.pairs) {
      const ends = [pair.near, pair.far]
      if (ends.some((end) => end.destroyed)) this.end(pair)
      else for (const end of ends) end.resume()
    }
  }

  close(): void {
    for (const pair of this.pairs) this.end(pair)
    this.listener.close()
  }

  private carry(pair: Pair): void {
    this.pairs.add(pair)
    this.pass(pair.near, pair.far, pair)
    this.pass(pair.far, pair.near, pair)
  }

  private pass(from: Socket, to: Socket, pair: Pair): void {
    from.on('data', (bytes) => to.write(bytes))
    from.on('error', () => from.destroy())
    from.on('close', () => {
      if (!this.isCut) this.end(pair)
    })
    if (this.isCut) from.pause()
  }

  private end(pair: Pair): void {
    this.pairs.delete(pair)
    pair.near.destroy()
    pair.far.destroy()
  }
}

/** Several real servers, each with a disk of its own, whose ways to each other can be cut. */
import { Server } from './server.ts'
import { Way } from './way.ts'

export class Cluster {
  readonly servers: readonly Server[]
  private readonly ways: readonly Way[]

  static async start(count: number): Promise<Cluster> {
    const ways: Way[] = []
    const servers = await Server.startPeers(count, async (from, to) => {
      const way = await Way.lay(from, to)
      ways.push(way)
      return way.url
    })
    return new Cluster(servers, ways)
  }

  private constructor(servers: readonly Server[], ways: readonly Way[]) {
    this.servers = servers
    this.ways = ways
  }

  get urls(): readonly string[] {
    return this.servers.map(({ url }) => url)
  }

  /** From its peers, not from its clients. */
  cutOff(server: Server): void {
    for (const way of this.waysOf(server)) way.cut()
  }

  rejoin(server: Server): void {
    for (const way of this.waysOf(server)) way.heal()
  }

  async throwAway(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.throwAway()))
    for (const way of this.ways) way.close()
  }

  private waysOf({ url }: Server): readonly Way[] {
    const port = Number(new URL(url).port)
    return this.ways.filter(({ from, to }) => from === port || to === port)
  }
}

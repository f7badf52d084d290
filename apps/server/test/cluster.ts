import { setTimeout as pause } from 'node:timers/promises'
import { type Incarnation, randomIncarnation } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { systemClock } from '../src/clock.ts'
import type { AckLevel } from '../src/rooms/acknowledgements.ts'
import { createServer, type Server } from '../src/server.ts'
import { peerSockets } from '../src/sockets/peer-sockets.ts'
import { Disk, silent } from './house.ts'
import { RealBrowser } from './socket.ts'

const SECRET = 'known to all servers'

/** A server of a cluster: its disk stays when it stops. */
export class ClusterServer {
  readonly name: string
  disk: Disk
  private readonly cluster: Cluster
  private server: Server | null = null
  private port = 0

  constructor(cluster: Cluster, name: string) {
    this.cluster = cluster
    this.name = name
    this.disk = new Disk()
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async start(secret: string = SECRET): Promise<this> {
    const { cluster } = this
    const discover = (found: (addresses: readonly string[]) => void): (() => void) => cluster.discover(found)
    const config = { host: '127.0.0.1', port: this.port, serverId: this.name, ack: cluster.ack }
    this.server = createServer({
      storage: this.disk,
      clock: systemClock,
      random: Math.random,
      log: silent,
      config,
      version: '0',
      webDir: '/',
      peers: { secret, discover, transport: peerSockets },
    })
    const address = await this.server.listen()
    if (!address.ok) throw new Error(address.error)
    this.port = address.value.port
    cluster.announce(this.url)
    return this
  }

  async stop(): Promise<void> {
    await this.server?.stop()
    this.server = null
  }

  /** As after a fire: nothing is on it any more. */
  loseDisk(): void {
    this.disk = new Disk()
  }

  browser(
    document: DocumentId = this.cluster.document,
    incarnation: Incarnation = this.cluster.incarnation,
  ): RealBrowser {
    const browser = new RealBrowser(this.url, document, incarnation)
    this.cluster.browsers.push(browser)
    return browser
  }

  joined(name = 'Ann', document: DocumentId = this.cluster.document): Promise<RealBrowser> {
    return this.browser(document).joined(name)
  }

  /** What it says of its peers. */
  async peers(): Promise<{ known: number; reachable: number; mismatchedDocuments: number }> {
    const response = await fetch(`${this.url}/healthz`)
    const health: unknown = await response.json()
    if (typeof health !== 'object' || health === null || !('peers' in health)) throw new Error('It knows of no peers')
    return health.peers as { known: number; reachable: number; mismatchedDocuments: number }
  }
}

/** Several servers on real ports of this machine, that find each other. */
export class Cluster {
  readonly ack: AckLevel
  readonly document: DocumentId = randomDocumentId(Math.random)
  readonly incarnation: Incarnation = randomIncarnation(Math.random)
  readonly browsers: RealBrowser[] = []
  private readonly servers: ClusterServer[] = []
  private readonly addresses = new Set<string>()
  private readonly listeners = new Set<(addresses: readonly string[]) => void>()

  constructor(ack: AckLevel = 'local') {
    this.ack = ack
  }

  /** Starts servers, and waits until each reaches all others. */
  async start(...names: readonly string[]): Promise<readonly ClusterServer[]> {
    const servers = names.map((name) => new ClusterServer(this, name))
    this.servers.push(...servers)
    for (const server of servers) await server.start()
    await this.meshed(servers)
    return servers
  }

  /** A server that is not started. */
  add(name: string): ClusterServer {
    const server = new ClusterServer(this, name)
    this.servers.push(server)
    return server
  }

  /** Resolves when each of these reaches all others. */
  async meshed(servers: readonly ClusterServer[]): Promise<void> {
    await until(async () => {
      const all = await Promise.all(servers.map((server) => server.peers()))
      return all.every(({ reachable }) => reachable === servers.length - 1)
    })
  }

  discover(found: (addresses: readonly string[]) => void): () => void {
    this.listeners.add(found)
    found([...this.addresses])
    return () => this.listeners.delete(found)
  }

  announce(address: string): void {
    this.addresses.add(address)
    for (const found of this.listeners) found([...this.addresses])
  }

  async stop(): Promise<void> {
    for (const browser of this.browsers) browser.close()
    await Promise.all(this.servers.map((server) => server.stop()))
  }
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(5)
}

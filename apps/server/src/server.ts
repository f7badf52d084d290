import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Result, randomReplicaId } from '@manyhands/crdt'
import { accessByLinks } from './access/links.ts'
import { DocumentIndex } from './catalogue/document-index.ts'
import { HybridClock } from './catalogue/hybrid-clock.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { createApp } from './http/app.ts'
import { Visitors } from './http/visitors.ts'
import type { Log } from './log.ts'
import { type AddressBook, storedAddressBook } from './replication/address-book.ts'
import type { Discovery } from './replication/discovery.ts'
import { Mesh } from './replication/mesh.ts'
import type { PeerTransport } from './replication/peer-transport.ts'
import { noRelay, type Relay } from './replication/relay.ts'
import { Rooms } from './rooms/rooms.ts'
import { BROWSERS_PATH, Gateway } from './sockets/gateway.ts'
import { PEERS_PATH, PeerGateway } from './sockets/peer-sockets.ts'
import { Refusals } from './sockets/refusals.ts'
import { Upgrades } from './sockets/upgrades.ts'
import type { Storage } from './storage/storage.ts'

export interface ServerOptions {
  readonly storage: Storage
  readonly clock: Clock
  /** Numbers from 0 up to 1. */
  readonly random: () => number
  readonly log: Log
  readonly config: Pick<Config, 'host' | 'port'> & Partial<Pick<Config, 'ack' | 'serverId' | 'publicUrl'>>
  readonly version: string
  readonly webDir: string
  readonly peers?: Peers
}

/** The other servers of the same documents. */
export interface Peers {
  readonly secret: string
  readonly discover: Discovery
  readonly transport: PeerTransport
}

export interface Server {
  /** The address it listens on, or one line that says why it cannot. */
  listen(): Promise<Result<AddressInfo, string>>
  /** Says bye, puts what has come on disk, closes everything. */
  stop(): Promise<void>
}

/** Texts, and lists of titles, that one address may ask for by HTTP: a script that looks every second, and a class behind one address. */
const READS_PER_SECOND = 20
const READS_AT_ONCE = 100

/** A disk that hangs does not keep a server from stopping: clients still have what was not called stored. */
const STOP_WITHIN = 5000

/** One server, wired from the folders below. */
export function createServer(options: ServerOptions): Server {
  const { storage, clock, random, log, config, version, webDir, peers } = options
  const index = new DocumentIndex()
  let server = ''
  const stamps = new HybridClock(clock, () => server)
  const committed = index.put.bind(index)
  const mesh = peers === undefined ? null : new Mesh({ ...peers, clock, random, log, index })
  const relay: Relay = mesh ?? noRelay
  const rooms = new Rooms({
    storage,
    clock,
    random,
    log,
    others: relay,
    ack: config.ack ?? 'local',
    stamps,
    access: accessByLinks,
    committed,
  })
  const refusals = new Refusals()
  let isStopping = false
  const health = {
    check: () => storage.check(),
    get isStopping() {
      return isStopping
    },
    version,
    counts: () => ({
      rooms: rooms.size,
      damaged: rooms.damaged,
      uncertain: rooms.uncertain,
      connections: gateway.size,
      refusals,
      ...peerCounts(mesh),
    }),
  }
  const addresses = (): readonly string[] => relay.addresses
  const visitors = new Visitors(clock, READS_PER_SECOND, READS_AT_ONCE)
  const raw = { rooms, visitors }
  const titles = { index, visitors }
  const http = createHttpServer(createApp({ health, webDir, log, addresses, raw, titles }))
  const upgrades = new Upgrades(http, [`${BROWSERS_PATH}/`, ...(mesh === null ? [] : [`${PEERS_PATH}/`])])
  const gateway = new Gateway(http, { rooms, clock, log, refusals, addresses })

  const peerGateway = mesh === null ? null : new PeerGateway(http, (line) => mesh.accept(line), log)

  /** What is on the disk is known before anybody, browser or peer, asks for it. */
  async function start(): Promise<Result<AddressInfo, string>> {
    let book: AddressBook
    try {
      book = await storedAddressBook(storage, log)
      server = config.serverId ?? (await serverIdOf(storage, random))
      for (const listed of await storage.list()) {
        index.put(listed.document, { ...listed, turn: 0 })
        rooms.links.put(listed.document, listed.registers)
      }
    } catch (error) {
      return { ok: false, error: `The documents cannot be read: ${error instanceof Error ? error.message : error}.` }
    }
    const address = await listen(http, config)
    if (address.ok) {
      relay.start(rooms, { server, url: config.publicUrl ?? urlOf(config.host, address.value.port) }, book)
    }
    return address
  }

  async function stop(): Promise<void> {
    isStopping = true
    gateway.sayBye()
    await Promise.race([rooms.settled(), new Promise<void>((resolve) => void clock.after(STOP_WITHIN, resolve))])
    await relay.close()
    http.closeAllConnections()
    // Either waits for the last connection of both, and of whoever is neither.
    const closed = Promise.all([gateway.close(), peerGateway?.close()])
    upgrades.close()
    await closed
    await storage.close()
  }

  return { listen: start, stop }
}

/** A server keeps the id that it gave itself, so that its stamps and its peers' memories of it stay true. */
async function serverIdOf(storage: Storage, random: () => number): Promise<string> {
  const kept = await storage.meta('server')
  if (kept !== null) return kept
  const made = randomReplicaId(random).toString(36)
  await storage.setMeta('server', made)
  return made
}

function peerCounts(mesh: Mesh | null): object {
  if (mesh === null) return {}
  return { peers: { known: mesh.peers, reachable: mesh.reachable, mismatchedDocuments: mesh.mismatched } }
}

function urlOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  return `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
}

function listen(http: HttpServer, { host, port }: Pick<Config, 'host' | 'port'>): Promise<Result<AddressInfo, string>> {
  return new Promise((resolve) => {
    http.once('error', (error) => resolve({ ok: false, error: listenError(error, host, port) }))
    http.listen(port, host, () => {
      const address = http.address()
      if (address !== null && typeof address === 'object') resolve({ ok: true, value: address })
    })
  })
}

function listenError(error: Error, host: string, port: number): string {
  const code = 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use. Stop what uses it, or choose another: PORT=${port + 1}.`
  if (code === 'EACCES')
    return `Port ${port} on ${host} may not be used by this user. Choose one above 1023: PORT=3000.`
  return `Cannot listen on port ${port} of ${host}: ${error.message}.`
}

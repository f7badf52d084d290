import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Result } from '@manyhands/crdt'
import { type Access, anyoneWithTheLink } from './access/access.ts'
import { DocumentIndex } from './catalogue/document-index.ts'
import { HybridClock } from './catalogue/hybrid-clock.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { createApp } from './http/app.ts'
import type { Log } from './log.ts'
import { noRelay } from './replication/relay.ts'
import { Rooms } from './rooms/rooms.ts'
import { Gateway } from './sockets/gateway.ts'
import { Refusals } from './sockets/refusals.ts'
import type { Storage } from './storage/storage.ts'

export interface ServerOptions {
  readonly storage: Storage
  readonly clock: Clock
  /** Numbers from 0 up to 1. */
  readonly random: () => number
  readonly log: Log
  readonly config: Pick<Config, 'host' | 'port'>
  readonly version: string
  readonly webDir: string
  readonly access?: Access
}

export interface Server {
  /** The address it listens on, or one line that says why it cannot. */
  listen(): Promise<Result<AddressInfo, string>>
  /** Says bye, puts what has come on disk, closes everything. */
  stop(): Promise<void>
}

/** A disk that hangs does not keep a server from stopping: clients still have what was not called stored. */
const STOP_WITHIN = 5000

/** One server, wired from the folders below. */
export function createServer(options: ServerOptions): Server {
  const { storage, clock, random, log, config, version, webDir, access = anyoneWithTheLink } = options
  const index = new DocumentIndex()
  const stamps = new HybridClock(clock, () => 'alone')
  const committed = index.put.bind(index)
  const rooms = new Rooms({ storage, clock, random, log, others: noRelay, ack: 'local', stamps, committed })
  const refusals = new Refusals()
  let isStopping = false
  const health = {
    check: () => storage.check(),
    get isStopping() {
      return isStopping
    },
    version,
    counts: () => ({ rooms: rooms.size, connections: gateway.size, refusals }),
  }
  const addresses = (): readonly string[] => noRelay.addresses
  const http = createHttpServer(createApp({ health, webDir, log, addresses }))
  const gateway = new Gateway(http, { rooms, access, clock, log, refusals, addresses })

  async function stop(): Promise<void> {
    isStopping = true
    gateway.sayBye()
    await Promise.race([rooms.settled(), new Promise<void>((resolve) => void clock.after(STOP_WITHIN, resolve))])
    http.closeAllConnections()
    await gateway.close()
    await storage.close()
  }

  return { listen: () => listen(http, config), stop }
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

import { randomBytes } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { destination, pino } from 'pino'
import { systemClock as clock } from './clock.ts'
import { type Config, parseConfig } from './config.ts'
import type { Log } from './log.ts'
import { discovery } from './replication/discovery.ts'
import { createServer, type Server, type ServerOptions } from './server.ts'
import { peerSockets } from './sockets/peer-sockets.ts'
import { openSqlite } from './storage/sqlite.ts'

/** The program: reads the environment, starts a server, and stops it when it is told to. */

/** 48 bits of good chance: replica ids must not meet. */
const random = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48

async function start(): Promise<void> {
  const config = parseConfig(process.env, process.cwd())
  if (!config.ok) return fail(config.error)
  const storage = await openSqlite(config.value.dataDir)
  if (!storage.ok) return fail(storage.error)
  const log = pino({ level: config.value.logLevel }, destination(2))
  const server = createServer({
    storage: storage.value,
    clock,
    random,
    log,
    config: config.value,
    version: version(),
    webDir: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    ...peersOf(config.value, log),
  })
  const address = await server.listen()
  if (!address.ok) {
    await storage.value.close()
    return fail(address.error)
  }
  stopOnSignals(server)
  greet(config.value, address.value.port)
}

function peersOf({ peers }: Config, log: Log): Pick<ServerOptions, 'peers'> {
  if (peers === null) return {}
  const discover = discovery(peers.listed, peers.named, addressesOf, clock, log)
  return { peers: { secret: peers.secret, discover, transport: peerSockets } }
}

/** All addresses of a name. */
async function addressesOf(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true })
  return found.map(({ address }) => address)
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** One Ctrl-C can come twice: from the terminal, and from npm, which passes it on. */
const ECHO = 1000

/** The first signal stops gracefully; a later one, from somebody who cannot wait, at once. */
function stopOnSignals(server: Server): void {
  let first: number | null = null
  const stop = (): void => {
    if (first !== null) {
      if (clock.now() - first > ECHO) process.exit(1)
      return
    }
    first = clock.now()
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(`Could not stop in order: ${error}`),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

function greet({ host, dataDir }: Config, port: number): void {
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  const reach = ['localhost', '127.0.0.1', '::1'].includes(host)
    ? 'on this computer; HOST=0.0.0.0 opens it to your network'
    : 'on your network'
  process.stdout.write(`Manyhands is at http://${name}:${port}\n`)
  process.stdout.write(`Documents are kept in ${dataDir}\n`)
  process.stdout.write(`Whoever has a document's link may edit it (${reach})\n`)
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
}

await start()

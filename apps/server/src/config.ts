import { resolve } from 'node:path'
import type { Result } from '@manyhands/crdt'
import { MAX_SERVER_ID_BYTES } from '@manyhands/protocol'
import type { NamedServers } from './replication/discovery.ts'
import type { AckLevel } from './rooms/acknowledgements.ts'

/** What whoever runs the server decides. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly logLevel: LogLevel
  /** Chosen by whoever runs it; null: made at the first start, and kept with the documents. */
  readonly serverId: string | null
  /** Where browsers reach this server, if that is not where it listens. */
  readonly publicUrl: string | null
  readonly ack: AckLevel
  /** The other servers of the same documents; null: there are none. */
  readonly peers: PeersConfig | null
}

export interface PeersConfig {
  readonly secret: string
  readonly listed: readonly string[]
  readonly named: NamedServers | null
}

export type LogLevel = (typeof LOG_LEVELS)[number]

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const SERVER_ID = new RegExp(`^[A-Za-z0-9._-]{1,${MAX_SERVER_ID_BYTES}}$`)

/** A secret that nobody finds by trying. */
const SHORTEST_SECRET = 16

/** The environment as a configuration, or one line that says exactly what is wrong with it. */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
  directory: string,
): Result<Config, string> {
  const port = parsePort(env.PORT ?? '3000')
  if (port === null) return { ok: false, error: `PORT must be a whole number from 0 to 65535, not "${env.PORT}".` }
  const logLevel = LOG_LEVELS.find((level) => level === (env.LOG_LEVEL ?? 'warn'))
  if (logLevel === undefined) {
    return { ok: false, error: `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${env.LOG_LEVEL}".` }
  }
  const host = env.HOST ?? 'localhost'
  if (host === '') return { ok: false, error: 'HOST must be a name or an address to listen on, such as 0.0.0.0.' }
  if (env.DATA_DIR === '') return { ok: false, error: 'DATA_DIR must be a folder, such as data.' }
  // npm runs a script in the folder of package.json and says here where it was asked.
  const dataDir = resolve(env.INIT_CWD ?? directory, env.DATA_DIR ?? 'data')
  const peers = parsePeers(env)
  if (!peers.ok) return peers
  const serverId = env.SERVER_ID ?? null
  if (serverId !== null && !SERVER_ID.test(serverId)) {
    return {
      ok: false,
      error: `SERVER_ID must be 1 to ${MAX_SERVER_ID_BYTES} letters, digits, dots, dashes and underscores, not "${serverId}".`,
    }
  }
  const publicUrl = env.PUBLIC_URL === undefined ? null : originOf(env.PUBLIC_URL)
  if (env.PUBLIC_URL !== undefined && publicUrl === null) {
    return { ok: false, error: `PUBLIC_URL must be an address such as https://docs.example, not "${env.PUBLIC_URL}".` }
  }
  const ack = env.ACK ?? (peers.value === null ? 'local' : 'replicated')
  if (ack !== 'local' && ack !== 'replicated') {
    return { ok: false, error: `ACK must be local or replicated, not "${ack}".` }
  }
  return { ok: true, value: { port, host, dataDir, logLevel, serverId, publicUrl, ack, peers: peers.value } }
}

function parsePort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 65536
  return port <= 65535 ? port : null
}

function parsePeers(env: Readonly<Record<string, string | undefined>>): Result<PeersConfig | null, string> {
  const { PEERS = '', PEERS_DNS = '', PEER_SECRET: secret = '' } = env
  const listed = PEERS.split(',')
    .map((peer) => peer.trim())
    .filter((peer) => peer !== '')
  const wrong = listed.find((peer) => originOf(peer) === null)
  if (wrong !== undefined)
    return { ok: false, error: `PEERS must be addresses such as http://a:3000,http://b:3000, not "${wrong}".` }
  const named = PEERS_DNS === '' ? null : parseNamed(PEERS_DNS)
  if (PEERS_DNS !== '' && named === null)
    return { ok: false, error: `PEERS_DNS must be a name and a port, such as manyhands:3000, not "${PEERS_DNS}".` }
  if (listed.length === 0 && named === null && secret === '') return { ok: true, value: null }
  if (secret.length < SHORTEST_SECRET) {
    return {
      ok: false,
      error: `PEER_SECRET must be the same on all servers, and have at least ${SHORTEST_SECRET} characters.`,
    }
  }
  return { ok: true, value: { secret, listed: listed.flatMap((peer) => originOf(peer) ?? []), named } }
}

function parseNamed(text: string): NamedServers | null {
  const [, name, digits] = /^([A-Za-z0-9._-]+):(\d{1,5})$/.exec(text) ?? []
  const port = parsePort(digits ?? '')
  return name === undefined || port === null ? null : { name, port }
}

/** An address of a server without a path; null for what is none. */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, origin } = new URL(text)
  return protocol === 'http:' || protocol === 'https:' ? origin : null
}

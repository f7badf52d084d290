import { resolve } from 'node:path'
import type { Result } from '@manyhands/crdt'

/** What whoever runs the server decides. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly logLevel: LogLevel
}

export type LogLevel = (typeof LOG_LEVELS)[number]

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

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
  // npm runs a script in the folder of package.json and says here where it was asked.
  const dataDir = resolve(env.INIT_CWD ?? directory, env.DATA_DIR ?? 'data')
  return { ok: true, value: { port, host, dataDir, logLevel } }
}

function parsePort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 65536
  return port <= 65535 ? port : null
}

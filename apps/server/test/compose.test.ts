import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseConfig } from '../src/config.ts'

/** What can be said of `docker-compose.yml` without Docker. */

interface Service {
  readonly environment: Readonly<Record<string, string>>
  readonly volumes: readonly string[]
  readonly restart?: string
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly ports?: readonly string[]
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')
const compose: ComposeFile = parse(read('../../../docker-compose.yml'), { merge: true })
const caddyfile = read('../../../Caddyfile')

const { proxy, ...servers } = compose.services
const names = Object.keys(servers)

/** As compose does it: `${NAME:-default}`, and `${NAME:?why it must be set}`. */
function environmentOf(service: Service, env: Readonly<Record<string, string>>): Record<string, string> {
  const value = (text: string): string =>
    text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, sign: string, rest: string) => {
      const given = env[name]
      if (given === undefined && sign === '?') throw new Error(rest)
      return given ?? rest
    })
  return Object.fromEntries(Object.entries(service.environment).map(([name, text]) => [name, value(text)]))
}

test('the compose file is one, by the schema of compose files', () => {
  const schema = JSON.parse(read('compose-spec/compose-spec.json'))
  const ajv = new Ajv({ allErrors: true, strict: false, formats: { duration: true } })
  const isValid = ajv.compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' })
  expect(isValid(compose) || isValid.errors).toBe(true)
  expect(isValid({ ...compose, services: { a: { restrat: 'always' } } })).toBe(false)
})

test('each server has an id, a volume of its own, and all others as its peers', () => {
  expect(names).toHaveLength(3)
  for (const [name, { environment, volumes }] of Object.entries(servers)) {
    expect(environment.SERVER_ID).toBe(name)
    expect(volumes).toEqual([`${name}:/data`])
    expect(compose.volumes).toHaveProperty(name)
    const peers = names.filter((other) => other !== name).map((other) => `http://${other}:3000`)
    expect(environment.PEERS?.split(',')).toEqual(peers)
  }
})

test('everything is watched, and comes back by itself', () => {
  for (const { restart, healthcheck } of Object.values(compose.services)) {
    expect(restart).toBe('unless-stopped')
    expect(healthcheck?.test[0]).toBe('CMD')
  }
})

test('the servers take the environment they are given: peers, their ids, and the address of the proxy for all', () => {
  for (const [name, server] of Object.entries(servers)) {
    const env = environmentOf(server, { PEER_SECRET: 'f'.repeat(64), PUBLIC_URL: 'https://docs.example.org' })
    const listed = names.filter((other) => other !== name).map((other) => `http://${other}:3000`)
    const value = { serverId: name, publicUrl: 'https://docs.example.org', ack: 'replicated', peers: { listed } }
    expect(parseConfig(env, '/app')).toMatchObject({ ok: true, value })
  }
})

test('without a secret between the servers nothing starts, and it is said how to make one', () => {
  for (const server of Object.values(servers)) expect(() => environmentOf(server, {})).toThrow('openssl rand -hex 32')
})

test('browsers reach the proxy only, and the proxy all servers', () => {
  expect(names.filter((name) => servers[name]?.ports !== undefined)).toEqual([])
  expect(proxy?.ports?.map((port) => port.split(':').at(-1))).toEqual(['80', '443'])
  const upstreams = /reverse_proxy (.*) \{/.exec(caddyfile)?.[1]?.split(' ')
  expect(upstreams).toEqual(names.map((name) => `${name}:3000`))
})

test('the image gives Node the same room as npm start and npm run cluster', () => {
  const room = /'(--max-semi-space-size=\d+)'/.exec(read('../../../scripts/workspace.mjs'))?.[1]
  expect(room).toBeDefined()
  expect(read('../../../Dockerfile')).toContain(`CMD ["${room}", "apps/server/dist/main.js"]`)
  expect(JSON.parse(read('../../../package.json')).scripts.start).toBe(`node ${room} scripts/start.mjs`)
})

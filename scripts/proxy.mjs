/** A proxy in front of several servers, for one machine: what Caddy does in docker-compose.yml, by connections. */
import { createServer, connect as dial } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** @typedef {{ readonly name: string, readonly port: number, isReady: boolean, readonly connections: Set<import('node:net').Socket> }} Upstream */

const ASK_EVERY = 1000
const ANSWER_WITHIN = 2000

/** Listens on that address, and hands each connection to the ready server that has the fewest.
 * @param {{ port: number, host: string }} address @param {readonly { name: string, port: number }[]} servers
 * @param {(sentence: string) => void} say @returns {Promise<{ close(): void }>} */
export function startProxy(address, servers, say) {
  /** @type {readonly Upstream[]} */
  const upstreams = servers.map((server) => ({ ...server, isReady: false, connections: new Set() }))
  const listener = createServer((client) => {
    client.on('error', () => client.destroy())
    forward(client, upstreams)
  })
  const end = new AbortController()
  const close = () => {
    end.abort()
    listener.close()
    for (const upstream of upstreams) hangUp(upstream)
  }
  for (const upstream of upstreams) void watch(upstream, end.signal, say)
  return new Promise((resolve, reject) => {
    listener.once('error', (error) => {
      close()
      reject(error)
    })
    listener.listen(address, () => resolve({ close }))
  })
}

/** Tries the servers one after another, the ready ones first, until one takes the connection.
 * @param {import('node:net').Socket} client @param {readonly Upstream[]} upstreams */
function forward(client, upstreams) {
  const load = (/** @type {Upstream} */ { isReady, connections }) => connections.size + (isReady ? 0 : 1_000_000)
  const [upstream, ...others] = [...upstreams].sort((one, other) => load(one) - load(other))
  if (!upstream || client.destroyed) return client.destroy()
  const server = dial(upstream.port, '127.0.0.1')
  const tryNext = () => {
    upstream.isReady = false
    forward(client, others)
  }
  server.once('error', tryNext)
  server.once('connect', () => {
    server.off('error', tryNext)
    upstream.connections.add(server)
    server.on('error', () => server.destroy())
    server.on('close', () => {
      upstream.connections.delete(server)
      client.destroy()
    })
    client.on('close', () => server.destroy())
    client.pipe(server).pipe(client)
  })
}

/** Asks a server for as long as the proxy runs. @param {Upstream} upstream @param {AbortSignal} end @param {(sentence: string) => void} say */
async function watch(upstream, end, say) {
  while (!end.aborted) {
    await ask(upstream, say)
    await sleep(ASK_EVERY)
  }
}

/** Whether a server can take edits. One that does not answer loses its connections, so that pages look for another one.
 * @param {Upstream} upstream @param {(sentence: string) => void} say */
async function ask(upstream, say) {
  const was = upstream.isReady
  const answer = await fetch(`http://127.0.0.1:${upstream.port}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN) })
    .then(({ ok }) => (ok ? 'is ready' : 'takes no edits'))
    .catch(() => 'does not answer')
  upstream.isReady = answer === 'is ready'
  if (upstream.isReady !== was) say(`${upstream.name} ${answer}`)
  if (answer === 'does not answer') hangUp(upstream)
}

/** @param {Upstream} upstream */
function hangUp({ connections }) {
  for (const connection of connections) connection.destroy()
}

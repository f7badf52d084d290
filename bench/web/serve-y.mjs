import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import { securityHeaders } from '../../apps/server/dist/http/security-headers.js'

/**
 * The peer's page and its @y/websocket-server, with its LevelDB persistence, at one address. Files go out packed as ours do, from
 * memory, and with the headers of our server: one of them makes the browser begin a process for the page.
 */

const dist = fileURLToPath(new URL('dist', import.meta.url))
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const cache = new Map()

function fileAt(path) {
  const name = extname(path) === '' ? '/index.html' : path
  if (!cache.has(name)) {
    const file = join(dist, name)
    if (!existsSync(file)) return null
    const bytes = readFileSync(file)
    const type = TYPES[extname(name)] ?? 'application/octet-stream'
    const isPacked = extname(name) !== '.woff2'
    cache.set(name, {
      type,
      name,
      isPacked,
      bytes,
      ...(isPacked && { br: brotli(bytes), gzip: gzipSync(bytes, { level: 9 }) }),
    })
  }
  return cache.get(name)
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } })
}

const secure = securityHeaders(() => [])

const server = createServer((request, response) => {
  secure(request, response, () => answer(request, response))
})

function answer(request, response) {
  const file = fileAt(new URL(request.url, 'http://peer').pathname)
  if (file === null) return response.writeHead(404).end()
  const coding = /\bbr\b/.test(request.headers['accept-encoding'] ?? '') ? 'br' : 'gzip'
  const bytes = file.isPacked ? file[coding] : file.bytes
  response.writeHead(200, {
    'Content-Type': file.type,
    'Content-Length': bytes.length,
    ...(file.isPacked && { 'Content-Encoding': coding }),
    'Cache-Control': file.name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  response.end(bytes)
}

const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', (socket, request) => setupWSConnection(socket, request))
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request)),
)
server.listen(Number(process.env.PORT), process.env.HOST, () => console.log('running at this port'))

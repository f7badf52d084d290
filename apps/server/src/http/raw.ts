import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Address, parseDocumentId, parseLinkKey } from '@manyhands/protocol'
import { type Request, type Response, Router } from 'express'
import { Ticket } from '../access/ticket.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Visitors } from './visitors.ts'

export interface RawOptions {
  readonly rooms: Rooms
  readonly visitors: Visitors
}

/** Nothing of it runs, nothing is fetched, and it has no origin that it could share with a page of ours. */
const POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const TYPES = { txt: 'text/plain', md: 'text/markdown', html: 'text/html' } as const
type Format = keyof typeof TYPES

/** A text of so many characters costs as much as one more request. */
const CHARACTERS_PER_REQUEST = 100_000

/** What is sent in one piece, in whole characters: to make it takes a millisecond, and what waits for a slow reader is not much more. */
const PIECE = /.{1,65536}/gsu

/** Whoever takes nothing for so long is hung up on: the text would wait for them in memory. */
const READ_WITHIN = 30_000

/** `/d/<id>.txt` with the key of its link, if it has one, as a bearer token; and `/r/<key>.txt`. */
const DOCUMENT = /^\/d\/([a-z0-9]+)\.(txt|md|html)$/
const READ_LINK = /^\/r\/([a-z0-9]+)\.(txt|md|html)$/

/** The text of a document, as it is and without the page. */
export function rawRoutes(options: RawOptions): Router {
  const router = Router()
  router.get(DOCUMENT, (request, response) =>
    send(parseDocumentId(request.params[0] ?? ''), request, response, options),
  )
  router.get(READ_LINK, (request, response) => send(parseLinkKey(request.params[0] ?? ''), request, response, options))
  return router
}

async function send(
  address: Address | null,
  request: Request,
  response: Response,
  { rooms, visitors }: RawOptions,
): Promise<void> {
  response.set({ 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex' })
  if (!visitors.may(request.ip ?? '')) return tooMany(response)
  const ticket = address === null ? null : new Ticket(address, bearerOf(request))
  const found = address === null ? null : await rooms.enter(address, null)
  const room = found?.ok ? found.value : null
  // What may not be read and what there is not are the same to whoever asks.
  if (room === null || ticket === null || room.roleOf(ticket) === null) {
    response.status(404).type('text').send('There is no such document.\n')
    return
  }
  const format = formatOf(request.params[1])
  const { text, title, stateHash } = room.read()
  response.set({
    'Content-Type': `${TYPES[format]}; charset=utf-8`,
    'Content-Security-Policy': POLICY,
    'Content-Disposition': dispositionOf(title, format),
    ETag: etagOf(format === 'html' ? [stateHash, title] : [stateHash]),
  })
  if (request.fresh) return void response.status(304).end()
  if (request.method === 'HEAD') return void response.end()
  if (!visitors.may(request.ip ?? '', Math.floor(text.length / CHARACTERS_PER_REQUEST))) return tooMany(response)
  response.setTimeout(READ_WITHIN, () => response.destroy())
  // Whoever goes in the middle is no error.
  await pipeline(Readable.from(format === 'html' ? pageOf(title, text) : piecesOf(text)), response).catch(() => {})
}

function tooMany(response: Response): void {
  response.removeHeader('ETag')
  response.removeHeader('Content-Disposition')
  response.status(429).set('Retry-After', '1').type('text').send('Too many requests. Try again in a moment.\n')
}

function* piecesOf(text: string): Generator<string> {
  for (const [piece] of text.matchAll(PIECE)) yield piece
}

function formatOf(extension: string | undefined): Format {
  return extension === 'md' || extension === 'html' ? extension : 'txt'
}

function bearerOf({ headers }: Request): string {
  return /^Bearer ([a-z0-9]+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}

/** A browser shows text and pages; Markdown it could only show as a download without a name. */
function dispositionOf(title: string, format: Format): string {
  const name = nameOf(title, format)
  const plain = name.replace(/[^\w .()-]/g, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${format === 'md' ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

/** What no file system takes in a name is left out. A title that names a file of this kind keeps its name. */
function nameOf(title: string, format: Format): string {
  const name = title
    .replace(/[\\/:*?"<>|]/g, ' ')
    .replace(/ +/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  if (name.toLowerCase().endsWith(`.${format}`)) return name
  return `${name || 'document'}.${format}`
}

/** Of what one asks for: ours alone, so it needs no more than to differ where that does. */
function etagOf(parts: readonly string[]): string {
  return `"${Buffer.from(parts.join(' ')).toString('base64url')}"`
}

/** The text as it was written. To render Markdown is the page's work: nothing of somebody's HTML is made here. */
function* pageOf(title: string, text: string): Generator<string> {
  yield `<!doctype html>
<html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>pre { max-width: 80ch; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }</style>
<pre dir="auto">
`
  for (const piece of piecesOf(text)) yield escaped(piece)
  yield '</pre>\n</html>\n'
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

import { randomIncarnation } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId, randomLinkKey } from '@manyhands/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Server } from '../src/server.ts'
import { Disk } from './house.ts'
import { started } from './running.ts'
import { RealBrowser } from './socket.ts'

let server: Server
let url: string
let document: DocumentId
let ann: RealBrowser

const HOSTILE = `</pre><script>alert(1)</script>"'&<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) 😀`

beforeAll(async () => {
  ;({ server, url } = await started(new Disk()))
})

afterAll(() => server.stop())

beforeEach(async () => {
  document = randomDocumentId(Math.random)
  ann = await new RealBrowser(url, document, randomIncarnation(Math.random)).joined('Ann')
  ann.types(HOSTILE)
  await ann.allStored()
})

/** What comes back, from an address of its own: nobody's limit is reached by the tests before. */
let asked = 0
async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const from = `10.1.${asked >> 8}.${asked++ & 255}`
  return fetch(url + path, { headers: { 'X-Forwarded-For': from, ...headers } })
}

async function sets(name: 'title' | 'edit-key' | 'read-key', value: string): Promise<void> {
  ann.says({ type: 'set-register', name, value })
  ann.types('')
  await ann.allStored()
}

test('the text comes as it is, in UTF-8, by whoever has the id', async () => {
  const response = await get(`/d/${document}.txt`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(await response.text()).toBe(HOSTILE)
  const markdown = await get(`/d/${document}.md`)
  expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  expect(markdown.headers.get('content-disposition')).toContain('attachment')
  expect(await markdown.text()).toBe(HOSTILE)
})

test('[20] the page of a hostile text and title holds no element but its own, and may run and fetch nothing', async () => {
  await sets('title', '</title><script>alert(2)</script>')
  for (const format of ['html', 'txt', 'md']) {
    const { headers } = await get(`/d/${document}.${format}`)
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/)
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'no-referrer'])
    expect(headers.get('cache-control')).toBe('private, no-cache')
    expect(headers.get('x-robots-tag')).toBe('noindex')
  }
  const page = await (await get(`/d/${document}.html`)).text()
  const elements = [...page.matchAll(/<\/?([a-z]+)/gi)].map(([, name]) => name)
  expect(new Set(elements)).toEqual(new Set(['html', 'meta', 'title', 'style', 'pre']))
  expect(page).toContain('&lt;script&gt;alert(2)')
})

test('a title names the file, and no title leaves a header or a folder', async () => {
  for (const [title, name] of [
    ['Minutes', 'Minutes.txt'],
    ['notes.TXT', 'notes.TXT'],
    ['', 'document.txt'],
    ['..', 'document.txt'],
    ['../../etc/passwd', 'etc passwd.txt'],
    ['a"; filename="evil.exe', 'a ; filename= evil.exe.txt'],
    ['été 😀', 'été 😀.txt'],
  ] as const) {
    await sets('title', title)
    const disposition = (await get(`/d/${document}.txt`)).headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^inline; filename="[\w .()-]+"; filename\*=UTF-8''[\w.%!-]+$/)
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(name)
  }
})

test('what has not changed is not sent again', async () => {
  const first = await get(`/d/${document}.txt`)
  const etag = first.headers.get('etag') ?? ''
  expect((await get(`/d/${document}.txt`, { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' })).status).toBe(304)
  ann.types('!')
  await ann.allStored()
  expect((await get(`/d/${document}.txt`, { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' })).status).toBe(200)
})

test('[25] [23] after a new link the id alone gives what an unknown id gives; the key comes in a header, not in the address', async () => {
  const [edit, read] = [randomLinkKey(Math.random), randomLinkKey(Math.random)]
  await sets('edit-key', edit)
  await sets('read-key', read)
  const text = async (response: Response): Promise<readonly unknown[]> => [response.status, await response.text()]
  const unknown = await text(await get(`/d/${randomDocumentId(Math.random)}.txt`))
  expect(unknown[0]).toBe(404)
  for (const path of [
    `/d/${document}.txt`,
    `/d/${document}.txt?key=${edit}`,
    `/r/${edit}.txt`,
    '/r/x.txt',
    `/d/${read}.txt`,
  ]) {
    expect(await text(await get(path))).toEqual(unknown)
  }
  expect(await text(await get(`/d/${document}.txt`, { Authorization: `Bearer ${read}x` }))).toEqual(unknown)
  expect(await text(await get(`/d/${document}.txt`, { Authorization: `Bearer ${edit}` }))).toEqual([200, HOSTILE])
  const reader = await get(`/r/${read}.txt`)
  expect([...reader.headers].join()).not.toContain(document)
  expect(await text(reader)).toEqual([200, HOSTILE])
})

test('[17] who asks for too much is told when to come again, and others are not', async () => {
  const from = { 'X-Forwarded-For': '10.9.9.9' }
  const burst = () => Promise.all(Array.from({ length: 200 }, () => get(`/d/${document}.txt`, from)))
  const refusal = async () => (await burst()).find(({ status }) => status === 429)?.headers.get('retry-after')
  // On a slow machine the first ones are forgiven before the last ones come.
  await expect.poll(refusal, { timeout: 60_000 }).toBe('1')
  expect((await get(`/d/${document}.txt`)).status).toBe(200)
})

test('a long text comes in pieces, and no character is cut in two', async () => {
  const long = `a${'😀'.repeat(100_000)}<`
  ann.types(long)
  await ann.allStored()
  expect(await (await get(`/d/${document}.txt`)).text()).toBe(HOSTILE + long)
  const page = await (await get(`/d/${document}.html`)).text()
  expect(page).toContain(`a${'😀'.repeat(100_000)}&lt;</pre>`)
})

test('[17] a long text costs as much as many short ones, but not to be told that it has not changed', async () => {
  ann.types('x'.repeat(1_000_000))
  await ann.allStored()
  const [from, path] = [{ 'X-Forwarded-For': '10.9.9.8' }, `/d/${document}.txt`]
  const first = await get(path, from)
  expect((await first.text()).length).toBe(HOSTILE.length + 1_000_000)
  const same = { ...from, 'If-None-Match': first.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' }
  for (let i = 0; i < 20; i++) expect((await get(path, same)).status).toBe(304)
  const head = await fetch(url + path, { method: 'HEAD', headers: from })
  expect([head.status, head.headers.get('etag')]).toEqual([200, first.headers.get('etag')])
  const answers = await Promise.all(Array.from({ length: 30 }, () => get(path, from)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses).toContain(429)
  expect((await get(path)).status).toBe(200)
})

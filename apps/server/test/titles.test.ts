import { randomIncarnation } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId, randomLinkKey } from '@manyhands/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Server } from '../src/server.ts'
import { Disk } from './house.ts'
import { started } from './running.ts'
import { RealBrowser } from './socket.ts'

const disk = new Disk()
let server: Server
let url: string
let document: DocumentId
let ann: RealBrowser

async function start(): Promise<void> {
  ;({ server, url } = await started(disk))
}

beforeAll(start)
afterAll(() => server.stop())

beforeEach(async () => {
  document = randomDocumentId(Math.random)
  ann = await new RealBrowser(url, document, randomIncarnation(Math.random)).joined('Ann')
  await says('title', 'Minutes')
})

async function says(name: 'title' | 'edit-key' | 'read-key', value: string): Promise<void> {
  ann.says({ type: 'set-register', name, value })
  ann.types('word ')
  await ann.allStored()
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** From an address of its own: nobody's limit is reached by the tests before. */
let asked = 0
async function post(body: string, headers: Record<string, string> = {}, method = 'POST'): Promise<Answer> {
  const own = { 'Content-Type': 'application/json', 'X-Forwarded-For': `10.2.${asked >> 8}.${asked++ & 255}` }
  const response = await fetch(`${url}/api/v1/titles`, {
    method,
    headers: { ...own, ...headers },
    ...(method === 'GET' ? {} : { body }),
  })
  return { status: response.status, body: await response.json() }
}

async function titles(...documents: readonly object[]): Promise<unknown> {
  const { status, body } = await post(JSON.stringify({ documents }))
  expect(status).toBe(200)
  return Reflect.get(Object(body), 'documents')
}

test('titles of documents that one knows come with when they were last written in, and their length, also after a restart', async () => {
  const before = Date.now()
  await says('title', 'Minutes of Monday')
  const entry = { id: document, title: 'Minutes of Monday', length: 10, role: 'writer' }
  const first = await titles({ id: document })
  expect(first).toMatchObject([entry])
  const [changedAt] = Array.isArray(first) ? [first[0].changedAt] : []
  expect(changedAt).toBeGreaterThanOrEqual(before)
  await server.stop()
  await start()
  expect(await titles({ id: document })).toEqual([{ ...entry, changedAt }])
})

test('[25] what one may not read is left out like what there is not', async () => {
  const [edit, read] = [randomLinkKey(Math.random), randomLinkKey(Math.random)]
  await says('edit-key', edit)
  await says('read-key', read)
  expect(
    await titles({ id: document }, { id: randomDocumentId(Math.random) }, { id: 'nonsense' }, { id: read }),
  ).toEqual([])
  expect(await titles({ id: document, token: randomLinkKey(Math.random) })).toEqual([])
  expect(await titles({ id: document, token: edit })).toMatchObject([{ title: 'Minutes', role: 'writer' }])
  expect(await titles({ id: document, token: `x ${read}` })).toMatchObject([{ title: 'Minutes', role: 'reader' }])
})

test('[22] [26] what was not asked is refused by name, and what is in it does nothing', async () => {
  const many = { documents: Array.from({ length: 501 }, () => ({ id: document })) }
  for (const body of ['', '{', '[]', '"x"', 'null', '{}', '{"documents":{"length":1}}', JSON.stringify(many)]) {
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 'bad-message' } })
  }
  expect(await post(`{"documents":["${'x'.repeat(200_000)}"]}`)).toMatchObject({
    status: 413,
    body: { code: 'too-large' },
  })
  expect(await post('{}', { 'Content-Type': 'text/plain' })).toMatchObject({ status: 400 })
  expect(await post('', {}, 'GET')).toMatchObject({ status: 405, body: { code: 'bad-method' } })
  const odd = `{"__proto__":{"admin":true},"documents":[null,7,[],{"__proto__":{"id":"${document}"}},{"id":{"length":26}},{"id":"${document}","token":7}]}`
  expect(await post(odd)).toMatchObject({ status: 200, body: { documents: [{ id: document }] } })
  expect(Reflect.get({}, 'admin')).toBe(undefined)
})

test('[17] who asks for too much is told when to come again', async () => {
  const from = { 'X-Forwarded-For': '10.9.9.8' }
  const burst = () => Promise.all(Array.from({ length: 200 }, () => post('{"documents":[]}', from)))
  // On a slow machine the first ones are forgiven before the last ones come.
  await expect.poll(async () => (await burst()).some(({ status }) => status === 429), { timeout: 60_000 }).toBe(true)
  expect(await titles({ id: document })).toHaveLength(1)
})

import { newDocumentId } from '../author.ts'
import { Cluster } from '../cluster.ts'
import type { DocumentPage } from '../document-page.ts'
import { test as base, connectionLost, expect } from '../fixtures.ts'
import type { Server } from '../server.ts'
import { openClient, saved, Typist, until } from '../typist.ts'

/** Three servers, twenty clients and two pages, and everything that happens to servers happens to each of them. */
const test = base.extend<{ cluster: Cluster }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
  cluster: async ({}, use) => {
    const cluster = await Cluster.start(3)
    await use(cluster)
    await cluster.throwAway()
  },
})

test.use({ expectedErrors: connectionLost })

/** How long a server hangs, and another is cut off, before it is the next one's turn. */
const PHASE = process.env.MANYHANDS_DEEP === '1' ? 20_000 : 7_000
const CLIENTS = 20
const KEY_EVERY = 100

test('[S1] [S2] [S3] [L1] while each server is killed, hangs and is cut off from the others in turn, nothing typed is lost or doubled', async ({
  cluster,
  person,
}) => {
  test.setTimeout(3 * PHASE + 120_000)
  const { servers, urls } = cluster
  const document = newDocumentId()
  const typists = Array.from({ length: CLIENTS }, (_, n) => ({
    document,
    servers: rotated(urls, n % 3),
    name: `c${n}`,
    pause: () => KEY_EVERY * (0.5 + Math.random()),
  }))
  const pageNames = ['p0', 'p1']

  const first = new Typist(typists[0] ?? never(), true)
  const lines = [...typists.map(({ name }) => name), ...pageNames].map((name) => `${name}:`)
  first.client.edit([{ from: 0, to: 0, insert: lines.join('\n') }])
  await until(first.client, () => first.client.state.replicas === 3, 'the document is on all servers')
  const others = typists.slice(1).map((options) => new Typist(options))
  const all = [first, ...others]
  const pages: DocumentPage[] = []
  for (const [n, name] of pageNames.entries()) {
    const page = await person(`${urls[n]}/d/${document}`)
    await expect.poll(() => page.read()).toContain(`${name}:`)
    await page.caretAfter(`${name}:`)
    pages.push(page)
  }

  let isOver = false
  const typing = all.map((typist) => typist.typeUntil(() => isOver))
  const typingInPages = pages.map((page, n) => typeInPage(page, pageNames[n] ?? '', () => isOver))
  for (let turn = 0; turn < 3; turn++) await disturb(cluster, rotated(servers, turn))
  isOver = true
  await Promise.all(typing)
  const written = await Promise.all(typingInPages)
  const expected = [...all.map(({ line }) => line), ...pageNames.map((name, n) => `${name}:${written[n]}`)].join('\n')

  for (const typist of all) await typist.saved()
  for (const page of pages) await page.saved()
  const lacking = (): readonly string[] =>
    all.filter(({ client }) => client.text() !== expected).map(({ name }) => name)
  await expect.poll(lacking, { timeout: 30_000 }).toEqual([])
  const hash = first.client.hash()
  for (const { client } of all) await until(client, () => client.hash() === hash, 'all have one hash')
  for (const page of pages) {
    await expect.poll(() => page.read()).toBe(expected)
    await expect.poll(() => page.stateHash()).toBe(hash)
  }
  const fresh = await person(`${urls[2]}/d/${document}`)
  await expect.poll(() => fresh.read()).toBe(expected)

  for (const server of servers) await expectOn(server, document, expected, hash)
  for (const { client } of all) client.close()
  for (const { page } of [...pages, fresh]) await page.close()
  for (const server of servers) await server.kill()
  for (const server of servers) {
    await server.start()
    await expectOn(server, document, expected, hash)
    await server.kill()
  }
})

/** One hangs, another is cut off from its peers; half-way the third one dies, and comes back a second later. */
async function disturb(cluster: Cluster, [hanging, apart, dying]: readonly Server[]): Promise<void> {
  if (!hanging || !apart || !dying) return never()
  hanging.stop()
  cluster.cutOff(apart)
  await sleep(PHASE / 2)
  await dying.kill()
  await sleep(1000)
  await dying.start()
  await sleep(PHASE / 2 - 1000)
  hanging.goOn()
  cluster.rejoin(apart)
}

/** Types words of its own until it is told to stop; answers them. */
async function typeInPage({ page }: DocumentPage, name: string, isOver: () => boolean): Promise<string> {
  let written = ''
  for (let n = 0; !isOver(); n++) {
    const word = ` ${name}${n}`
    await page.keyboard.type(word, { delay: KEY_EVERY })
    written += word
  }
  return written
}

/** Somebody who has nothing asks this server, and is given exactly that. */
async function expectOn(
  server: Server,
  document: ReturnType<typeof newDocumentId>,
  text: string,
  hash: string,
): Promise<void> {
  await expect(async () => {
    const reader = openClient(document, [server.url], 'reader', false)
    try {
      await saved(reader, 'a reader')
      const found = { text: reader.text(), hash: reader.hash(), serverHash: reader.state.stateHash }
      expect(found).toEqual({ text, hash, serverHash: hash })
    } finally {
      reader.close()
    }
  }).toPass()
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  return [...list.slice(by), ...list.slice(0, by)]
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

function never(): never {
  throw new Error('There are three servers and twenty clients')
}

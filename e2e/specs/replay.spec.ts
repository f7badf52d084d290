import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { seededRandom } from '@manyhands/testkit'
import { Author, newDocumentId } from '../author.ts'
import type { DocumentPage } from '../document-page.ts'
import { expect, test } from '../fixtures.ts'
import type { Server } from '../server.ts'
import { madeUpSession, replay, type Step, stepsOf, type Trace } from '../session.ts'

const folder = process.env.MANYHANDS_TRACES ?? join(import.meta.dirname, '../../../shared/traces')
const friends = join(folder, 'friendsforever-concurrent.json.gz')

test('a recorded session of two friends, replayed with its concurrency, ends in its known text', async ({
  person,
  server,
}) => {
  const missing = !existsSync(friends)
  if (missing) console.log(`skipped: no ${friends} (set MANYHANDS_TRACES to the folder of the traces)`)
  test.skip(missing)
  test.setTimeout(600_000)
  const trace: Trace = JSON.parse(gunzipSync(readFileSync(friends)).toString())
  await play(stepsOf(trace), trace.endContent, server, person)
})

test('a made-up session of two people above and below a line ends in what each wrote', async ({ person, server }) => {
  test.setTimeout(600_000)
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32))
  console.log(`made-up session: SEED=${seed}`)
  const { steps, end } = madeUpSession(2000, seededRandom(seed))
  await play(steps, end, server, person)
})

/** Two real clients write, a page watches; all end with this text, and with the state the server has. */
async function play(
  steps: readonly Step[],
  end: string,
  server: Server,
  person: (url: string) => Promise<DocumentPage>,
): Promise<void> {
  const document = newDocumentId()
  const first = new Author(server.url, document, 'Friend', true)
  await first.settled()
  const second = new Author(server.url, document, 'Other friend', false)
  await second.settled()
  const watcher = await person(`${server.url}/d/${document}`)

  const started = performance.now()
  await replay(steps, [first, second])
  for (const author of [first, second]) author.openGate()
  for (const author of [first, second]) await author.settled()
  const seconds = (performance.now() - started) / 1000
  console.log(`${steps.length} steps through two clients and a server in ${seconds.toFixed(1)} s`)

  await expect.poll(() => first.client.text() === end && second.client.text() === end, { timeout: 60_000 }).toBe(true)
  await expect.poll(async () => (await watcher.read()) === end).toBe(true)
  await expect.poll(() => first.client.hash() === second.client.hash()).toBe(true)
  const hash = first.client.hash()
  await expect.poll(() => watcher.stateHash()).toBe(hash)
  expect(await serverHash(server, document)).toBe(hash)
  for (const { client } of [first, second]) client.close()
}

/** The hash that the server itself names when a newcomer joins. */
async function serverHash(server: Server, document: ReturnType<typeof newDocumentId>): Promise<string | null> {
  const newcomer = new Author(server.url, document, 'Newcomer', false)
  await newcomer.settled()
  newcomer.client.close()
  return newcomer.client.state.stateHash
}

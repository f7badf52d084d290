import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyVersion, randomIncarnation } from '@manyhands/crdt'
import { randomDocumentId } from '@manyhands/protocol'
import { afterAll, expect, test } from 'vitest'
import { openSqlite } from '../src/storage/sqlite.ts'
import { type Running, started } from './running.ts'
import { RealBrowser } from './socket.ts'

/** A real disk that is really full: a file system in memory, of two megabytes. Where nobody may mount one, there is no test. */

const disk = mkdtempSync(join(tmpdir(), 'manyhands-full-disk-'))
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]).status === 0
const filler = join(disk, 'filler')
afterAll(() => {
  if (isMounted) spawnSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

async function start(): Promise<Running> {
  const storage = await openSqlite(join(disk, 'data'))
  if (!storage.ok) throw new Error(storage.error)
  return started(storage.value, disk)
}

function fill(): void {
  const block = Buffer.alloc(4096)
  try {
    for (;;) appendFileSync(filler, block)
  } catch {
    // There is no room for another block.
  }
}

/** Leaves room for so many bytes. */
function fillBut(bytes: number): void {
  fill()
  truncateSync(filler, statSync(filler).size - bytes)
}

async function readiness(url: string): Promise<string> {
  const response = await fetch(`${url}/readyz`)
  return `${response.status} ${await response.text()}`
}

/** Pushes all it has, again and again, until that is called stored. Between two attempts it pauses, as a client does. */
async function pushesUntilStored(browser: RealBrowser): Promise<void> {
  for (;;) {
    const n = ++browser.pushes
    browser.says({ type: 'push', n, update: browser.doc.updateSince(emptyVersion) })
    const isAnswered = (): boolean =>
      browser.storedUpTo >= n || browser.of('refused').some((refused) => refused.n === n)
    await browser.until(isAnswered)
    if (browser.storedUpTo >= n) return
    if (browser.ended) throw new Error('Disconnected before all was stored')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test.skipIf(!isMounted)(
  '[P6] a full disk: edits are not stored, the server says that it is not ready, and goes on when there is room (skipped where nobody may mount)',
  async () => {
    const { server, url } = await start()
    const [document, incarnation] = [randomDocumentId(Math.random), randomIncarnation(Math.random)]
    const ann = await new RealBrowser(url, document, incarnation).joined('Ann')
    ann.types('Before. ')
    await ann.allStored()
    expect(await readiness(url)).toBe('200 ready\n')

    fill()
    ann.types('Kept. '.repeat(2000))
    await ann.until(() => ann.of('refused').length > 0)
    expect(ann.of('refused')).toMatchObject([{ reason: 'not-stored', n: 2 }])
    expect(await readiness(url)).toBe('503 the disk cannot be written: database or disk is full\n')
    const bob = await new RealBrowser(url, document, incarnation).joined('Bob')
    expect(bob.doc.text()).toContain('Before. ')

    rmSync(filler)
    await pushesUntilStored(ann)
    expect(await readiness(url)).toBe('200 ready\n')
    const text = ann.doc.text()
    await server.stop()

    const again = await start()
    const cyd = await new RealBrowser(again.url, document, incarnation).joined('Cyd')
    expect(cyd.doc.text()).toBe(text)
    await again.server.stop()
  },
)

test.skipIf(!isMounted)(
  '[P6] a disk that takes a few bytes, but not as much as it refused last, is not called ready (skipped where nobody may mount)',
  async () => {
    const opened = await openSqlite(join(disk, 'nearly'))
    if (!opened.ok) throw new Error(opened.error)
    const storage = opened.value
    const [document, incarnation] = [randomDocumentId(Math.random), randomIncarnation(Math.random)]
    const large = { n: 1, at: 1, person: '', stateHash: '', length: 1, bytes: new Uint8Array(500_000) }
    const writes = [
      { type: 'document', document, incarnation, at: 1 },
      { type: 'update', document, ...large },
    ] as const
    fillBut(100_000)
    await storage.check()
    await expect(storage.commit(writes)).rejects.toThrow('full')
    await expect(storage.check()).rejects.toThrow('full')
    await expect(storage.check()).rejects.toThrow('full')
    rmSync(filler)
    await storage.check()
    await storage.commit(writes)
    expect(await storage.load(document)).toMatchObject({ n: 1 })
    await storage.close()
  },
)

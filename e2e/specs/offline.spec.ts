/** What a browser keeps when there is no network, no server, or no room. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { socketIoTransport } from '@manyhands/client'
import { Doc, type ReplicaId, randomReplicaId } from '@manyhands/crdt'
import { decodeServerMessage, encodeClientMessage, PROTOCOL_VERSION, parseDocumentId } from '@manyhands/protocol'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { expectAccessible } from '../accessible.ts'
import { damageCopies } from '../damaged-copies.ts'
import { DocumentPage, expectEqual } from '../document-page.ts'
import { connectionLost, expect, test } from '../fixtures.ts'
import { NextVersion } from '../next-version.ts'
import config from '../playwright.config.ts'

test.use({ expectedErrors: new RegExp(`${connectionLost.source}|net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED`) })

/** A browser with a profile on disk that outlives it. */
class Profile {
  private readonly folder: string
  context: BrowserContext

  private constructor(folder: string, context: BrowserContext) {
    this.folder = folder
    this.context = context
  }

  static async make(): Promise<Profile> {
    const folder = await mkdtemp(join(tmpdir(), 'manyhands-profile-'))
    return new Profile(folder, await started(folder))
  }

  async tab(url: string): Promise<DocumentPage> {
    const page = await this.context.newPage()
    const document = new DocumentPage(page)
    await document.open(url)
    return document
  }

  async closeAndStartAgain(): Promise<void> {
    await this.context.close()
    this.context = await started(this.folder)
  }

  async throwAway(): Promise<void> {
    await this.context.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}

function started(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, config.use?.launchOptions)
}

/** From now on this page can be had without a network. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready)
}

/** From now on this document can be had without a server, with so many characters that no server has. */
async function kept(page: Page, unsent = 0): Promise<void> {
  const onDevice = (): Promise<readonly [copies: number, unsent: number]> =>
    page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('manyhands')
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            const key = location.pathname.split('/').at(-1) ?? ''
            const reading = opening.result.transaction(['copies', 'unsent'])
            const copies = reading.objectStore('copies').count(key)
            const unsent = reading.objectStore('unsent').index('document').getAll(key)
            reading.oncomplete = () =>
              resolve([copies.result, unsent.result.reduce((sum, { characters }) => sum + characters, 0)])
            opening.result.close()
          }
        }),
    )
  await expect.poll(onDevice, { message: 'copies and unsent characters on this device' }).toEqual([1, unsent])
}

/** The document as a server tells it to whoever comes. */
async function documentOn(server: string, url: string): Promise<Doc> {
  const document = parseDocumentId(new URL(url).pathname.slice('/d/'.length))
  if (document === null) throw new Error(`${url} is no document's`)
  const person = { name: 'Who asks', color: '#4660db' }
  const who = { document, replica: randomReplicaId(Math.random), person, token: '' }
  const bytes = encodeClientMessage({
    type: 'hello',
    protocol: PROTOCOL_VERSION,
    ...who,
    incarnation: null,
    version: null,
  })
  return new Promise((resolve, reject) => {
    const connection = socketIoTransport.connect(server, {
      up: () => connection.send(bytes),
      down: reject,
      message(said) {
        const message = decodeServerMessage(said)
        if (!message.ok || message.value.type !== 'welcome') return
        const { incarnation, update } = message.value
        const doc = Doc.create({ replica: who.replica, incarnation })
        doc.apply(update)
        connection.close()
        resolve(doc)
      },
    })
  })
}

/** The replicas under which a passage stands. */
function authorsOf(doc: Doc, passage: string): ReadonlySet<ReplicaId> {
  const from = doc.text().indexOf(passage)
  return new Set(Array.from(passage, (_, n) => doc.authorOf(from + n).id.replica))
}

const words = (who: string): string =>
  Array.from({ length: 100 }, (_, n) => `${who}${String(n).padStart(3, '0')} `).join('')

// A thousand characters are typed key by key, in two tabs.
test.describe.configure({ timeout: 180_000 })

test('load once, cut the network, reload, write in two tabs, close the browser, open it again: all is there, nobody was asked', async ({
  server,
  person,
}) => {
  const ben = await person()
  await ben.paste('Ann one:\nAnn two:\n')
  await ben.saved()
  const profile = await Profile.make()
  const dialogs: string[] = []
  profile.context.on('dialog', (dialog) => void dialogs.push(dialog.message()))
  const one = await profile.tab(ben.url)
  await expect.poll(() => one.read()).toContain('Ann two:')
  await installed(one.page)
  await kept(one.page)

  await profile.context.setOffline(true)
  await one.page.reload()
  await one.ready()
  const two = await profile.tab(ben.url)
  await one.caretAfter('Ann one:')
  await two.caretAfter('Ann two:')
  await one.type(words('a'))
  await two.type(words('b'))
  const text = await expectEqual([one, two])
  expect(text).toBe(`Ann one:${words('a')}\nAnn two:${words('b')}\n`)
  await expect(one.pill).toHaveAttribute('data-saved-state', 'offline')
  await expect(one.pill).toContainText('Offline')
  await one.pill.getByRole('button', { name: /Details/ }).click()
  await expect(one.page.getByText('You can keep writing; it will sync when you are online again.')).toBeVisible()
  await expect(one.page.getByText('1,000 characters are only on this device.')).toBeVisible()
  await expectAccessible(one.page)

  await kept(two.page, 1000)
  await ben.caretAfter('Ann two:')
  await ben.page.keyboard.press('ControlOrMeta+End')
  await ben.type('Ben, meanwhile.')
  await ben.saved()

  await profile.closeAndStartAgain()
  profile.context.on('dialog', (dialog) => void dialogs.push(dialog.message()))
  const again = await profile.tab(ben.url)
  await again.saved()
  const merged = await expectEqual([again, ben])
  expect(merged).toBe(`${text}Ben, meanwhile.`)
  expect(dialogs).toEqual([])
  const cleo = await person(`${server.url}${new URL(ben.url).pathname}`)
  await expect.poll(() => cleo.read()).toBe(merged)
  const doc = await documentOn(server.url, ben.url)
  const authors = [words('a'), words('b'), 'Ben, meanwhile.'].map((passage) => authorsOf(doc, passage))
  expect(authors.map(({ size }) => size)).toEqual([1, 1, 1])
  expect(new Set(authors.flatMap((one) => [...one])).size).toBe(3)
  await profile.throwAway()
})

test('two tabs of one browser are one person, to themselves and to others', async ({ person }) => {
  const ann = await person()
  await ann.type('Hello.')
  await ann.saved()
  const other = new DocumentPage(await ann.page.context().newPage())
  await other.open(ann.url)
  const ben = await person(ann.url)
  await expect(ben.page.getByRole('button', { name: 'People: you and 1 more' })).toBeVisible()
  await expect(ann.page.getByRole('button', { name: 'People: you and 1 more' })).toBeVisible()
  await expect(other.page.getByRole('button', { name: 'People: you and 1 more' })).toBeVisible()
  await other.caretAfter('Hello.')
  await expect(ben.remoteCarets).toHaveCount(1)
})

test('tabs share what is typed while the server is gone, and show the same state', async ({ person, server }) => {
  const ann = await person()
  await ann.type('One. ')
  await ann.saved()
  const other = new DocumentPage(await ann.page.context().newPage())
  await other.open(ann.url)
  await server.kill()
  await ann.type('Two. ')
  await expect.poll(() => other.read()).toBe('One. Two. ')
  await other.caretAfter('Two. ')
  await other.type('Three.')
  expect(await expectEqual([ann, other])).toBe('One. Two. Three.')
  await server.start()
  await ann.saved()
  await other.saved()
})

test('a document begun without a network is there after a reload, and on the server later', async ({
  person,
  server,
}) => {
  const ann = await person()
  await installed(ann.page)
  await ann.page.context().setOffline(true)
  await ann.open(server.url)
  await ann.type('Begun in a tunnel.')
  await kept(ann.page, 'Begun in a tunnel.'.length)
  await expect(ann.page).toHaveURL(/\/d\//)
  await ann.page.reload()
  await ann.ready()
  await expect.poll(() => ann.read()).toBe('Begun in a tunnel.')
  await ann.page.context().setOffline(false)
  await ann.saved()
  const ben = await person(ann.url)
  await expect.poll(() => ben.read()).toBe('Begun in a tunnel.')
})

for (const [trouble, error, sentence] of [
  ['blocked', 'SecurityError', 'This browser keeps nothing here'],
  ['damaged', 'UnknownError', 'The storage of this browser is damaged'],
] as const) {
  test(`a browser that keeps nothing (${trouble}) says so, and one writes on`, async ({ browser, server, person }) => {
    const context = await browser.newContext()
    await context.addInitScript((name) => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Not here', name)
      }
    }, error)
    const ann = new DocumentPage(await context.newPage())
    await ann.open(server.url)
    await expect(ann.page.locator(`[data-notice="${trouble}"]`)).toContainText(sentence)
    await ann.type('Private.')
    await ann.saved()
    await expectAccessible(ann.page)
    await ann.page.locator('[data-notice]').getByRole('button', { name: 'Close' }).click()
    await expect(ann.page.locator('[data-notice]')).toHaveCount(0)
    const ben = await person(ann.url)
    await expect.poll(() => ben.read()).toBe('Private.')
    await context.close()
  })
}

test('a device that becomes full says so, and one writes and saves on', async ({ person }) => {
  const ann = await person()
  await ann.type('Room. ')
  await ann.saved()
  await ann.page.evaluate(() => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('No room', 'QuotaExceededError')
    }
  })
  await ann.type('None.')
  const notice = ann.page.locator('[data-notice="full"]')
  await expect(notice).toContainText('This device is full')
  await expect(notice.getByRole('link', { name: 'All documents' })).toHaveAttribute('href', '/docs')
  await ann.saved()
  await expectAccessible(ann.page)
})

test('a copy that is damaged is put away: the text comes from the server, and nothing unsent is lost', async ({
  person,
  server,
}) => {
  const ann = await person()
  await ann.type('On the server. ')
  await ann.saved()
  await installed(ann.page)
  await server.kill()
  await ann.type('Not yet.')
  await expect(ann.pill).toHaveAttribute('data-saved-state', /reconnecting|offline/)
  await kept(ann.page, 'Not yet.'.length)
  await ann.page.evaluate(damageCopies)
  const { url } = ann
  await ann.page.goto('about:blank')
  await server.start()
  await ann.open(url)
  await expect.poll(() => ann.read()).toBe('On the server. Not yet.')
  await ann.saved()
  await expect(ann.page.locator('[data-notice="mended"]')).toBeVisible()
  await expectAccessible(ann.page)
})

test('a document made up without a network can be written in after a reload, before anything is in it', async ({
  person,
  server,
}) => {
  const ann = await person()
  await installed(ann.page)
  await ann.page.context().setOffline(true)
  await ann.open(server.url)
  await ann.page.reload()
  await ann.ready()
  await ann.type('Still mine.')
  await ann.page.context().setOffline(false)
  await ann.saved()
})

test('a new version of the page waits for a reload, which keeps what no server has yet', async ({ person, server }) => {
  const next = await NextVersion.before(server.url)
  const ann = await person(next.url)
  await ann.type('Before. ')
  await ann.saved()
  await installed(ann.page)
  await expect(ann.page.locator('[data-notice]')).toHaveCount(0)
  const before = await ann.text.boundingBox()
  next.comesOut()
  await ann.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  const notice = ann.page.locator('[data-notice="new-version"]')
  await expect(notice).toContainText('A new version is ready.')
  expect(await ann.text.boundingBox()).toEqual(before)
  await expectAccessible(ann.page)

  await server.kill()
  await ann.caretAfter('Before. ')
  await ann.type('Unsent.')
  await expect(ann.pill).toHaveAttribute('data-saved-state', /reconnecting|offline/)
  await Promise.all([ann.page.waitForEvent('load'), notice.getByRole('button', { name: 'Reload' }).click()])
  await expect(notice).toHaveCount(0)
  await ann.ready()
  await expect.poll(() => ann.read()).toBe('Before. Unsent.')
  await server.start()
  await ann.saved()
  next.close()
})

test('word of a new version can be closed, and one writes on with the old one', async ({ server, person }) => {
  const next = await NextVersion.before(server.url)
  const ann = await person(next.url)
  await installed(ann.page)
  next.comesOut()
  await ann.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  const notice = ann.page.locator('[data-notice="new-version"]')
  await notice.getByRole('button', { name: 'Close' }).click()
  await expect(notice).toHaveCount(0)
  await ann.type('Not now.')
  await ann.saved()
  next.close()
})

test('the page can be installed as an app: its manifest is sound, and kept with the rest of it', async ({ person }) => {
  const ann = await person()
  await installed(ann.page)
  const browser = await ann.page.context().newCDPSession(ann.page)
  const { url, errors, data } = await browser.send('Page.getAppManifest')
  expect([new URL(url).pathname, errors]).toEqual(['/manifest.webmanifest', []])
  const { start_url, icons } = JSON.parse(data ?? '')
  for (const path of [start_url, ...icons.map(({ src }: { readonly src: string }) => src)])
    expect((await ann.page.request.get(new URL(path, url).href)).status()).toBe(200)
  const answer = await ann.page.request.get(url)
  expect(answer.headers()['content-type']).toBe('application/manifest+json; charset=utf-8')
  const kept = await ann.page.evaluate(async (path) => (await (await caches.match(path))?.text()) ?? null, url)
  expect(kept).toBe(await answer.text())
})

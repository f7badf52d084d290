/** The states a person can find the page in, each provoked, with its sentence and what can be done. docs/TESTING.md lists the others. */
import { MAX_DOCUMENT_LENGTH } from '@manyhands/protocol'
import { expectAccessible } from '../accessible.ts'
import { newDocumentId } from '../author.ts'
import { DocumentPage } from '../document-page.ts'
import { connectionLost, expect, test } from '../fixtures.ts'
import { Middleman } from '../middleman.ts'
import { openClient, saved } from '../typist.ts'

const brokenOnPurpose = 'Broken on purpose'

test.use({
  expectedErrors: new RegExp(`${connectionLost.source}|net::ERR_INTERNET_DISCONNECTED|${brokenOnPurpose}`),
})

/** A document that is on the server, in a page to which a middleman stands between from now on. */
async function overheard(ann: DocumentPage): Promise<Middleman> {
  await ann.type('Here. ')
  await ann.saved()
  const middleman = await Middleman.before(ann.page)
  await ann.page.reload()
  await ann.connected()
  await ann.saved()
  await ann.caretAfter('Here. ')
  return middleman
}

async function state(page: DocumentPage, kind: string, sentence: string | RegExp): Promise<void> {
  await expect(page.pill).toHaveAttribute('data-saved-state', kind)
  await expect(page.pill).toContainText(sentence)
}

async function details(page: DocumentPage, sentence: string): Promise<void> {
  await page.pill.getByRole('button', { name: /Details/ }).click()
  await expect(page.page.locator('.details')).toContainText(sentence)
  await expectAccessible(page.page)
  await page.page.keyboard.press('Escape')
}

test('loading: lines of no text until the server has answered, and then the text', async ({ person }) => {
  const ann = await person()
  await ann.type('Worth waiting for.')
  await ann.saved()
  const ben = await person()
  const middleman = await Middleman.before(ben.page)
  middleman.hold()
  await ben.page.goto(ann.url)
  await expect(ben.page.locator('.skeleton')).toBeVisible()
  await state(ben, 'loading', 'Opening…')
  await expectAccessible(ben.page)
  middleman.letGo()
  await ben.ready()
  await expect.poll(() => ben.read()).toBe('Worth waiting for.')
  await expect(ben.page.locator('.skeleton')).toHaveCount(0)
})

test('saving, and slow after eight seconds: so many characters are not yet on the server', async ({ person }) => {
  const ann = await person()
  const middleman = await overheard(ann)
  middleman.hold()
  // In one go, and looked at meanwhile: eight seconds are short on a slow machine.
  await Promise.all([state(ann, 'saving', 'Saving 12 characters'), ann.page.keyboard.insertText('twelve chars')])
  await expect(ann.pill).toHaveAttribute('data-saved-state', 'slow', { timeout: 20_000 })
  await state(ann, 'slow', '12 characters not yet on the server')
  await details(ann, 'everything will be sent')
  middleman.letGo()
  await ann.saved()
})

test('reconnecting: it counts the seconds, and Now does not wait for them', async ({ person, server }) => {
  const ann = await person()
  await ann.type('Here.')
  await ann.saved()
  await server.kill()
  await state(ann, 'reconnecting', /Reconnecting in \d+ s/)
  await details(ann, 'You can keep writing; it will sync.')
  const now = ann.pill.getByRole('button', { name: 'Now' })
  await expect(now).toBeVisible()
  await server.start()
  // The page may try by itself just before it is pressed.
  await expect(async () => {
    if ((await ann.savedState()) !== 'saved') await now.click({ timeout: 1000 })
  }).toPass()
  await ann.saved()
})

for (const [reason, sentence] of [
  ['rate-limited', 'The server is busy.'],
  ['too-many-connections', 'Too many people are connected just now.'],
] as const) {
  test(`busy (${reason}): edits wait here, and are sent when there is room again`, async ({ person, server }) => {
    const ann = await person()
    const middleman = await overheard(ann)
    middleman.refuseEntry(reason)
    await server.kill()
    await server.start()
    await state(ann, 'waiting', 'Busy; your edits wait here')
    await ann.type('And here.')
    await details(ann, sentence)
    middleman.passOn()
    await ann.saved()
    expect(await ann.read()).toBe('Here. And here.')
  })
}

for (const [reason, sentence] of [
  ['bad-message', 'The server could not read what this page sent.'],
  ['too-large', 'One of your edits is too large for the server.'],
  ['forged-author', 'The server did not accept who wrote your last edits.'],
  ['document-too-large', 'This document has reached the size the server allows.'],
] as const) {
  test(`an edit is refused for good (${reason}): it says why, hands the text out, and a reload goes on`, async ({
    person,
  }) => {
    const ann = await person()
    const middleman = await overheard(ann)
    middleman.refusePushes(reason)
    await ann.type('More.')
    await state(ann, 'refused', 'Not connected')
    const banner = ann.page.getByRole('alert')
    await expect(banner).toContainText(`${sentence} 5 characters are only on this device.`)
    await expect(banner.getByRole('button')).toHaveText(['Copy the text', 'Download', 'Reload'])
    middleman.passOn()
    await banner.getByRole('button', { name: 'Reload' }).click()
    await ann.saved()
    expect(await ann.read()).toBe('Here. More.')
  })
}

for (const [reason, kind, short, sentence] of [
  [
    'out-of-reach',
    'waiting',
    'Not connected',
    'Another server may have this document, and cannot be reached just now.',
  ],
  ['server-too-old', 'waiting', 'Not connected', 'This server is older than this page and cannot talk to it yet.'],
  ['shutting-down', 'reconnecting', 'Reconnecting', 'You can keep writing; it will sync.'],
] as const) {
  test(`no entry for now (${reason}): one writes on, and it is tried again when asked`, async ({ person }) => {
    const ann = await person()
    const middleman = await overheard(ann)
    middleman.putOut(reason)
    await state(ann, kind, short)
    await ann.type('And here.')
    await details(ann, sentence)
    await ann.pill.getByRole('button', { name: /Details/ }).click()
    await ann.page.getByRole('button', { name: 'Try again' }).click()
    middleman.passOn()
    await ann.saved()
    expect(await ann.read()).toBe('Here. And here.')
  })
}

test('the server’s disk is full: it says so, and nothing is called saved before it is', async ({ person }) => {
  const ann = await person()
  const middleman = await overheard(ann)
  middleman.refusePushes('not-stored')
  await ann.type('More.')
  await state(ann, 'waiting', 'Not saved yet')
  await details(ann, 'The server cannot write to its disk just now.')
  middleman.passOn()
  await ann.saved()
  const ben = await person(ann.url)
  await expect.poll(() => ben.read()).toBe('Here. More.')
})

test('the server’s copy is damaged: one reads what is left, and writes again when it is whole', async ({ person }) => {
  const ann = await person()
  const middleman = await overheard(ann)
  middleman.say({ type: 'role', role: 'reader', reason: 'damaged' })
  await state(ann, 'read-only', 'Read only')
  await expect(ann.text).toHaveAttribute('contenteditable', 'false')
  await details(ann, 'It can be changed again when it is whole.')
  middleman.say({ type: 'role', role: 'writer', reason: null })
  await ann.ready()
  await ann.caretAfter('Here. ')
  await ann.type('Whole.')
  await ann.saved()
})

test('the server speaks a newer language: what is here stays, and a reload brings the newer page', async ({
  person,
  server,
}) => {
  const ann = await person()
  const middleman = await overheard(ann)
  middleman.refuseEntry('client-too-old')
  await server.kill()
  await ann.type('Still mine.')
  await server.start()
  const banner = ann.page.getByRole('alert')
  await expect(banner).toContainText('A new version of this page is ready. 11 characters are only on this device.')
  await expectAccessible(ann.page)
  middleman.passOn()
  await banner.getByRole('button', { name: 'Reload' }).click()
  await ann.saved()
  expect(await ann.read()).toBe('Here. Still mine.')
})

test('another history: the server has begun this document anew; writing goes on here, and mine becomes a new document', async ({
  browser,
  person,
  server,
}) => {
  const context = await browser.newContext()
  // A service worker would have the part that is to fail.
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined }))
  const ann = new DocumentPage(await context.newPage())
  await ann.open(server.url)
  await ann.type('The old one. ')
  await ann.saved()
  await context.setOffline(true)
  await server.loseDisk()
  await server.start()
  const ben = await person()
  await ben.page.goto(ann.url)
  await ben.page.getByRole('button', { name: 'Create it' }).click()
  await ben.ready()
  await ben.type('Another one.')
  await ben.saved()

  await context.setOffline(false)
  const banner = ann.page.getByRole('alert')
  await expect(banner).toContainText('This server has a different history of this document.')
  await ann.caretAfter('The old one. ')
  await ann.type('And on.')
  await expectAccessible(ann.page)
  const { url } = ann
  await context.route(/errands/, (route) => route.abort())
  const keep = banner.getByRole('button', { name: 'Keep mine as a new document' })
  await keep.click()
  await expect(banner).toContainText('did not become a document. No server answers.')
  await context.unroute(/errands/)
  await keep.click()
  await expect.poll(() => ann.url).not.toBe(url)
  await ann.saved()
  await expect.poll(() => ann.read()).toBe('The old one. And on.')
  expect(await ben.read()).toBe('Another one.')
  await context.close()
})

test('too large: at nine tenths it says how much there is, and at the wall nothing is lost and nothing half put in', async ({
  person,
  server,
}) => {
  test.slow()
  const document = newDocumentId()
  const author = openClient(document, [server.url], 'Author', true)
  const length = MAX_DOCUMENT_LENGTH * 0.95
  author.edit([
    { from: 0, to: 0, insert: 'A line like all the others, and on.\n'.repeat(length / 36).padEnd(length, '.') },
  ])
  await saved(author, 'the author')
  author.close()
  const ann = await person(`${server.url}/d/${document}`)
  const scarce = ann.page.locator('[data-notice="room-scarce"]')
  await expect(scarce).toContainText('nearly as long as one can be: 9.5 million of 10 million characters')
  await expectAccessible(ann.page)
  const download = ann.page.waitForEvent('download')
  await scarce.getByRole('button', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.md$/)

  await ann.paste('too much '.repeat(100_000))
  const none = ann.page.locator('[data-notice="room-none"]')
  await expect(none).toContainText('That does not fit: a document has at most 10 million characters.')
  await expect(none.getByRole('link', { name: 'New document' })).toBeVisible()
  expect((await ann.read()).length).toBe(length)
  await ann.type('fits')
  await expect(scarce).toBeVisible()
  await ann.saved()
})

test('the page breaks: it says that the text is safe, hands it out, and a reload goes on', async ({ person }) => {
  const ann = await person()
  await ann.title.fill('Minutes')
  await ann.title.press('Enter')
  await ann.type('What was said.')
  await ann.saved()
  await ann.page.evaluate((why) => {
    const { matchMedia } = window
    // What is drawn asks for this; what happens after it has been taken away asks for other things.
    window.matchMedia = (query) => {
      if (query.includes('max-width')) throw new Error(why)
      return matchMedia.call(window, query)
    }
  }, brokenOnPurpose)
  await ann.page.keyboard.type('!')
  await expect(ann.page.getByRole('heading', { name: 'Something broke.' })).toBeVisible()
  await expect(ann.page.getByText('Your text is safe on this device.')).toBeVisible()
  await expectAccessible(ann.page)
  const download = ann.page.waitForEvent('download')
  await ann.page.getByRole('button', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toBe('Minutes.md')
  await ann.page.getByRole('button', { name: 'Reload' }).click()
  await ann.ready()
  await expect.poll(() => ann.read()).toBe('What was said.!')
})

/** Makes the pictures in docs/screenshots again, from the running product: `npm run screenshots`, after a build. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { MAX_DOCUMENT_LENGTH } from '@manyhands/protocol'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { newDocumentId } from './author.ts'
import { damageCopies } from './damaged-copies.ts'
import { DocumentPage } from './document-page.ts'
import { LibraryPage } from './library-page.ts'
import { Middleman } from './middleman.ts'
import { NextVersion } from './next-version.ts'
import config from './playwright.config.ts'
import { Server } from './server.ts'
import { openClient, saved } from './typist.ts'

const folder = join(import.meta.dirname, '../docs/screenshots')
const wide = { viewport: { width: 1280, height: 800 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const sizes = [
  ['', wide],
  ['phone-', phone],
] as const

const notes = `# Field notes, October

The tide tables were wrong again, so we walked out at five and
waited for the water to make up its mind.

- two curlews on the bar, one of them ringed
- Ana counted 212 dunlin before the light went
- the north hide needs a new shutter

## What we should ask the harbour office

1. Who moved the marker buoy?
2. May we keep the boat on the inner mooring until spring, or has somebody else been promised the place?

I can call them on Thursday`

const shelf = [
  ['Harbour office, letter', 'letters'],
  ['Field notes', 'birds, October'],
  ['tides.py', 'code'],
  ['Shopping for the boat', ''],
  ['Field notes, September', 'birds'],
] as const

const moreNotes = `, or somebody else does.[^1]

- [x] count the dunlin
- [ ] mend the *north hide*

| bird   | count |
| ------ | ----: |
| curlew |     2 |
| dunlin |   212 |

\`\`\`ts
const all = birds.filter(({ kind }) => kind === 'dunlin')
\`\`\`

[^1]: The office is open in the morning.
`

const code = `import { read } from './tide.ts'

/** How many of a kind there are. */
export function count(birds: readonly Bird[], kind = 'dunlin'): number {
  return birds.filter((bird) => bird.kind === kind).length
}
`

type ColorScheme = 'light' | 'dark'
type Look = BrowserContextOptions & { readonly colorScheme: ColorScheme }

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch(config.use?.launchOptions)
const server = await Server.start()
for (const colorScheme of ['light', 'dark'] as const) {
  await twoPeople(browser, colorScheme)
  await onPhone(browser, colorScheme)
  await library(browser, colorScheme)
  await together(browser, colorScheme)
  await finding(browser, colorScheme)
}
for (const colorScheme of ['light', 'dark'] as const) await states(browser, colorScheme)
for (const colorScheme of ['light', 'dark'] as const) await moved(browser, colorScheme)
for (const colorScheme of ['light', 'dark'] as const) await onThisDevice(browser, colorScheme)
for (const colorScheme of ['light', 'dark'] as const) await storage(browser, colorScheme)
await tooLarge(browser)
await inOtherLanguages(browser)
for (const colorScheme of ['light', 'dark'] as const) await sharing(browser, colorScheme)
for (const colorScheme of ['light', 'dark'] as const) await grave(browser, colorScheme)
for (const colorScheme of ['light', 'dark'] as const) await writing(browser, colorScheme)
await browser.close()
await server.throwAway()

/** Somebody is followed, on a wide window and on a phone; then they write where nobody looks. */
async function together(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  const me = await written(browser, { ...wide, colorScheme }, ['Ben Okafor', 'Indigo'])
  const ana = await visitor(browser, me.url, ['Ana Duarte', 'Jade'])
  const onPhone = await visitor(browser, me.url, ['Cleo Marsh', 'Plum'], { ...phone, colorScheme })
  for (const { page } of [me, onPhone]) {
    await page.getByRole('button', { name: /^People/ }).click()
    await page.getByRole('button', { name: 'Follow Ana Duarte' }).click()
    // The sheet of a phone goes by itself, and so does the panel.
    await page.locator('.follow-frame').waitFor()
  }
  await ana.caretAfter('five and')
  await shot(me.page, `following-${colorScheme}`)
  await shot(onPhone.page, `phone-following-${colorScheme}`)
  await me.page.getByRole('button', { name: 'Stop following' }).click()
  await ana.paste(`\n${'The wind turned.\n'.repeat(60)}`)
  await ana.saved()
  await me.page.mouse.wheel(0, -4000)
  await ana.type('Rain. ')
  await me.page.locator('.elsewhere').waitFor()
  await shot(me.page, `editing-below-${colorScheme}`)
  await closeAll(me, ana, onPhone)
}

async function finding(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  for (const [name, options] of [
    ['palette', wide],
    ['phone-palette', phone],
  ] as const) {
    const me = await written(browser, { ...options, colorScheme }, ['Ben Okafor', 'Indigo'])
    await me.page.keyboard.press('F1')
    await me.page.getByRole('combobox', { name: 'What do you want to do?' }).pressSequentially('th')
    await shot(me.page, `${name}-${colorScheme}`)
    await me.page.keyboard.press('Escape')
    if (name === 'palette') {
      await me.page.keyboard.press('ControlOrMeta+.')
      await me.page.keyboard.press('?')
      await me.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
      await shot(me.page, `shortcuts-${colorScheme}`)
    }
    await closeAll(me)
  }
}

async function twoPeople(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  const me = await written(browser, { ...wide, colorScheme }, ['Ben Okafor', 'Indigo'])
  const ana = await visitor(browser, me.url, ['Ana Duarte', 'Jade'])
  await me.caretAfter('on Thursday')
  await select(ana, '212 dunlin')
  await me.type('.')
  await shot(me.page, `two-people-${colorScheme}`)
  await me.page.getByRole('button', { name: /^People/ }).click()
  await shot(me.page, `people-${colorScheme}`)
  await closeAll(me, ana)
}

async function onPhone(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  const me = await written(browser, { ...phone, colorScheme }, ['Ben Okafor', 'Indigo'])
  const ana = await visitor(browser, me.url, ['Ana Duarte', 'Jade'])
  await select(ana, '212 dunlin')
  await shot(me.page, `phone-${colorScheme}`)
  await me.page.getByRole('button', { name: 'More', exact: true }).click()
  await shot(me.page, `phone-sheet-${colorScheme}`)
  await me.page.getByRole('button', { name: 'Find in the text' }).click()
  await me.page.getByRole('textbox', { name: 'Find' }).pressSequentially('the')
  await shot(me.page, `phone-find-${colorScheme}`)
  await closeAll(me, ana)
}

/** The documents of a device: none yet, some, one thrown away; and the same on a phone. */
async function library(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  for (const [prefix, options] of sizes) {
    const me = await visitor(browser, server.url, ['Ben Okafor', 'Indigo'], { ...options, colorScheme })
    const list = await LibraryPage.of(me)
    await shot(list.page, `${prefix}library-empty-${colorScheme}`)
    await list.drop(shelf.map(([name]) => ({ name, content: notes })))
    for (const [title] of shelf) await list.title(title).waitFor()
    await list.open()
    for (const [title, tags] of shelf) if (tags !== '') await list.tag(title, tags)
    await list.page.getByRole('button', { name: 'Actions for Field notes, September' }).click()
    await shot(list.page, `${prefix}library-menu-${colorScheme}`)
    await list.page.getByRole('menuitem', { name: 'Move to the trash' }).click()
    await shot(list.page, `${prefix}library-${colorScheme}`)
    await list.page.getByRole('link', { name: 'Trash (1)' }).click()
    await shot(list.page, `${prefix}library-trash-${colorScheme}`)
    await closeAll(me)
  }
}

/** What one sees seldom: nothing written yet, finding, nothing at an address, no network, no connection, a server in trouble. */
async function states(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  for (const [prefix, options] of sizes) {
    await nowhere(browser, prefix, { ...options, colorScheme })
    await away(browser, prefix, { ...options, colorScheme })
    await inTrouble(browser, prefix, { ...options, colorScheme })
  }
  const me = await written(browser, { ...wide, colorScheme }, ['Ben Okafor', 'Indigo'])
  await me.page.keyboard.press('ControlOrMeta+f')
  await me.page.getByRole('textbox', { name: 'Find' }).pressSequentially('the')
  await shot(me.page, `find-${colorScheme}`)
  await me.page.keyboard.press('Escape')
  await me.page.getByRole('button', { name: 'More', exact: true }).click()
  await shot(me.page, `menu-${colorScheme}`)
  await closeAll(me)
}

/** A document just begun; then addresses under which there is nothing. */
async function nowhere(browser: Browser, prefix: string, options: Look): Promise<void> {
  const me = await visitor(browser, server.url, ['Ben Okafor', 'Indigo'], options)
  await shot(me.page, `${prefix}empty-${options.colorScheme}`)
  for (const [name, path] of [
    ['no-document', '/d/abcdefghjkmnpqrstuvwxyz234'],
    ['no-link', '/r/abcdefghjkmnpqrstuvwxyz23456'],
    ['no-page', '/nope'],
  ] as const) {
    await me.page.goto(`${server.url}${path}`)
    await me.page.getByRole('heading').waitFor()
    await shot(me.page, `${prefix}${name}-${options.colorScheme}`)
  }
  await closeAll(me)
}

/** No network; then no server. */
async function away(browser: Browser, prefix: string, options: Look): Promise<void> {
  const me = await written(browser, options, ['Ben Okafor', 'Indigo'])
  await me.page.evaluate(() => navigator.serviceWorker.ready)
  await me.page.context().setOffline(true)
  await me.page.reload()
  await me.ready()
  await me.type('More. ')
  await pictureOf(me, 'offline', `${prefix}offline-${options.colorScheme}`)
  await me.page.context().setOffline(false)
  await me.saved()
  await server.kill()
  await me.type('And more. ')
  await pictureOf(me, 'reconnecting', `${prefix}reconnecting-${options.colorScheme}`)
  await server.start()
  await closeAll(me)
}

/** The server takes its time; then it is busy, its disk is full, its copy is damaged. */
async function inTrouble(browser: Browser, prefix: string, options: Look): Promise<void> {
  const { colorScheme } = options
  const me = await written(browser, options, ['Ben Okafor', 'Indigo'])
  const onAnother = await visitor(browser, server.url, ['Ana Duarte', 'Jade'], options)
  const silence = await Middleman.before(onAnother.page)
  silence.hold()
  await onAnother.page.goto(me.url)
  await onAnother.page.locator('.skeleton').waitFor()
  await shot(onAnother.page, `${prefix}loading-${colorScheme}`)
  const middleman = await Middleman.before(me.page)
  await me.page.reload()
  await me.saved()
  middleman.hold()
  await me.type('Slowly. ')
  await pictureOf(me, 'saving', `${prefix}saving-${colorScheme}`)
  await pictureOf(me, 'slow', `${prefix}slow-${colorScheme}`)
  middleman.letGo()
  await me.saved()
  middleman.putOut('rate-limited')
  await me.type('Later. ')
  await pictureOf(me, 'waiting', `${prefix}busy-${colorScheme}`)
  middleman.passOn()
  await me.saved()
  middleman.refusePushes('not-stored')
  await me.type('Not yet. ')
  await pictureOf(me, 'waiting', `${prefix}not-stored-${colorScheme}`)
  middleman.passOn()
  await me.saved()
  middleman.say({ type: 'role', role: 'reader', reason: 'damaged' })
  await pictureOf(me, 'read-only', `${prefix}damaged-${colorScheme}`)
  await closeAll(me, onAnother)
}

/** What the pill says in this state, with all that it has to say. */
async function pictureOf(me: DocumentPage, state: string, name: string): Promise<void> {
  await me.page.locator(`[data-saved-state="${state}"]`).waitFor()
  await me.pill.getByRole('button', { name: /Details/ }).click()
  await shot(me.page, name)
  await me.page.keyboard.press('Escape')
  await me.text.focus()
}

/** The server one writes on dies, and another one takes over. */
async function moved(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  const servers = await Server.startPeers(3)
  const [first] = servers
  const me = await written(browser, { ...wide, colorScheme }, ['Ben Okafor', 'Indigo'], first)
  const onPhone = await visitor(browser, me.url, ['Ana Duarte', 'Jade'], { ...phone, colorScheme })
  await me.pill.getByRole('button', { name: /Details/ }).click()
  await me.page.getByText(/on 3 of 3 servers/).waitFor()
  await first?.kill()
  await me.page.locator('.moved').waitFor()
  await shot(me.page, `moved-${colorScheme}`)
  await onPhone.page.locator('.moved').waitFor()
  await shot(onPhone.page, `phone-moved-${colorScheme}`)
  await closeAll(me, onPhone)
  for (const server of servers) await server.throwAway()
}

/** Markdown as it is written and as it is read; its outline; code. */
async function writing(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  const me = await written(browser, { ...wide, colorScheme }, ['Ben Okafor', 'Indigo'])
  const { page } = me
  await page.keyboard.press('ControlOrMeta+End')
  await me.paste(moreNotes)
  await page.keyboard.press('ControlOrMeta+Home')
  await page.getByRole('radio', { name: 'Split' }).check({ force: true })
  await page.frameLocator('.preview iframe').locator('.tok-keyword').waitFor()
  await shot(page, `split-${colorScheme}`)
  await page.getByRole('radio', { name: 'Read' }).check({ force: true })
  await page.keyboard.press('ControlOrMeta+.')
  await page.keyboard.press('o')
  await page.getByRole('complementary', { name: 'Outline' }).waitFor()
  await shot(page, `read-outline-${colorScheme}`)
  await page.getByRole('radio', { name: 'Edit', exact: true }).check({ force: true })
  await page.getByRole('button', { name: /Spaces: 2/ }).click()
  await shot(page, `writing-settings-${colorScheme}`)
  await page.keyboard.press('Escape')
  await me.title.fill('count.ts')
  await me.title.press('Enter')
  await me.text.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await me.paste(code)
  await page.locator('.cm-lineNumbers').waitFor()
  await shot(page, `code-${colorScheme}`)
  const onPhone = await written(browser, { ...phone, colorScheme }, ['Ana Duarte', 'Jade'])
  await onPhone.page.getByRole('button', { name: 'More', exact: true }).click()
  await onPhone.page.getByRole('dialog').getByText('Read', { exact: true }).click()
  await onPhone.page.getByRole('dialog').waitFor({ state: 'hidden' })
  await onPhone.page.frameLocator('.preview iframe').locator('h1').waitFor()
  await shot(onPhone.page, `phone-read-${colorScheme}`)
  await onPhone.page.keyboard.press('ControlOrMeta+.')
  await onPhone.page.keyboard.press('o')
  await onPhone.page.getByRole('complementary', { name: 'Outline' }).waitFor()
  await shot(onPhone.page, `phone-read-outline-${colorScheme}`)
  await onPhone.page.keyboard.press('ControlOrMeta+.')
  await onPhone.page.keyboard.press('o')
  await onPhone.page.getByRole('button', { name: 'More', exact: true }).click()
  await onPhone.page.getByRole('heading', { name: 'How I write' }).scrollIntoViewIfNeeded()
  await shot(onPhone.page, `phone-writing-settings-${colorScheme}`)
  await closeAll(me, onPhone)
}

/** A newer version of the page is ready, on a device that is full. */
async function onThisDevice(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  for (const [size, options] of [
    ['device', wide],
    ['phone-device', phone],
  ] as const) {
    const next = await NextVersion.before(server.url)
    const me = await visitor(browser, next.url, ['Ben Okafor', 'Indigo'], { ...options, colorScheme })
    await me.paste(notes)
    await me.saved()
    await me.page.evaluate(() => navigator.serviceWorker.ready)
    next.comesOut()
    await me.page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update()
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('No room', 'QuotaExceededError')
      }
    })
    await me.type('.')
    await me.page.locator('[data-notice="full"]').waitFor()
    await me.page.locator('[data-notice="new-version"]').waitFor()
    await shot(me.page, `${size}-${colorScheme}`)
    await closeAll(me)
    next.close()
  }
}

/** A browser that keeps nothing; then one whose copy was damaged and made anew. */
async function storage(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  for (const [prefix, options] of sizes) {
    const context = await browser.newContext({ ...options, colorScheme })
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Not here', 'SecurityError')
      }
    })
    const blocked = new DocumentPage(await context.newPage())
    await blocked.open(server.url)
    await blocked.page.locator('[data-notice="blocked"]').waitFor()
    await shot(blocked.page, `${prefix}storage-blocked-${colorScheme}`)
    const mended = await written(browser, { ...options, colorScheme }, ['Ben Okafor', 'Indigo'])
    await mended.page.locator('[data-keeping="kept"]').waitFor()
    await mended.page.evaluate(damageCopies)
    await mended.page.reload()
    await mended.page.locator('[data-notice="mended"]').waitFor()
    await shot(mended.page, `${prefix}storage-mended-${colorScheme}`)
    await closeAll(blocked, mended)
  }
}

/** A document that is nearly as long as one can be; then what does not fit any more. */
async function tooLarge(browser: Browser): Promise<void> {
  const document = newDocumentId()
  const author = openClient(document, [server.url], 'Author', true)
  const line = 'A line like all the others, and on.\n'
  author.edit([{ from: 0, to: 0, insert: line.repeat((MAX_DOCUMENT_LENGTH * 0.95) / line.length) }])
  await saved(author, 'the author')
  author.close()
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [prefix, options] of sizes) {
      const context = await browser.newContext({ ...options, colorScheme })
      const me = new DocumentPage(await context.newPage())
      await me.page.goto(`${server.url}/d/${document}`)
      await me.page.locator('[data-notice="room-scarce"]').waitFor()
      await shot(me.page, `${prefix}room-scarce-${colorScheme}`)
      await me.paste('too much '.repeat(100_000))
      await me.page.locator('[data-notice="room-none"]').waitFor()
      await shot(me.page, `${prefix}room-none-${colorScheme}`)
      await closeAll(me)
    }
  }
}

/** A document and its palette, as they are read in German and in French. */
async function inOtherLanguages(browser: Browser): Promise<void> {
  const me = await written(browser, wide, ['Ben Okafor', 'Indigo'])
  for (const locale of ['de', 'fr']) {
    for (const [prefix, options] of sizes) {
      const context = await browser.newContext({ ...options, locale })
      const page = await context.newPage()
      await page.goto(me.url)
      await page.getByText('Field notes, October').first().waitFor()
      await page.locator('[data-saved-state="saved"]').waitFor()
      await shot(page, `${prefix}language-${locale}`)
      await page.keyboard.press('F1')
      await page.locator('.palette-query').waitFor()
      await shot(page, `${prefix}palette-${locale}`)
      await context.close()
    }
  }
  await closeAll(me)
}

/** The links, what they open, and what somebody sees whose link was replaced. */
async function sharing(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  for (const [prefix, options] of sizes) {
    const me = await written(browser, { ...options, colorScheme }, ['Ben Okafor', 'Indigo'])
    const { page } = me
    const other = await visitor(browser, me.url, ['Ana Duarte', 'Jade'], { ...options, colorScheme })
    if (prefix !== '') await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    await page.getByRole('button', { name: 'Make a link to read' }).click()
    const link = page.getByRole('textbox', { name: 'Link to read' })
    await link.waitFor()
    await shot(page, `${prefix}share-${colorScheme}`)
    const reader = await visitor(browser, me.url, ['Cleo Marsh', 'Amber'], { ...options, colorScheme })
    await reader.page.goto(await link.inputValue())
    await reader.page.locator('[data-saved-state="read-only"]').waitFor()
    await reader.page.frameLocator('.preview iframe').getByRole('heading').first().waitFor()
    await shot(reader.page, `${prefix}reader-${colorScheme}`)
    await page.getByRole('button', { name: 'New link to edit' }).click()
    await shot(page, `${prefix}share-new-${colorScheme}`)
    await page.getByRole('group').getByRole('button', { name: 'New link to edit' }).click()
    await other.page.getByRole('alert').waitFor()
    await shot(other.page, `${prefix}link-replaced-${colorScheme}`)
    await closeAll(me, other, reader)
  }
}

/** The server has another document under this address; the page broke. */
async function grave(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  for (const [prefix, options] of sizes) {
    const me = await written(browser, { ...options, colorScheme }, ['Ben Okafor', 'Indigo'])
    const middleman = await Middleman.before(me.page)
    await me.page.reload()
    await me.saved()
    middleman.refuseEntry('history-mismatch')
    await server.kill()
    await me.type(' More.')
    await server.start()
    await me.page.getByRole('alert').waitFor()
    await shot(me.page, `${prefix}mismatch-${colorScheme}`)
    await me.page.evaluate(() => {
      window.matchMedia = () => {
        throw new Error('Broken on purpose')
      }
    })
    await me.page.keyboard.type('!')
    await me.page.getByRole('heading', { name: 'Something broke.' }).waitFor()
    await shot(me.page, `${prefix}crash-${colorScheme}`)
    await closeAll(me)
  }
}

type Persona = readonly [name: string, color: string]

async function visitor(
  browser: Browser,
  url: string,
  persona: Persona,
  options: BrowserContextOptions = wide,
): Promise<DocumentPage> {
  const context = await browser.newContext({ colorScheme: 'light', ...options })
  const document = new DocumentPage(await context.newPage())
  await document.open(url)
  await introduce(document.page, persona)
  return document
}

/** A person with the field notes before them, saved. */
async function written(
  browser: Browser,
  options: BrowserContextOptions,
  persona: Persona,
  on: Server = server,
): Promise<DocumentPage> {
  const document = await visitor(browser, on.url, persona, options)
  await document.title.fill('Field notes')
  await document.title.press('Enter')
  await document.paste(notes)
  await document.saved()
  return document
}

async function introduce(page: Page, [name, color]: Persona): Promise<void> {
  await page.getByRole('button', { name: /^People/ }).click()
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('radio', { name: color }).check({ force: true })
  await page.keyboard.press('Escape')
}

async function select({ page }: DocumentPage, words: string): Promise<void> {
  await page.evaluate((wanted) => {
    const view = Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view
    const anchor = view.state.doc.toString().indexOf(wanted)
    view.focus()
    view.dispatch({ selection: { anchor, head: anchor + wanted.length } })
  }, words)
}

/** After what moves has come to rest, and while carets and the names at them are to be seen. */
async function shot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(350)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  console.log(`docs/screenshots/${name}.png`)
}

async function closeAll(...documents: readonly DocumentPage[]): Promise<void> {
  for (const { page } of documents) await page.context().close()
}

/** Makes the pictures in docs/screenshots again, from the running product: `npm run screenshots`, after a build. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { DocumentPage } from './document-page.ts'
import { LibraryPage } from './library-page.ts'
import { Middleman } from './middleman.ts'
import { NextVersion } from './next-version.ts'
import config from './playwright.config.ts'
import { Server } from './server.ts'

const folder = join(import.meta.dirname, '../docs/screenshots')
const wide = { viewport: { width: 1280, height: 800 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

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
  for (const [prefix, options] of [
    ['', wide],
    ['phone-', phone],
  ] as const) {
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

/** What one sees seldom: nothing written yet, finding, no document, no connection, a server in trouble. */
async function states(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  const fresh = await visitor(browser, server.url, ['Ben Okafor', 'Indigo'], { ...wide, colorScheme })
  await shot(fresh.page, `empty-${colorScheme}`)
  await fresh.page.goto(`${server.url}/d/abcdefghjkmnpqrstuvwxyz234`)
  await fresh.page.getByRole('button', { name: 'Create it' }).waitFor()
  await shot(fresh.page, `no-document-${colorScheme}`)
  await closeAll(fresh)

  const me = await written(browser, { ...wide, colorScheme }, ['Ben Okafor', 'Indigo'])
  await me.page.keyboard.press('ControlOrMeta+f')
  await me.page.getByRole('textbox', { name: 'Find' }).pressSequentially('the')
  await shot(me.page, `find-${colorScheme}`)
  await me.page.keyboard.press('Escape')
  await server.kill()
  await me.page.locator('[data-saved-state="reconnecting"]').waitFor()
  await me.type(' More.')
  await me.pill.getByRole('button', { name: /Details/ }).click()
  await shot(me.page, `reconnecting-${colorScheme}`)
  await server.start()
  await closeAll(me)
  await inTrouble(browser, colorScheme)
}

/** The server is slow; then its disk is full; then its copy is damaged. */
async function inTrouble(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  const me = await written(browser, { ...wide, colorScheme }, ['Ben Okafor', 'Indigo'])
  const middleman = await Middleman.before(me.page)
  await me.page.reload()
  await me.saved()
  middleman.hold()
  await me.type('Slowly. ')
  await me.page.locator('[data-saved-state="slow"]').waitFor()
  await me.pill.getByRole('button', { name: /Details/ }).click()
  await shot(me.page, `slow-${colorScheme}`)
  await me.page.keyboard.press('Escape')
  middleman.letGo()
  await me.saved()
  middleman.refusePushes('not-stored')
  await me.text.focus()
  await me.type('Not yet. ')
  await me.page.locator('[data-saved-state="waiting"]').waitFor()
  await me.pill.getByRole('button', { name: /Details/ }).click()
  await shot(me.page, `not-stored-${colorScheme}`)
  await me.page.keyboard.press('Escape')
  middleman.passOn()
  await me.saved()
  middleman.say({ type: 'role', role: 'reader', reason: 'damaged' })
  await me.page.locator('[data-saved-state="read-only"]').waitFor()
  await me.pill.getByRole('button', { name: /Details/ }).click()
  await shot(me.page, `damaged-${colorScheme}`)
  await closeAll(me)
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

/** The links, what they open, and what somebody sees whose link was replaced. */
async function sharing(browser: Browser, colorScheme: ColorScheme): Promise<void> {
  for (const [prefix, options] of [
    ['', wide],
    ['phone-', phone],
  ] as const) {
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
  for (const [prefix, options] of [
    ['', wide],
    ['phone-', phone],
  ] as const) {
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

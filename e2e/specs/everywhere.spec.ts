import { devices } from '@playwright/test'
import { expectAccessible } from '../accessible.ts'
import type { DocumentPage } from '../document-page.ts'
import { connectionLost, expect, test } from '../fixtures.ts'

const windows = {
  'a wide window': { viewport: { width: 1280, height: 800 } },
  'a phone': { ...devices['Pixel 7'], defaultBrowserType: undefined, viewport: { width: 390, height: 844 } },
}

const press = (name: string | RegExp) => (ann: DocumentPage) =>
  ann.page.getByRole('button', { name, exact: true }).click()

/** Every place of an open document that a person can come to by a key or a press. */
const places: Readonly<Record<string, (ann: DocumentPage) => Promise<unknown>>> = {
  'the text': async (ann) => ann.type('Some words.'),
  people: press(/^People/),
  'the menu': press('More'),
  'the saved state': press(/Details$/),
  finding: (ann) => ann.page.keyboard.press('ControlOrMeta+f'),
}

/** One of our own verbs: the leader, then a letter. */
async function keys({ page }: DocumentPage, letter: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+.')
  await page.keyboard.press(letter)
}

for (const [window, options] of Object.entries(windows)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`in ${window}, ${colorScheme}, axe finds nothing anywhere in a document`, async ({ person }) => {
      const ann = await person(undefined, { ...options, colorScheme })
      await expectAccessible(ann.page)
      await ann.type('Begun. ')
      await ann.saved()
      const bob = await person(ann.url)
      await bob.type('Somebody else. ')
      for (const [place, go] of Object.entries(places)) {
        await test.step(place, async () => {
          await go(ann)
          await expectAccessible(ann.page)
          await ann.page.keyboard.press('Escape')
        })
      }
    })
  }
}

/** Addresses under which there is nothing, with what a person reads there. */
const nowhere = {
  en: {
    '/nope': 'There is no such page.',
    '/d/x': 'No document here yet.',
    '/d/abcdefghjkmnpqrstuvwxyz234': 'No document here yet.',
    '/r/x': 'This link leads nowhere.',
    '/r/abcdefghjkmnpqrstuvwxyz23456': 'This link leads nowhere.',
  },
  de: {
    '/nope': 'Diese Seite gibt es nicht.',
    '/d/x': 'Hier ist noch kein Dokument.',
    '/r/x': 'Dieser Link führt nirgendwohin.',
  },
  fr: {
    '/nope': 'Cette page n’existe pas.',
    '/d/x': 'Pas encore de document ici.',
    '/r/x': 'Ce lien ne mène nulle part.',
  },
}

for (const [locale, headings] of Object.entries(nowhere)) {
  test(`where there is no document, no link and no page, it says so (${locale}), leads on, and axe finds nothing`, async ({
    browser,
    server,
  }) => {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    for (const [path, heading] of Object.entries(headings)) {
      await page.goto(`${server.url}${path}`)
      await expect(page.getByRole('heading')).toHaveText(heading)
      await expect(page.locator('a[href="/"]')).toBeVisible()
      await expect(page.locator('a[href="/docs"]')).toBeVisible()
      await expectAccessible(page)
    }
    await context.close()
  })
}

test.describe('while the server is gone', () => {
  test.use({ expectedErrors: connectionLost })

  test('axe finds nothing', async ({ person, server }) => {
    const ann = await person()
    await ann.type('Kept here.')
    await ann.saved()
    await server.kill()
    await ann.type(' And this.')
    await expect(ann.pill).toHaveAttribute('data-saved-state', 'reconnecting')
    await expectAccessible(ann.page)
    await press(/Details$/)(ann)
    await expectAccessible(ann.page)
  })
})

test('the page speaks the language of the device', async ({ browser, server }) => {
  const context = await browser.newContext({ locale: 'de-AT' })
  const page = await context.newPage()
  await page.goto(server.url)
  await page.getByRole('textbox', { name: 'Text des Dokuments' }).pressSequentially('Grüße')
  await expect(page.getByRole('button', { name: 'Gespeichert. Einzelheiten' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expectAccessible(page)
  await context.close()
})

test('a chosen language is spoken at once, nothing is lost, and it is remembered', async ({ person }) => {
  const ann = await person()
  await ann.type('Kept')
  await ann.saved()
  await press('More')(ann)
  await ann.page.getByRole('combobox', { name: 'Language of the page' }).selectOption('Français')
  await expect(ann.page.getByRole('button', { name: 'Partager' })).toBeVisible()
  await expect(ann.page.locator('html')).toHaveAttribute('lang', 'fr')
  await expect(ann.page.getByRole('textbox', { name: 'Texte du document' })).toHaveText('Kept')
  await expect(ann.page.getByRole('contentinfo')).toContainText('1 mot')
  await ann.page.reload()
  await expect(ann.page.getByRole('button', { name: 'Partager' })).toBeVisible()
})

test('a chosen language leaves what is read where it is', async ({ person }) => {
  const ann = await person()
  await ann.paste(Array.from({ length: 300 }, (_, n) => `Line ${n + 1} of a long text`).join('\n'))
  const line = ann.page.getByText('Line 120 of a long text', { exact: true })
  await ann.page.evaluate(() => {
    const view = Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view
    const { from } = view.state.doc.line(112)
    view.dispatch({ effects: view.constructor.scrollIntoView(from, { y: 'start' }) })
  })
  const before = await line.boundingBox()
  await press('More')(ann)
  await ann.page.getByRole('combobox', { name: 'Language of the page' }).selectOption('Français')
  await expect(ann.page.getByRole('button', { name: 'Partager' })).toBeVisible()
  await expect.poll(async () => Math.abs(((await line.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2)
})

test('who wants no motion sees none', async ({ person }) => {
  const ann = await person(undefined, { reducedMotion: 'reduce' })
  const bob = await person(undefined)
  await bob.type('Begun.')
  await bob.saved()
  await ann.open(bob.url)
  await press('More')(ann)
  expect(await longestMotion(ann)).toBeLessThan(1)
  await ann.page.keyboard.press('Escape')
  await ann.page.keyboard.press('F1')
  await expect(ann.page.getByRole('dialog', { name: 'All actions' })).toBeVisible()
  expect(await longestMotion(ann)).toBeLessThan(1)
  await ann.page.keyboard.press('Escape')
  await keys(ann, 'f')
  await expect(ann.page.locator('.follow-frame')).toBeVisible()
  expect(await longestMotion(ann)).toBeLessThan(1)
})

/** In milliseconds. A flag does not move: it is there, and then it is not. */
async function longestMotion({ page }: DocumentPage): Promise<number> {
  return page.evaluate(() => {
    const moving = [...document.querySelectorAll('*:not(.mh-flag)')].flatMap((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element)
      const animations = animationName === 'none' ? [] : animationDuration.split(',')
      return [...animations, ...transitionDuration.split(',')].map((time) => Number.parseFloat(time) * 1000)
    })
    return Math.max(...moving)
  })
}

/** Ann, whom Bob has just joined, under a name that nobody is given by chance; and what is said of who comes and goes. */
async function whoListens(person: (url?: string) => Promise<DocumentPage>) {
  const ann = await person()
  await ann.type('Begun.')
  await ann.saved()
  const heard = ann.page.getByRole('status').filter({ hasText: /is here|has left/ })
  const bob = await person()
  await press(/^People/)(bob)
  await bob.page.getByRole('textbox', { name: 'Your name' }).fill('Bob')
  await bob.page.keyboard.press('Escape')
  await bob.open(ann.url)
  await expect(heard).toHaveText('Bob is here.')
  return { ann, bob, heard }
}

test('who listens hears who comes and who goes', async ({ person }) => {
  const { bob, heard } = await whoListens(person)
  await bob.page.close()
  await expect(heard).toHaveText('Bob has left.')
})

test.describe('who listens', () => {
  test.use({ expectedErrors: connectionLost })

  test('hears of nobody when a connection was lost, or when somebody goes on in another tab', async ({
    person,
    server,
  }) => {
    const { ann, bob, heard } = await whoListens(person)
    const lines = await heard.evaluateHandle((status) => {
      const said: (string | null)[] = []
      new MutationObserver(() => said.push(status.textContent)).observe(status, {
        childList: true,
        characterData: true,
        subtree: true,
      })
      return said
    })
    await server.kill()
    await expect(ann.page.locator('[data-connection="live"]')).toBeHidden()
    await server.start()
    await Promise.all([ann.connected(), bob.connected()])
    const other = await bob.page.context().newPage()
    await other.goto(ann.url)
    await other.getByRole('textbox', { name: 'Document text' }).pressSequentially('In another tab. ')
    await expect.poll(() => ann.read()).toContain('In another tab.')
    await person(ann.url)
    await expect(heard).not.toHaveText('Bob is here.')
    await expect(heard).toHaveText(/^[^.]* is here\.$/)
    expect(await lines.jsonValue()).toHaveLength(1)
  })
})

test('who does nothing for a minute is idle to the others, until they do something', async ({ browser, person }) => {
  const ann = await person()
  await ann.type('Begun.')
  await ann.saved()
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(ann.url)
  const text = page.getByRole('textbox', { name: 'Document text' })
  await expect(text).toHaveText('Begun.')
  await expect(ann.page.getByRole('button', { name: /^Go to [^()]*$/ })).toBeVisible()
  // Frames that are due say what is in the window: that is the last that this person does.
  await page.clock.runFor(1000)
  await page.clock.fastForward(61_000)
  await expect(ann.page.getByRole('button', { name: /^Go to .* \(idle\)$/ })).toBeVisible()
  await text.pressSequentially('Back.')
  await page.clock.fastForward(1000)
  await expect(ann.page.getByRole('button', { name: /^Go to [^()]*$/ })).toBeVisible()
  await context.close()
})

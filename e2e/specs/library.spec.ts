import { devices } from '@playwright/test'
import { expectAccessible } from '../accessible.ts'
import { DocumentPage } from '../document-page.ts'
import { connectionLost, expect, test } from '../fixtures.ts'
import { filesInZip, LibraryPage } from '../library-page.ts'

const phone = { ...devices['Pixel 7'], defaultBrowserType: undefined, viewport: { width: 390, height: 844 } }
const windows = {
  'a wide light window': { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  'a wide dark window': { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  'a phone': { ...phone, colorScheme: 'light' },
} as const

/** Another document of the same person, saved. */
async function write({ page }: { readonly page: DocumentPage['page'] }, title: string, text: string): Promise<string> {
  const document = new DocumentPage(page)
  await document.open(new URL('/', page.url()).href)
  if (title !== '') {
    await document.title.fill(title)
    await document.title.press('Enter')
  }
  await document.paste(text)
  await document.saved()
  return document.url
}

test('what one has written in or opened is on the list; a document nobody has written in is not', async ({
  person,
}) => {
  const ann = await person()
  const library = await LibraryPage.of(ann)
  await expect(library.page.getByRole('heading', { name: 'Nothing here yet.' })).toBeVisible()

  const url = await write(ann, 'Field notes', 'Two curlews.')
  await write(ann, '', 'No title.')
  await ann.open(new URL('/', url).href)
  await ann.connected()
  await library.open()
  await expect(library.titles).toHaveText(['No title.', 'Field notes'])
  await expect(library.page.getByRole('status').filter({ hasText: '2 documents' })).toBeVisible()

  const ben = await person(url)
  await expect((await LibraryPage.of(ben)).titles).toHaveText(['Field notes'])
})

test('a document opened by a link to read is on the list, under that link', async ({ person }) => {
  const ann = await person()
  await write(ann, 'Field notes', 'Two curlews.')
  await ann.page.getByRole('button', { name: 'Share' }).click()
  await ann.page.getByRole('button', { name: 'Make a link to read' }).click()
  const link = ann.page.getByRole('textbox', { name: 'Link to read' })
  await expect(link).toHaveValue(/^http/)
  await ann.saved()
  const ben = await person()
  const url = await link.inputValue()
  await ben.page.goto(url)
  await expect(ben.title).toHaveValue('Field notes')
  const library = await LibraryPage.of(ben)
  await library.title('Field notes').click()
  await expect(ben.page).toHaveURL(url)
  await expect(ben.page.frameLocator('.preview iframe').getByText('Two curlews.')).toBeVisible()
})

test('what another one calls it, and that they wrote in it, is on my list without opening it', async ({ person }) => {
  const ann = await person()
  const url = await write(ann, 'Field notes', 'Two curlews.')
  await write(ann, 'Tides', 'High at six.')
  const library = await LibraryPage.of(ann)
  await expect(library.titles).toHaveText(['Tides', 'Field notes'])
  const ben = await person(url)
  await ben.title.fill('Curlews')
  await ben.title.press('Enter')
  await ben.saved()
  await library.open()
  await expect(library.titles).toHaveText(['Tides', 'Curlews'])
})

test('a document leads to all of them, and each of them to itself', async ({ person }) => {
  const ann = await person()
  const url = await write(ann, 'Field notes', 'Two curlews.')
  await ann.page.getByRole('link', { name: 'All documents' }).click()
  await new LibraryPage(ann.page).title('Field notes').click()
  await ann.ready()
  expect(ann.url).toBe(url)
  await ann.page.getByRole('button', { name: 'More', exact: true }).click()
  await ann.page.getByRole('dialog').getByRole('button', { name: 'All documents' }).click()
  await expect(ann.page).toHaveURL(/\/docs$/)
})

test('the list is searched as one types, in titles and tags, and Enter opens the first', async ({ person }) => {
  const ann = await person()
  const url = await write(ann, 'Café am Fluss', 'x')
  await write(ann, 'tides.py', 'y')
  const library = await LibraryPage.of(ann)
  await library.tag('tides.py', 'sea, code')
  await library.page.keyboard.press('/')
  await library.search.pressSequentially('SEA')
  await expect(library.titles).toHaveText(['tides.py'])
  await library.search.fill('nowhere')
  await expect(library.page.getByText('Nothing matches “nowhere”.')).toBeVisible()
  await library.page.getByRole('button', { name: 'Clear the search' }).last().click()
  await expect(library.titles).toHaveCount(2)

  await library.search.fill('cafe')
  await expect(library.titles).toHaveText(['Café am Fluss'])
  await library.search.press('Enter')
  await expect(library.page).toHaveURL(url)
})

test('tags choose, are changed, and are there after a reload; the order is remembered', async ({ person }) => {
  const ann = await person()
  await write(ann, 'b 10', 'x')
  await write(ann, 'A', 'x')
  await write(ann, 'b 9', 'x')
  const library = await LibraryPage.of(ann)
  await library.tag('A', 'work, #idea, Work')
  await library.tag('b 9', 'idea')
  await library.page.getByRole('combobox', { name: 'Sort by' }).selectOption('Title')
  await library.open()
  await expect(library.titles).toHaveText(['A', 'b 9', 'b 10'])

  const choice = library.page.getByRole('group', { name: 'Tags' })
  await expect(choice.getByRole('button')).toHaveText(['All', 'idea', 'work'])
  await choice.getByRole('button', { name: 'work' }).click()
  await expect(library.titles).toHaveText(['A'])
  await choice.getByRole('button', { name: 'All' }).click()
  await library.tag('A', '')
  await expect(choice.getByRole('button')).toHaveText(['All', 'idea'])
})

test('a document is renamed from the list, for everyone', async ({ person }) => {
  const ann = await person()
  const url = await write(ann, 'Field notes', 'Two curlews.')
  const ben = await person(url)
  const library = await LibraryPage.of(ann)
  await library.act('Field notes', 'Rename')
  await library.page.getByRole('textbox', { name: 'New title' }).fill('Notes of the field')
  await library.page.keyboard.press('Enter')
  await expect(library.title('Notes of the field')).toBeFocused()
  await expect(ben.title).toHaveValue('Notes of the field')
})

test('a new title stays, though a server that was asked before says the old one late', async ({ person }) => {
  const ann = await person()
  const url = await write(ann, 'Field notes', 'Two curlews.')
  const ben = await person(await write(ann, 'Tides', 'High at six.'))
  await ben.title.fill('High tides')
  await ben.title.press('Enter')
  await ben.saved()
  const answers: (() => Promise<void>)[] = []
  await ann.page.route('**/api/v1/titles', async (route) => {
    const response = await route.fetch()
    answers.push(() => route.fulfill({ response }))
  })
  const library = await LibraryPage.of(ann)
  await expect.poll(() => answers).toHaveLength(1)
  await library.act('Field notes', 'Rename')
  await library.page.getByRole('textbox', { name: 'New title' }).fill('Notes of the field')
  await library.page.keyboard.press('Enter')
  await ben.open(url)
  await expect(ben.title).toHaveValue('Notes of the field')
  for (const answer of answers) await answer()
  await expect(library.titles).toHaveText(['High tides', 'Notes of the field'])
})

test('a new title that is on its way stands in the end, though a server said the old one meanwhile', async ({
  person,
  server,
}) => {
  const ann = await person()
  await write(ann, 'Field notes', 'Two curlews.')
  const asked = ann.page.waitForResponse('**/api/v1/titles')
  const library = await LibraryPage.of(ann)
  const body = await (await asked).body()
  await ann.page.route('**/api/v1/titles', (route) => route.fulfill({ body }))
  server.stop()
  await library.act('Field notes', 'Rename')
  await library.page.getByRole('textbox', { name: 'New title' }).fill('Notes of the field')
  await library.page.keyboard.press('Enter')
  await expect(library.titles).toHaveText(['Notes of the field'])
  await library.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(library.titles).toHaveText(['Field notes'])
  server.goOn()
  await expect(library.titles).toHaveText(['Notes of the field'])
})

test('a new title that no server takes gives way to the old one, with a sentence', async ({ person }) => {
  const ann = await person()
  await remember(ann, 'neverwrtenneverwrtenneverw', 'Gone')
  const library = await LibraryPage.of(ann)
  await library.act('Gone', 'Rename')
  await library.page.getByRole('textbox', { name: 'New title' }).fill('Here')
  await library.page.keyboard.press('Enter')
  await expect(library.page.getByRole('alert')).toHaveText(/“Gone” keeps its title. This document is no longer/)
  await expect(library.titles).toHaveText(['Gone'])
})

test('a text that cannot be fetched is named, and no empty file is made of it', async ({ person }) => {
  const ann = await person()
  await remember(ann, 'neverwrtenneverwrtenneverw', 'Gone')
  await write(ann, 'Here', 'Still here.')
  const library = await LibraryPage.of(ann)
  const { bytes } = await library.download(() => library.menu('Download all'))
  expect(filesInZip(bytes)).toEqual({ 'Here.md': 'Still here.' })
  await expect(library.page.getByRole('alert')).toHaveText(/“Gone” could not be fetched. This document is no longer/)
})

test('a document that one may only read leads to its link, and is not renamed from the list', async ({ person }) => {
  const ann = await person()
  await remember(ann, 'k'.repeat(28), 'Read me')
  const library = await LibraryPage.of(ann)
  await expect(library.title('Read me')).toHaveAttribute('href', `/r/${'k'.repeat(28)}`)
  await library.page.getByRole('button', { name: 'Actions for Read me' }).click()
  await expect(library.page.getByRole('menuitem')).toHaveCount(6)
  await expect(library.page.getByRole('menuitem', { name: 'Rename' })).toHaveCount(0)
})

test('the trash takes a document off the list, and undo brings it back', async ({ person }) => {
  const ann = await person()
  const url = await write(ann, 'Field notes', 'Two curlews.')
  const library = await LibraryPage.of(ann)
  await library.act('Field notes', 'Move to the trash')
  await expect(library.titles).toHaveCount(0)
  await library.news.getByRole('button', { name: 'Undo' }).click()
  await expect(library.titles).toHaveText(['Field notes'])

  await library.act('Field notes', 'Move to the trash')
  await library.page.getByRole('link', { name: 'Trash (1)' }).click()
  await expect(library.titles).toHaveText(['Field notes'])
  await library.act('Field notes', 'Restore')
  await expect(library.page.getByText('The trash is empty.')).toBeVisible()
  await library.page.getByRole('link', { name: 'All documents' }).click()
  await expect(library.titles).toHaveText(['Field notes'])

  await library.act('Field notes', 'Move to the trash')
  await library.menu('Trash (1)')
  await library.page.getByRole('button', { name: 'Empty the trash' }).click()
  await expect(library.news).toContainText('Its link still leads to it.')
  await library.page.keyboard.press('ControlOrMeta+z')
  await expect(library.titles).toHaveText(['Field notes'])
  await library.act('Field notes', 'Remove from the list')
  await library.open()
  await expect(library.page.getByRole('heading', { name: 'Nothing here yet.' })).toBeVisible()

  const ben = await person(url)
  await expect.poll(() => ben.read()).toBe('Two curlews.')
})

test('the list is used with the keyboard alone', async ({ person }) => {
  const ann = await person()
  await write(ann, 'One', 'x')
  await write(ann, 'Two', 'x')
  await write(ann, 'Three', 'x')
  const library = await LibraryPage.of(ann)
  const { keyboard } = library.page
  await keyboard.press('/')
  await keyboard.press('ArrowDown')
  await expect(library.title('Three')).toBeFocused()
  await keyboard.press('ArrowDown')
  await keyboard.press('F2')
  await keyboard.type('Second')
  await keyboard.press('Enter')
  await expect(library.title('Second')).toBeFocused()
  await keyboard.press('Delete')
  await expect(library.title('One')).toBeFocused()
  await keyboard.press('ControlOrMeta+z')
  await expect(library.titles).toHaveText(['Three', 'Second', 'One'])

  await library.page.getByRole('button', { name: 'Actions for One' }).press('Enter')
  await expect(library.page.getByRole('menuitem', { name: 'Rename' })).toBeFocused()
  await keyboard.press('ArrowUp')
  await expect(library.page.getByRole('menuitem', { name: 'Move to the trash' })).toBeFocused()
  await keyboard.press('Escape')
  await expect(library.page.getByRole('button', { name: 'Actions for One' })).toBeFocused()
  await library.title('One').press('Enter')
  await ann.ready()
  await expect(ann.title).toHaveValue('One')
})

test('on an Apple keyboard Backspace throws away, and the line of keys says so', async ({ person }) => {
  const ann = await person()
  await ann.page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'platform', { value: 'MacIntel' }))
  await write(ann, 'One', 'x')
  await write(ann, 'Two', 'x')
  const library = await LibraryPage.of(ann)
  await expect(library.page.getByText('⌫ throws away')).toBeVisible()
  await library.title('Two').press('Backspace')
  await expect(library.title('One')).toBeFocused()
  await expect(library.titles).toHaveText(['One'])
})

test('files dropped become documents, and what is no text is refused in a sentence', async ({ person }) => {
  const ann = await person()
  const library = await LibraryPage.of(ann)
  await library.dropLong('huge.log', 52_428_800)
  await library.drop([
    { name: 'notes.md', content: '# Notes\r\n\r\nÀ la mer 🌊' },
    { name: 'picture.png', content: [0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13] },
    { name: 'old.txt', content: [0x63, 0x61, 0x66, 0xe9] },
    { name: 'empty.txt', content: '' },
    { name: 'tides.py', content: 'print("high")\n' },
  ])
  await expect(library.news).toHaveText('3 documents imported.')
  await expect(library.titles).toHaveText(['empty.txt', 'notes.md', 'tides.py'])
  const sentences = library.page.getByRole('alert').getByRole('listitem')
  await expect(sentences.filter({ hasText: 'picture.png' })).toHaveText('“picture.png” is not text and was left out.')
  await expect(sentences.filter({ hasText: 'old.txt' })).toContainText('is not in UTF-8')
  await expect(sentences.filter({ hasText: 'huge.log' })).toContainText('longer than a document may be, 10,000,000')
  await expect(sentences).toHaveCount(3)

  await library.title('notes.md').click()
  await ann.ready()
  const ben = await person(ann.url)
  await expect(ben.title).toHaveValue('notes.md')
  await expect.poll(() => ben.read()).toBe('# Notes\n\nÀ la mer 🌊')
})

test('files are chosen as well as dropped', async ({ person }) => {
  const library = await LibraryPage.of(await person())
  const [chooser] = await Promise.all([
    library.page.waitForEvent('filechooser'),
    library.page.getByRole('button', { name: 'Import files…' }).click(),
  ])
  await chooser.setFiles({ name: 'chosen.txt', mimeType: 'text/plain', buffer: Buffer.from('Chosen.') })
  await expect(library.titles).toHaveText(['chosen.txt'])
})

test.describe('while the server is away', () => {
  test.use({ expectedErrors: connectionLost })

  test('what is dropped waits, says so, and arrives', async ({ person, server }) => {
    const ann = await person()
    const library = await LibraryPage.of(ann)
    await server.kill()
    await library.drop([{ name: 'patient.txt', content: 'I can wait.' }])
    await expect(library.page.getByText('1 document is on the way to the server. Keep this page open.')).toBeVisible()
    await expect(library.titles).toHaveCount(0)
    await server.start()
    await expect(library.titles).toHaveText(['patient.txt'])
    await library.title('patient.txt').click()
    await ann.ready()
    await expect.poll(() => ann.read()).toBe('I can wait.')
  })

  test('a text comes from this device', async ({ person, server }) => {
    const ann = await person()
    await write(ann, 'Field notes', 'Two curlews.')
    const library = await LibraryPage.of(ann)
    await server.kill()
    const { name, bytes } = await library.download(() => library.act('Field notes', 'Download as text'))
    expect([name, bytes.toString()]).toEqual(['Field notes.txt', 'Two curlews.'])
  })
})

test('one document is downloaded as Markdown, as text and as a page in which nothing runs', async ({ person }) => {
  const ann = await person()
  const text = '# Notes <script>alert(1)</script>\n\n- [x] *done*\n\n[bad](javascript:alert(1))'
  await write(ann, 'notes.md', text)
  const library = await LibraryPage.of(ann)
  const markdown = await library.download(() => library.act('notes.md', 'Download as Markdown'))
  expect([markdown.name, markdown.bytes.toString()]).toEqual(['notes.md', text])
  const plain = await library.download(() => library.act('notes.md', 'Download as text'))
  expect([plain.name, plain.bytes.toString()]).toEqual(['notes.txt', text])

  const page = await library.download(() => library.act('notes.md', 'Download as web page'))
  expect(page.name).toBe('notes.html')
  const opened = await ann.page.context().newPage()
  await opened.setContent(page.bytes.toString())
  await expect(opened.getByRole('heading', { name: 'Notes <script>alert(1)</script>' })).toBeVisible()
  await expect(opened.getByRole('checkbox')).toBeChecked()
  await expect(opened.locator('script, [href^="javascript:"]')).toHaveCount(0)
})

test('all documents are downloaded as one archive, each under a name of its own, without the trash', async ({
  person,
}) => {
  const ann = await person()
  await write(ann, 'Field notes', 'Two curlews.')
  await write(ann, 'field Notes', 'One of them ringed. 🌊')
  await write(ann, '../../tides.py', 'print("high")')
  await write(ann, 'Thrown away', 'x')
  const library = await LibraryPage.of(ann)
  await library.act('Thrown away', 'Move to the trash')
  const { name, bytes } = await library.download(() => library.menu('Download all'))
  expect(name).toMatch(/^manyhands-\d{4}-\d\d-\d\d\.zip$/)
  expect(filesInZip(bytes)).toEqual({
    'tides.py': 'print("high")',
    'field Notes.md': 'One of them ringed. 🌊',
    'Field notes (2).md': 'Two curlews.',
  })
})

test('two tabs show the same list', async ({ person }) => {
  const ann = await person()
  await write(ann, 'Field notes', 'x')
  const library = await LibraryPage.of(ann)
  const tab = new LibraryPage(await ann.page.context().newPage())
  await tab.page.goto(library.page.url())
  await expect(tab.titles).toHaveText(['Field notes'])
  await library.act('Field notes', 'Move to the trash')
  await expect(tab.titles).toHaveCount(0)
  await tab.page.keyboard.press('ControlOrMeta+z')
  await expect(tab.titles).toHaveCount(0)
})

test('a full device and a blocked one say so, and both leave documents as they are', async ({ person }) => {
  const ann = await person()
  const url = await write(ann, 'Field notes', 'Two curlews.')
  const library = await LibraryPage.of(ann)
  await library.page.evaluate(() => {
    for (let size = 1 << 22; size > 0; size >>= 1) {
      try {
        for (let n = 0; ; n++) localStorage.setItem(`filler-${size}-${n}`, 'x'.repeat(size))
      } catch {
        // No room for one more of this size.
      }
    }
  })
  await library.open()
  await expect(library.page.getByRole('alert')).toContainText('This device has no room left')
  await expect(library.titles).toHaveText(['Field notes'])

  await ann.page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Blocked', 'SecurityError')
      },
    })
  })
  await ann.open(url)
  await expect.poll(() => ann.read()).toBe('Two curlews.')
  await library.open()
  await expect(library.page.getByRole('alert')).toContainText('This browser keeps nothing here')
})

test('a link that cannot be copied is said, to be copied by hand', async ({ person }) => {
  const ann = await person()
  const url = await write(ann, 'Field notes', 'Two curlews.')
  const library = await LibraryPage.of(ann)
  await ann.page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await library.act('Field notes', 'Copy the link')
  await expect(library.news).toContainText(`Copy the link by hand: ${url}`)
  await expectAccessible(ann.page)
})

test('titles and tags that try something are text', async ({ person }) => {
  const ann = await person()
  await write(ann, '<img src=x onerror=alert(1)>\u202Egnp', 'x')
  const library = await LibraryPage.of(ann)
  await expect(library.titles).toHaveText(['<img src=x onerror=alert(1)>gnp'])
  await library.tag('<img src=x onerror=alert(1)>gnp', '"><svg/onload=alert(1)>')
  await expect(library.page.getByRole('group', { name: 'Tags' })).toContainText('"><svg/onload=alert(1)>')
  await expect(library.page.locator('main img, main svg[onload]')).toHaveCount(0)
})

for (const [window, options] of Object.entries(windows)) {
  test(`in ${window} axe finds nothing on any state of the list, and nothing overflows`, async ({ person }) => {
    // Axe looks at seven states.
    test.slow()
    const ann = await person(undefined, options)
    const library = await LibraryPage.of(ann)
    await fits(library)
    await expectAccessible(library.page)
    await write(ann, 'w'.repeat(200), 'x')
    await write(ann, 'Field notes', 'x')
    await library.open()
    await library.tag('Field notes', `birds, ${'long'.repeat(16)}`)
    await fits(library)
    await expectAccessible(library.page)
    await library.page.getByRole('button', { name: 'Actions for Field notes' }).click()
    await expectAccessible(library.page)
    await library.page.getByRole('menuitem', { name: 'Rename' }).click()
    await expectAccessible(library.page)
    await library.page.keyboard.press('Escape')
    await library.search.fill('nowhere')
    await expectAccessible(library.page)
    await library.search.fill('')
    await library.drop([{ name: 'picture.png', content: [0x89, 0, 0] }])
    await library.act('Field notes', 'Move to the trash')
    await fits(library)
    await expectAccessible(library.page)
    await library.page.getByRole('link', { name: 'Trash (1)' }).click()
    await expect(library.page.getByRole('heading', { name: 'Trash' })).toBeVisible()
    await fits(library)
    await expectAccessible(library.page)
  })
}

for (const [locale, heading] of [
  ['de-AT', 'Dokumente'],
  ['fr-FR', 'Documents'],
] as const) {
  test(`a device that speaks ${locale} is spoken to in its language`, async ({ browser, server }) => {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    await page.goto(`${server.url}/docs`)
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await expect(page.getByText(/Hier ist noch nichts|Rien ici/)).toBeVisible()
    await context.close()
  })
}

/** As if it had been opened on this device once. */
async function remember({ page }: DocumentPage, address: string, title: string): Promise<void> {
  const seen = JSON.stringify({ title, openedAt: 1, changedAt: 1, tags: [], trashedAt: null })
  await page.evaluate(([key, value]) => localStorage.setItem(key, value), [
    `manyhands.document.${address}`,
    seen,
  ] as const)
}

async function fits({ page }: LibraryPage): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
}

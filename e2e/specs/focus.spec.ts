/** Where the keys go: what is pressed and goes away leaves the focus where one can go on. */
import type { DocumentPage } from '../document-page.ts'
import { connectionLost, expect, test } from '../fixtures.ts'
import { LibraryPage } from '../library-page.ts'
import { Middleman } from '../middleman.ts'

test.use({ expectedErrors: connectionLost })

function press({ page }: DocumentPage, name: string | RegExp): Promise<void> {
  return page.getByRole('button', { name, exact: true }).press('Enter')
}

/** Ben has opened what Ann wrote, and its text is still coming. */
async function waiting(person: (url?: string) => Promise<DocumentPage>) {
  const ann = await person()
  await ann.type('text')
  await ann.saved()
  const ben = await person()
  const middleman = await Middleman.before(ben.page)
  middleman.hold()
  await ben.page.goto(ann.url)
  return { ann, ben, middleman }
}

async function keys({ page }: DocumentPage, letter: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+.')
  await page.keyboard.press(letter)
}

test('what is typed into the title while the text is still coming stays in the title', async ({ person }) => {
  const { ben, middleman } = await waiting(person)
  await ben.title.click()
  await ben.page.keyboard.type('My ti')
  middleman.letGo()
  await ben.ready()
  await ben.page.keyboard.type('tle')
  await expect(ben.title).toHaveValue('My title')
  expect(await ben.read()).toBe('text')
})

test('who has gone to the text while it is still coming types into it when it is there', async ({ person }) => {
  const { ann, ben, middleman } = await waiting(person)
  await ben.text.focus()
  middleman.letGo()
  await ben.ready()
  await ben.page.keyboard.press('ControlOrMeta+End')
  await ben.page.keyboard.type('!')
  await expect.poll(() => ann.read()).toBe('text!')
})

test.describe('after a press on what goes away one types on:', () => {
  test('calling the server now', async ({ person, server }) => {
    const ann = await person()
    await ann.connected()
    await server.kill()
    await press(ann, 'Now')
    await expect(ann.text).toBeFocused()
    await server.start()
  })

  test('the outline, closed by its button and by Escape', async ({ person }) => {
    const ann = await person()
    await ann.paste('# One\n\n## Two')
    const outline = ann.page.getByRole('complementary', { name: 'Outline' })
    await keys(ann, 'o')
    await outline.getByRole('button', { name: 'Close' }).press('Enter')
    await expect(ann.text).toBeFocused()
    await keys(ann, 'o')
    await outline.getByRole('button', { name: 'Two' }).focus()
    await ann.page.keyboard.press('Escape')
    await expect(outline).toBeHidden()
    await expect(ann.text).toBeFocused()
  })

  test('no longer following', async ({ person }) => {
    const ann = await person()
    await person(ann.url)
    await expect(ann.page.getByRole('button', { name: /^Go to / })).toBeVisible()
    await keys(ann, 'f')
    await press(ann, 'Stop following')
    await expect(ann.text).toBeFocused()
  })
})

test('in Share the focus stays in the panel, which Escape still closes', async ({ person }) => {
  const ann = await person()
  await ann.connected()
  await press(ann, 'Share')
  const panel = ann.page.getByRole('dialog', { name: 'Share' })
  const renew = panel.getByRole('button', { name: 'New link to edit' }).first()
  await renew.press('Enter')
  await panel.getByRole('button', { name: 'Keep the old one' }).press('Enter')
  await expect(renew).toBeFocused()
  await panel.getByRole('button', { name: 'Make a link to read' }).press('Enter')
  await expect(panel).toBeFocused()
  await ann.page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
})

test('a heading of the outline keeps the focus while somebody writes above it', async ({ person }) => {
  const ann = await person()
  await ann.paste('top\n\n# One\n\n# Two')
  await ann.saved()
  const ben = await person(ann.url)
  await keys(ann, 'o')
  const two = ann.page.getByRole('complementary', { name: 'Outline' }).getByRole('button', { name: 'Two' })
  await two.focus()
  await ben.caretAfter('top')
  await ben.type('\nmore')
  await ben.page.keyboard.press('ControlOrMeta+End')
  await ben.type(' too')
  await expect(ann.page.getByRole('button', { name: 'Two too' })).toBeFocused()
})

test('the sheet of a phone, closed by its button or beside it, leads back to what opened it', async ({ person }) => {
  const ann = await person(undefined, { viewport: { width: 390, height: 800 } })
  const more = ann.page.getByRole('button', { name: 'More', exact: true })
  const sheet = ann.page.locator('dialog.sheet')
  await more.press('Enter')
  await sheet.getByRole('button', { name: 'Close' }).press('Enter')
  await expect(sheet).toBeHidden()
  await expect(more).toBeFocused()
  await more.press('Enter')
  await ann.page.mouse.click(195, 5)
  await expect(sheet).toBeHidden()
  await expect(more).toBeFocused()
})

test('in the library the focus goes to what is beside what went', async ({ person }) => {
  const ann = await person()
  await ann.type('x')
  await ann.saved()
  const library = await LibraryPage.of(ann)
  await library.drop(['One', 'Two', 'Three'].map((name) => ({ name, content: name })))
  // Until all are there the list is sorted anew.
  await expect(library.page.getByText('3 documents imported.')).toBeVisible()
  const { page } = library
  const onSomething = (): Promise<boolean> => page.evaluate(() => document.activeElement !== document.body)
  const [, second = ''] = await library.titles.allTextContents()

  await page.getByRole('button', { name: `Actions for ${second}`, exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'Move to the trash' }).press('Enter')
  await expect(library.title(second)).toHaveCount(0)
  await expect(library.titles.nth(1)).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(library.title(second)).toBeVisible()
  await expect.poll(onSomething).toBe(true)

  await library.search.fill('nothing like it')
  await page.getByRole('button', { name: 'Clear the search' }).last().press('Enter')
  await expect(library.search).toBeFocused()
  await library.search.fill('One')
  await page.getByRole('button', { name: 'Clear the search' }).press('Enter')
  await expect(library.search).toBeFocused()

  for (const name of ['One', 'Two']) await library.act(name, 'Move to the trash')
  await page.getByRole('link', { name: /^Trash/ }).click()
  await page.getByRole('button', { name: 'Actions for One', exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'Restore' }).press('Enter')
  await expect(library.title('Two')).toBeFocused()
  await page.getByRole('button', { name: 'Empty the trash' }).press('Enter')
  await expect(library.title('Two')).toHaveCount(0)
  await expect.poll(onSomething).toBe(true)
})

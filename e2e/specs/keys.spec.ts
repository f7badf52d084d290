/** The keys of actions, wherever the focus is. */
import { expect, test } from '../fixtures.ts'
import { LibraryPage } from '../library-page.ts'

test('the first of two keys is forgotten after a moment, and a second one that means nothing is typed', async ({
  person,
}) => {
  const ann = await person()
  await ann.page.clock.install()
  await ann.page.reload()
  await ann.ready()
  await ann.text.focus()
  const { keyboard } = ann.page
  await keyboard.press('ControlOrMeta+.')
  await ann.page.clock.runFor(2000)
  await keyboard.type('of')
  await expect.poll(() => ann.read()).toBe('of')
  await keyboard.press('ControlOrMeta+.')
  await keyboard.type('xy')
  await expect.poll(() => ann.read()).toBe('ofxy')
})

test('the keys of saving never open the browser’s own saving', async ({ person }) => {
  const ann = await person()
  await ann.type('x')
  await ann.saved()
  const prevented = (): Promise<boolean> =>
    ann.page.evaluate(() => {
      const event = new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true, cancelable: true })
      return !document.activeElement?.dispatchEvent(event)
    })
  expect(await prevented()).toBe(true)
  await ann.title.focus()
  expect(await prevented()).toBe(true)
  await ann.page.getByRole('button', { name: 'Share' }).focus()
  expect(await prevented()).toBe(true)
  await ann.page.keyboard.press('F1')
  await expect(ann.page.getByRole('combobox', { name: 'What do you want to do?' })).toBeFocused()
  expect(await prevented()).toBe(true)
  await LibraryPage.of(ann)
  expect(await prevented()).toBe(true)
})

test('the keys of replacing open the search with what to put in its place', async ({ person }) => {
  const ann = await person()
  await ann.type('red fish, red')
  await ann.page.keyboard.press('ControlOrMeta+h')
  await expect(ann.page.getByRole('textbox', { name: 'Find' })).toBeFocused()
  await ann.page.keyboard.type('red')
  await ann.page.keyboard.press('ControlOrMeta+h')
  await expect(ann.page.getByRole('textbox', { name: 'Replace' })).toBeFocused()
  await ann.page.keyboard.type('blue')
  await ann.page.getByRole('button', { name: 'replace all' }).click()
  await expect.poll(() => ann.read()).toBe('blue fish, blue')
})

test('Mod-K opens the palette, but where it makes a link', async ({ person }) => {
  const ann = await person()
  const query = ann.page.getByRole('combobox', { name: 'What do you want to do?' })
  await expect(ann.page.getByRole('combobox', { name: 'Language of the text' })).toBeEnabled()
  await ann.type('word')
  await ann.page.keyboard.press('ControlOrMeta+k')
  await expect.poll(() => ann.read()).toContain('[word](')
  await ann.title.focus()
  await ann.page.keyboard.press('ControlOrMeta+k')
  await expect(query).toBeFocused()
  await ann.page.keyboard.press('Escape')
  await ann.title.fill('a.js')
  await ann.title.press('Enter')
  await expect(ann.page.locator('.cm-lineNumbers')).toBeVisible()
  await ann.text.focus()
  await ann.page.keyboard.press('ControlOrMeta+k')
  await expect(query).toBeFocused()
  await ann.page.keyboard.press('Escape')
  await ann.saved()
  await LibraryPage.of(ann)
  await ann.page.keyboard.press('ControlOrMeta+k')
  await expect(query).toBeFocused()
})

test('the palette has what the editor can do, the settings, the languages, and each person by name', async ({
  person,
}) => {
  const ann = await person()
  await person(ann.url)
  await expect(ann.page.getByRole('button', { name: /^Go to / })).toBeVisible()
  const query = ann.page.getByRole('combobox', { name: 'What do you want to do?' })
  const choose = async (words: string): Promise<void> => {
    await ann.page.keyboard.press('F1')
    await query.fill(words)
    await ann.page.keyboard.press('Enter')
  }
  await expect(ann.page.getByRole('combobox', { name: 'Language of the text' })).toBeEnabled()
  await ann.type('one two one')
  await ann.page.keyboard.press('ControlOrMeta+d')
  await choose('select all occ')
  await ann.type('x')
  await expect.poll(() => ann.read()).toBe('x two x')
  await choose('wrap')
  await expect(ann.page.locator('.cm-lineWrapping')).toHaveCount(0)
  await choose('wrap')
  await expect(ann.page.locator('.cm-lineWrapping')).toHaveCount(1)
  await choose('follow the')
  await expect(ann.page.locator('.follow-frame')).toBeVisible()
  await ann.page.keyboard.press('Escape')
  await expect(ann.page.locator('.follow-frame')).toBeHidden()
  const name = (await ann.page.getByRole('button', { name: /^Go to / }).getAttribute('aria-label'))?.slice(
    'Go to '.length,
  )
  await choose(`follow ${name}`)
  await expect(ann.page.locator('.follow-frame')).toBeVisible()
  await choose('deutsch')
  await expect(ann.page.locator('html')).toHaveAttribute('lang', 'de')
})

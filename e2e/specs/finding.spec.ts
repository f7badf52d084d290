import type { Locator } from '@playwright/test'
import { expectAccessible } from '../accessible.ts'
import type { DocumentPage } from '../document-page.ts'
import { expect, test } from '../fixtures.ts'

const palette = ({ page }: DocumentPage): Locator => page.getByRole('dialog', { name: 'All actions' })
const field = ({ page }: DocumentPage): Locator => page.getByRole('combobox', { name: 'What do you want to do?' })

test('F1 and Mod-Shift-P, in the text and out of it, and a button show all that can be done', async ({ person }) => {
  const ann = await person()
  await ann.text.focus()
  for (const open of [
    () => ann.page.keyboard.press('F1'),
    () => ann.page.keyboard.press('ControlOrMeta+Shift+P'),
    () => ann.page.getByRole('button', { name: 'All actions', exact: true }).click(),
  ]) {
    await open()
    await expect(field(ann)).toBeFocused()
    await expectAccessible(ann.page)
    await ann.page.keyboard.press('Escape')
    await expect(palette(ann)).toBeHidden()
  }
  await ann.title.focus()
  await ann.page.keyboard.press('F1')
  await expect(field(ann)).toBeFocused()
})

test('a few letters and Enter do it, and the text has the focus again', async ({ person }) => {
  const ann = await person()
  await ann.text.focus()
  await ann.page.keyboard.insertText('one')
  await ann.page.keyboard.press('F1')
  await field(ann).pressSequentially('undo')
  await expect(palette(ann).getByRole('option', { selected: true })).toContainText('Undo my last edit')
  await ann.page.keyboard.press('Enter')
  await expect.poll(() => ann.read()).toBe('')
  await expect(ann.text).toBeFocused()
})

test('arrows choose, round the end and the beginning; what was done last stands first', async ({ person }) => {
  const ann = await person()
  await ann.page.keyboard.press('F1')
  await field(ann).pressSequentially('theme')
  await ann.page.keyboard.press('ArrowUp')
  await expect(palette(ann).getByRole('option').last()).toHaveAttribute('aria-selected', 'true')
  await ann.page.keyboard.press('ArrowDown')
  await expect(palette(ann).getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await field(ann).fill('dark theme')
  await ann.page.keyboard.press('Enter')
  await expect(ann.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await field(ann).waitFor({ state: 'hidden' })
  await ann.page.keyboard.press('F1')
  await field(ann).fill('light theme')
  await ann.page.keyboard.press('Enter')
  await ann.page.keyboard.press('F1')
  await expect(palette(ann).getByRole('option').first()).toContainText('Dark theme')
})

test('what is asked for in the moment in which the palette closes is there', async ({ person }) => {
  const ann = await person()
  await ann.page.keyboard.press('F1')
  await field(ann).fill('dark theme')
  await expect(palette(ann).getByRole('option', { selected: true })).toContainText('Dark theme')
  // The browser says in the next frame that the dialog has closed.
  await field(ann).evaluate((input) => {
    const press = (target: Element, key: string) =>
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    press(input, 'Enter')
    press(document.body, 'F1')
  })
  await ann.frame()
  await expect(field(ann)).toHaveValue('')
  await expect(field(ann)).toBeFocused()
})

test('where no action matches, the palette says what was asked for', async ({ person }) => {
  const ann = await person()
  await ann.page.keyboard.press('F1')
  await field(ann).fill('<b>zzz</b>')
  await expect(palette(ann)).toContainText('No action is called “<b>zzz</b>”.')
  await expectAccessible(ann.page)
})

test('a question mark shows the shortcuts, and in the text it is a question mark', async ({ person }) => {
  const ann = await person()
  await ann.type('Why?')
  expect(await ann.read()).toBe('Why?')
  await ann.page.keyboard.press('Escape')
  await ann.page.keyboard.press('Tab')
  await expect(ann.text).not.toBeFocused()
  await ann.page.keyboard.press('?')
  const sheet = ann.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toContainText('Find in the text')
  await expect(sheet).toContainText('F1')
  await expectAccessible(ann.page)
  await ann.page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
})

test('on a phone, finding from the sheet waits for words', async ({ person }) => {
  const ann = await person(undefined, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  await ann.page.getByRole('button', { name: 'More', exact: true }).tap()
  await ann.page.getByRole('button', { name: /^Find in the text/ }).tap()
  await expect(ann.page.getByRole('textbox', { name: 'Find' })).toBeFocused()
})

test('Escape leads from a panel back to where one was', async ({ person }) => {
  const ann = await person()
  await ann.text.focus()
  const people = ann.page.getByRole('button', { name: /^People/ })
  await people.click()
  await expect(ann.page.getByRole('dialog')).toBeFocused()
  await ann.page.keyboard.press('Escape')
  await expect(ann.text).toBeFocused()
  await people.press('Enter')
  await expect(ann.page.getByRole('dialog')).toBeFocused()
  await ann.page.keyboard.press('Escape')
  await expect(people).toBeFocused()
})

test('everything in the menu can be reached and done by keys', async ({ person }) => {
  const ann = await person()
  await ann.page.getByRole('button', { name: 'More', exact: true }).focus()
  await ann.page.keyboard.press('Enter')
  const item = ann.page.getByRole('button', { name: /^Find in the text/ })
  for (let n = 0; n < 12 && !(await item.evaluate((it) => it === document.activeElement)); n += 1) {
    await ann.page.keyboard.press('Tab')
  }
  await ann.page.keyboard.press('Enter')
  await expect(ann.page.getByRole('textbox', { name: 'Find' })).toBeFocused()
})

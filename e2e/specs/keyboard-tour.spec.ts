import type { DocumentPage } from '../document-page.ts'
import { expect, test } from '../fixtures.ts'

/** The leader of our own verbs, then a letter. */
async function keys({ page }: DocumentPage, letter: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+.')
  await page.keyboard.press(letter)
}

/** The name of what has the focus, and whether one sees that it has it. */
async function focus({ page }: DocumentPage): Promise<{ readonly name: string; readonly seen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
    const ring = element.closest('label, select') ?? element
    const rings = [element, ring].some((it) => getComputedStyle(it).outlineStyle !== 'none')
    return { name, seen: rings || element.matches('.cm-content, body') }
  })
}

test('a whole visit without a mouse: write, name, look up, choose, follow, read the shortcuts', async ({ person }) => {
  const ann = await person()
  const { keyboard } = ann.page

  await test.step('the text has the focus from the start', async () => {
    await keyboard.type('# Tour')
    await expect.poll(() => ann.read()).toBe('# Tour')
    await ann.saved()
  })

  await test.step('F2 names the document, and one key leads back to the text', async () => {
    await keyboard.press('F2')
    await expect(ann.title).toBeFocused()
    await keyboard.type('Without a mouse')
    await expect(ann.title).toHaveValue('Without a mouse')
    await keyboard.press('Enter')
    await expect(ann.page).toHaveTitle(/^Without a mouse/)
    await keys(ann, 't')
    await expect(ann.text).toBeFocused()
  })

  await test.step('Escape and Tab leave the text, and Tab comes to everything, each with its ring', async () => {
    const names = new Set<string>()
    await keyboard.press('Escape')
    for (let n = 0; n < 40; n += 1) {
      await keyboard.press('Tab')
      const { name, seen } = await focus(ann)
      expect(seen, `the focus is seen on “${name}”`).toBe(true)
      names.add(name)
      // In the text Tab indents.
      if (name === 'Document text') await keyboard.press('Escape')
    }
    for (const name of ['New document', 'Document title', 'People: only you', 'Share', 'All actions', 'More']) {
      expect(
        [...names].some((one) => one.startsWith(name)),
        `${name} among ${[...names].join(', ')}`,
      ).toBe(true)
    }
  })

  await test.step('people: a panel opens, takes a name, and leads back to where one was', async () => {
    await ann.text.focus()
    await keys(ann, 'p')
    await expect(ann.page.getByRole('dialog', { name: 'People' })).toBeFocused()
    await keyboard.press('Tab')
    await expect(ann.page.getByRole('textbox', { name: 'Your name' })).toBeFocused()
    await keyboard.press('ControlOrMeta+a')
    await keyboard.type('Ann')
    await keyboard.press('Escape')
    await expect(ann.text).toBeFocused()
  })

  await test.step('the menu does what is chosen, and gives the focus back', async () => {
    const more = ann.page.getByRole('button', { name: 'More', exact: true })
    await more.focus()
    await keyboard.press('Enter')
    const download = ann.page.waitForEvent('download')
    await ann.page.getByRole('button', { name: 'Download' }).focus()
    await keyboard.press('Enter')
    await download
    await expect(more).toBeFocused()
  })

  await test.step('the palette does what it is asked', async () => {
    await keyboard.press('F1')
    await expect(ann.page.getByRole('combobox', { name: 'What do you want to do?' })).toBeFocused()
    await keyboard.type('dark theme')
    await expect(ann.page.getByRole('option', { name: 'Dark theme' })).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('Enter')
    await expect(ann.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  })

  await test.step('a question mark shows the shortcuts', async () => {
    await keyboard.press('?')
    await expect(ann.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await keyboard.press('Escape')
  })

  await test.step('somebody comes and is followed, and Escape ends it', async () => {
    await person(ann.url)
    await expect(ann.page.getByRole('button', { name: /^Go to / })).toBeVisible()
    await keys(ann, 't')
    await keys(ann, 'f')
    await expect(ann.page.locator('.follow-frame')).toBeVisible()
    await keyboard.press('Escape')
    await expect(ann.page.locator('.follow-frame')).toBeHidden()
  })

  await test.step('and nothing of all this was typed', async () => {
    expect(await ann.read()).toBe('# Tour')
  })
})

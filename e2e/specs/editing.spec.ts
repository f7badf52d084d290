import type { CDPSession } from '@playwright/test'
import type { DocumentPage } from '../document-page.ts'
import { connectionLost, expect, test } from '../fixtures.ts'

test.use({ expectedErrors: connectionLost })

function syntaxField({ page }: DocumentPage) {
  return page.getByRole('combobox', { name: 'Language of the text' })
}

async function entitle(document: DocumentPage, title: string): Promise<void> {
  await document.title.fill(title)
  await document.title.press('Enter')
}

async function selection({ page }: DocumentPage): Promise<readonly [number, number]> {
  return page.evaluate(() => {
    const { from, to } = Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view.state.selection.main
    return [from, to] as const
  })
}

test.describe('the language of a text', () => {
  test('is what the title ends in, for everyone', async ({ person }) => {
    const ann = await person()
    await ann.paste('const one = 1')
    await ann.saved()
    const ben = await person(ann.url)
    await entitle(ann, 'sum.ts')
    for (const { text, page } of [ann, ben]) {
      await expect(text.locator('.tok-keyword')).toHaveText('const')
      await expect(page.locator('.cm-lineNumbers')).toBeVisible()
    }
    await expect(ann.text).toHaveAttribute('spellcheck', 'false')
    await expect(ann.page.getByRole('radio', { name: 'Split' })).toHaveCount(0)
  })

  test('can be chosen, and everyone has it chosen, also after a reload', async ({ person }) => {
    const ann = await person()
    await ann.paste('def one():\n  pass')
    await ann.saved()
    const ben = await person(ann.url)
    await syntaxField(ben).selectOption('Python')
    await expect(syntaxField(ann)).toHaveValue('Python')
    await expect(ann.text.locator('.tok-keyword').first()).toHaveText('def')
    await ben.saved()
    await ann.page.reload()
    await expect(syntaxField(ann)).toHaveValue('Python')
    await syntaxField(ann).selectOption('')
    await expect(syntaxField(ben)).toHaveValue('')
    await expect(ben.text.locator('.tok-keyword')).toHaveCount(0)
  })
})

test.describe('typing', () => {
  test('goes on with a list, ends it on an empty item, and closes brackets', async ({ person }) => {
    const ann = await person()
    await expect(ann.text).toHaveAttribute('data-language', 'markdown')
    await ann.type('- [ ] boat')
    await ann.page.keyboard.press('Enter')
    await ann.type('tent (two')
    await expect.poll(() => ann.read()).toBe('- [ ] boat\n- [ ] tent (two)')
    await ann.type(')')
    await ann.page.keyboard.press('Enter')
    await ann.page.keyboard.press('Enter')
    await ann.type('done')
    await expect.poll(() => ann.read()).toBe('- [ ] boat\n- [ ] tent (two)\ndone')
  })

  test('an opening bracket that is taken back takes its closing one along', async ({ person }) => {
    const ann = await person()
    await expect(syntaxField(ann)).toBeEnabled()
    await ann.type('a (')
    await expect.poll(() => ann.read()).toBe('a ()')
    await ann.page.keyboard.press('Backspace')
    await expect.poll(() => ann.read()).toBe('a ')
  })

  test('an apostrophe stays alone in prose, a quotation mark gets its twin in code', async ({ person }) => {
    const ann = await person()
    await expect(ann.text).toHaveAttribute('data-language', 'markdown')
    await ann.type('it\'s "so" ')
    await expect.poll(() => ann.read()).toBe('it\'s "so" ')
    await entitle(ann, 'a.js')
    await expect(ann.page.locator('.cm-lineNumbers')).toBeVisible()
    await ann.text.focus()
    await ann.type('"')
    await expect.poll(() => ann.read()).toBe('it\'s "so" ""')
  })

  test('a table from a spreadsheet becomes a table', async ({ person }) => {
    const ann = await person()
    await expect(ann.text).toHaveAttribute('data-language', 'markdown')
    await ann.type('Birds:')
    await ann.page.evaluate(() => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'bird\tcount\ncurlew\t2\n')
      clipboardData.setData('text/html', '<table><tr><td>bird</td><td>count</td></tr></table>')
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      document.querySelector('.cm-content')?.dispatchEvent(event)
    })
    await expect.poll(() => ann.read()).toBe('Birds:\n\n| bird   | count |\n| ------ | ----: |\n| curlew | 2     |\n')
    await ann.page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => ann.read()).not.toContain('|')
  })

  test('keys and actions make words bold, lines a list, and one step takes each back; code has other keys', async ({
    person,
  }) => {
    const ann = await person()
    await expect(ann.text).toHaveAttribute('data-language', 'markdown')
    await ann.type('red fish')
    await ann.page.keyboard.press('ControlOrMeta+b')
    await expect.poll(() => ann.read()).toBe('red **fish**')
    await ann.page.keyboard.press('ControlOrMeta+Shift+8')
    await expect.poll(() => ann.read()).toBe('- red **fish**')
    await ann.page.keyboard.press('F1')
    await ann.page.getByRole('combobox', { name: 'What do you want to do?' }).fill('bold')
    await ann.page.keyboard.press('Enter')
    await expect.poll(() => ann.read()).toBe('- red fish')
    await ann.page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => ann.read()).toBe('- red **fish**')
    await entitle(ann, 'a.js')
    await expect(ann.page.locator('.cm-lineNumbers')).toBeVisible()
    await ann.page.keyboard.press('ControlOrMeta+b')
    await ann.type('!')
    await expect.poll(() => ann.read()).toContain('!')
    expect((await ann.read()).replace('!', '')).toBe('- red **fish**')
  })

  test('several carets write at once: Alt and a press, or the next occurrence', async ({ person }) => {
    const ann = await person()
    await ann.paste('red fish\nblue fish\n')
    await ann.caretAfter('red ')
    await ann.page.keyboard.press('ControlOrMeta+d')
    await ann.page.keyboard.press('ControlOrMeta+d')
    await ann.type('bird')
    await expect.poll(() => ann.read()).toBe('red bird\nblue bird\n')
    await ann.saved()
  })
})

test('the line below counts the words of a selection', async ({ person }) => {
  const ann = await person()
  await ann.type('Three 👩‍👩‍👧‍👦 words here')
  const status = ann.page.getByRole('contentinfo')
  await expect(status).toContainText('3 words')
  await expect(status).toContainText('18 characters')
  await ann.page.keyboard.press('ControlOrMeta+Shift+ArrowLeft')
  await expect(status).toContainText('1 word selected')
  await expect(status).toContainText('4 characters selected')
})

test('the outline lists the headings, follows what is read, and leads there', async ({ person }) => {
  const ann = await person()
  const sections = Array.from({ length: 40 }, (_, n) => `## Part ${n}\n\n${'words\n\n'.repeat(10)}`)
  await ann.paste(sections.join(''))
  await ann.page.keyboard.press('ControlOrMeta+Home')
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('o')
  const outline = ann.page.getByRole('complementary', { name: 'Outline' })
  await expect(outline.getByRole('button', { name: /^Part/ })).toHaveCount(40)
  await expect(outline.locator('[aria-current]')).toHaveText('Part 0')
  await outline.getByRole('button', { name: 'Part 20', exact: true }).click()
  await expect(outline.locator('[aria-current]')).toHaveText('Part 20')
  await expect(ann.text.getByText('## Part 20')).toBeInViewport()
  await ann.type('## Early ')
  await expect(outline.getByRole('button', { name: /Early/ })).toBeVisible()
  await outline.getByRole('button', { name: 'Close' }).click()
  await expect(outline).toBeHidden()
})

test('the settings for writing open from the menu too', async ({ person }) => {
  const ann = await person()
  await ann.page.getByRole('button', { name: 'More', exact: true }).click()
  await ann.page.getByRole('button', { name: /^How I write/ }).click()
  const settings = ann.page.getByRole('dialog', { name: 'How I write' })
  await expect(settings.getByLabel('Vim keys')).toBeVisible()
  await ann.page.keyboard.press('Escape')
  await expect(settings).toBeHidden()
})

test('how I like to write is remembered on this device', async ({ person }) => {
  const ann = await person()
  await ann.page.getByRole('button', { name: /Spaces: 2/ }).click()
  const settings = ann.page.getByRole('dialog', { name: 'How I write' })
  await settings.getByLabel('Size of the letters').selectOption('20')
  await settings.getByLabel('Spaces of a tab').selectOption('4')
  await settings.getByLabel('Wrap long lines').uncheck()
  await settings.getByLabel('Check the spelling').uncheck()
  await ann.page.keyboard.press('Escape')
  const asChosen = async (): Promise<void> => {
    await expect(ann.page.locator('.cm-scroller')).toHaveCSS('font-size', '20px')
    await expect(ann.text).not.toHaveClass(/cm-lineWrapping/)
    await expect(ann.text).toHaveAttribute('spellcheck', 'false')
  }
  await asChosen()
  await ann.text.focus()
  await ann.page.keyboard.press('Tab')
  await expect.poll(() => ann.read()).toBe('    ')
  await ann.saved()
  await ann.page.reload()
  await asChosen()
})

test('vim’s keys move, change and undo my own edits only', async ({ person }) => {
  const ann = await person()
  await ann.paste('one two')
  await ann.saved()
  const ben = await person(ann.url)
  await ben.page.getByRole('button', { name: /Spaces: 2/ }).click()
  await ben.page.getByLabel('Vim keys').check()
  await ben.page.keyboard.press('Escape')
  await expect(ben.page.locator('.cm-vim-panel, .cm-fat-cursor').first()).toBeAttached()
  await ben.text.focus()
  await ben.page.keyboard.type('ggdw')
  await expect.poll(() => ann.read()).toBe('two')
  await ann.page.keyboard.press('ControlOrMeta+End')
  await ann.type(' three')
  await expect.poll(() => ben.read()).toBe('two three')
  await ben.page.keyboard.type('u')
  await expect.poll(() => ann.read()).toBe('one two three')
})

test('each line runs in the direction of its own words', async ({ person }) => {
  const ann = await person()
  await ann.paste('English first\nשלום עולם\nمرحبا world\n')
  const directions = ann.text
    .locator('.cm-line')
    .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).direction))
  expect((await directions).slice(0, 3)).toEqual(['ltr', 'rtl', 'rtl'])
  await ann.caretAfter('שלום')
  await ann.page.keyboard.press('ArrowLeft')
  await ann.type('!')
  await expect.poll(() => ann.read()).toBe('English first\nשלום !עולם\nمرحبا world\n')
})

const androidChrome =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'

test.describe('an input method', () => {
  test('and somebody else in the same line keep both texts', async ({ person }) => {
    const ann = await person()
    await ann.type('Hello world')
    await ann.saved()
    const ben = await person(ann.url)
    await ann.caretAfter('Hello')
    const keyboard = await ann.page.context().newCDPSession(ann.page)
    await compose(keyboard, ' に')
    await compose(keyboard, ' にほ')
    await expect.poll(() => ben.read()).toBe('Hello にほ world')
    await ben.caretAfter(' world')
    await ben.type(', says Ben')
    await ben.page.keyboard.press('Home')
    await ben.type('Ben: ')
    await compose(keyboard, ' にほん')
    await compose(keyboard, ' 日本')
    await keyboard.send('Input.insertText', { text: ' 日本語' })
    const both = 'Ben: Hello 日本語 world, says Ben'
    await expect.poll(() => ann.read()).toBe(both)
    await expect.poll(() => ben.read()).toBe(both)
  })

  // Chrome on Android composes every word, and tells the page's elements nothing of it (EditContext).
  for (const [where, options] of [
    ['a computer', {}],
    ['an Android phone', { userAgent: androidChrome }],
  ] as const) {
    test(`on ${where} holds back what others write in its line, and nothing else`, async ({ person }) => {
      const ann = await person(undefined, options)
      expect(await ann.text.evaluate((text) => Reflect.get(text, 'editContext') !== null)).toBe('userAgent' in options)
      await ann.paste('first\nHello world\nlast')
      await ann.saved()
      const ben = await person(ann.url)
      await ann.caretAfter('Hello')
      const keyboard = await ann.page.context().newCDPSession(ann.page)
      await compose(keyboard, ' に')
      await expect.poll(() => ben.read()).toContain('Hello に world')
      await ben.caretAfter('world')
      await ben.type(', says Ben')
      await ben.page.keyboard.press('ControlOrMeta+Home')
      await ben.type('Ben was here\n')
      await ben.page.keyboard.press('ControlOrMeta+End')
      await ben.type(' words')
      await expect.poll(() => ann.read()).toBe('Ben was here\nfirst\nHello に world\nlast words')
      await compose(keyboard, ' 日本')
      await keyboard.send('Input.insertText', { text: ' 日本' })
      const both = 'Ben was here\nfirst\nHello 日本 world, says Ben\nlast words'
      await expect.poll(() => ann.read()).toBe(both)
      await expect.poll(() => ben.read()).toBe(both)
    })
  }

  test('that is given up leaves what was there', async ({ person }) => {
    const ann = await person()
    await ann.type('ab')
    await ann.saved()
    const ben = await person(ann.url)
    await ann.caretAfter('a')
    const keyboard = await ann.page.context().newCDPSession(ann.page)
    await compose(keyboard, 'ㅎ')
    await expect.poll(() => ben.read()).toBe('aㅎb')
    await ben.caretAfter('b')
    await ben.type('c')
    await compose(keyboard, '')
    await ann.text.blur()
    await expect.poll(() => ann.read()).toBe('abc')
    await expect.poll(() => ben.read()).toBe('abc')
  })
})

async function compose(keyboard: CDPSession, text: string): Promise<void> {
  await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
}

test.describe('undo', () => {
  test('puts the selection where it was, and goes there', async ({ person }) => {
    const ann = await person()
    await ann.paste(`first line\n${'\nmore'.repeat(200)}`)
    await ann.saved()
    await ann.caretAfter('first')
    await ann.page.keyboard.press('Shift+Home')
    await ann.page.keyboard.press('Delete')
    await ann.page.keyboard.press('ControlOrMeta+End')
    await expect(ann.text.getByText('line', { exact: true })).not.toBeInViewport()
    await ann.page.keyboard.press('ControlOrMeta+z')
    await expect(ann.text.getByText('first line')).toBeInViewport()
    expect(await selection(ann)).toEqual([0, 5])
  })

  test('of mine only, also when the server went away in between', async ({ person, server }) => {
    const ann = await person()
    await ann.text.focus()
    await ann.page.keyboard.insertText('Ann')
    await ann.saved()
    const ben = await person(ann.url)
    await ben.page.keyboard.press('ControlOrMeta+End')
    await ben.type(' and Ben')
    await expect.poll(() => ann.read()).toBe('Ann and Ben')
    await server.kill()
    await ann.page.keyboard.press('ControlOrMeta+End')
    await ann.page.keyboard.insertText(', offline')
    await server.start()
    await expect.poll(() => ben.read()).toBe('Ann and Ben, offline')
    await ann.page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => ben.read()).toBe('Ann and Ben')
    await ann.page.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => ben.read()).toBe(' and Ben')
    await ann.page.keyboard.press('ControlOrMeta+Shift+z')
    await expect.poll(() => ben.read()).toBe('Ann and Ben')
  })
})

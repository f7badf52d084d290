import { hostileMarkdown } from '@manyhands/testkit'
import type { FrameLocator } from '@playwright/test'
import { expectAccessible } from '../accessible.ts'
import type { DocumentPage } from '../document-page.ts'
import { expect, test } from '../fixtures.ts'
import { settled } from '../settled.ts'

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

function previewOf({ page }: DocumentPage): FrameLocator {
  return page.frameLocator('.preview iframe')
}

async function choose({ page }: DocumentPage, mode: 'Edit' | 'Split' | 'Read'): Promise<void> {
  const choice = page.getByRole('radio', { name: mode, exact: true })
  // The disc itself is unseen; a person presses its word, which stands still before it is pressed.
  await page.locator('label').filter({ has: choice }).click()
  await expect(choice).toBeChecked()
}

test.describe('the preview', () => {
  test('shows what another person writes, side by side with the text', async ({ person }) => {
    const ann = await person()
    await ann.paste(
      '# Plan\n\n- [ ] boat\n- [x] tent\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nSaid[^1].\n\n[^1]: By Ben.\n',
    )
    await ann.saved()
    await choose(ann, 'Split')
    const preview = previewOf(ann)
    await expect(preview.getByRole('heading', { name: 'Plan' })).toBeVisible()
    await expect(preview.getByRole('checkbox', { name: 'tent' })).toBeChecked()
    await expect(preview.getByRole('cell', { name: '2' })).toBeVisible()
    await expect(preview.locator('.footnotes')).toContainText('By Ben.')
    await expect(ann.text).toBeVisible()

    const ben = await person(ann.url)
    await ben.caretAfter('# Plan')
    await ben.type(' of Ben')
    await expect(preview.getByRole('heading', { name: 'Plan of Ben' })).toBeVisible()
  })

  test('is in the address, and a link with it opens it', async ({ person }) => {
    const ann = await person()
    await ann.paste('*well*')
    await ann.saved()
    await choose(ann, 'Read')
    await expect(ann.page).toHaveURL(/\?mode=read$/)
    await expect(ann.text).toBeHidden()
    await ann.page.reload()
    await expect(previewOf(ann).locator('em')).toHaveText('well')
    await choose(ann, 'Edit')
    await expect(ann.page).toHaveURL(/^[^?]*$/)
    await expect(ann.text).toBeVisible()
  })

  test('a pressed box is ticked in the text of everyone', async ({ person }) => {
    const ann = await person()
    await ann.paste('one\n\n> - [ ] boat\n> - [x] tent\n')
    await ann.saved()
    const ben = await person(`${ann.url}?mode=split`)
    await previewOf(ben).getByRole('checkbox', { name: 'boat' }).click()
    await expect.poll(() => ann.read()).toBe('one\n\n> - [x] boat\n> - [x] tent\n')
    await expect(previewOf(ben).getByRole('checkbox', { name: 'boat' })).toBeChecked()
    await previewOf(ben).getByRole('checkbox', { name: 'tent' }).click()
    await expect.poll(() => ann.read()).toBe('one\n\n> - [x] boat\n> - [ ] tent\n')
  })

  test('code has colours, and a footnote’s link goes to the footnote', async ({ person }) => {
    const ann = await person()
    await ann.paste(`a[^1]\n\n${'text\n\n'.repeat(80)}\`\`\`js\nconst one = 1\n\`\`\`\n\n[^1]: Far below.`)
    await choose(ann, 'Read')
    const preview = previewOf(ann)
    await expect(preview.locator('.tok-keyword')).toHaveText('const')
    await preview.locator('.footnote-ref a').click()
    await expect(preview.locator('.footnotes')).toBeInViewport()
    await expect(preview.locator('.footnote-ref')).not.toBeInViewport()
    await ann.connected()
  })

  test('both sides scroll as one, whichever is scrolled', async ({ person }) => {
    const ann = await person(undefined, { viewport: { width: 1200, height: 700 } })
    const sections = Array.from(
      { length: 60 },
      (_, n) => `## Section ${n}\n\n${'Some words. '.repeat(n % 7 === 0 ? 90 : 4)}`,
    )
    await ann.paste(sections.join('\n\n'))
    await choose(ann, 'Split')
    const preview = previewOf(ann)
    await expect(preview.getByRole('heading', { name: 'Section 59' })).toBeAttached()

    await scrollEditorTo(ann, '## Section 30')
    await expect(preview.getByRole('heading', { name: 'Section 30', exact: true })).toBeInViewport()

    await preview.getByRole('heading', { name: 'Section 12', exact: true }).evaluate((heading) => {
      heading.scrollIntoView({ block: 'start' })
    })
    await expect(ann.text.getByText('## Section 12', { exact: true })).toBeInViewport()

    await preview.locator('body').evaluate((body) => body.ownerDocument.defaultView?.scrollTo(0, body.scrollHeight))
    await expect(ann.text.getByText('## Section 59')).toBeInViewport()
  })

  test('leaves the keys of the page alone: they work when it has the focus, and what is not in sight is not searched', async ({
    person,
  }) => {
    const ann = await person()
    await ann.paste('# Plan\n\nwords')
    await ann.saved()
    await ann.page.goto(`${ann.url}?mode=read`)
    await previewOf(ann).getByRole('heading', { name: 'Plan' }).click()
    await ann.page.keyboard.press('F1')
    const palette = ann.page.getByRole('dialog', { name: 'All actions' })
    await expect(palette.getByRole('option', { name: /^Outline/ })).toBeVisible()
    await expect(palette.getByRole('option', { name: /^Find in the text/ })).toHaveCount(0)
    await ann.page.keyboard.press('Escape')
    await expect(palette).toBeHidden()
    await previewOf(ann).getByRole('heading', { name: 'Plan' }).click()
    await ann.page.keyboard.press('ControlOrMeta+.')
    await ann.page.keyboard.press('1')
    await expect(ann.text).toBeFocused()
  })

  test('closes an open panel that is left for it, by a press or otherwise', async ({ person }) => {
    const ann = await person()
    await ann.paste('# Plan\n\nwords')
    await choose(ann, 'Split')
    const people = ann.page.getByRole('dialog', { name: 'People' })
    const open = ann.page.getByRole('button', { name: /^People/ })
    await open.click()
    await expect(people).toBeVisible()
    // The panel lies over what is further to the right.
    await previewOf(ann)
      .getByRole('heading', { name: 'Plan' })
      .click({ position: { x: 5, y: 5 } })
    await expect(people).toBeHidden()
    await open.click()
    await expect(people).toBeVisible()
    await previewOf(ann)
      .locator('body')
      .evaluate((body) => body.ownerDocument.defaultView?.focus())
    await expect(people).toBeHidden()
  })

  test('an edit above what is read leaves the reader where they are', async ({ person }) => {
    const ann = await person()
    await ann.paste(Array.from({ length: 60 }, (_, n) => `## Section ${n}\n\nwords`).join('\n\n'))
    await ann.saved()
    const ben = await person(ann.url)
    await choose(ben, 'Read')
    const heading = previewOf(ben).getByRole('heading', { name: 'Section 40', exact: true })
    await heading.evaluate((element) => element.scrollIntoView({ block: 'start' }))
    const top = async () => (await heading.boundingBox())?.y ?? 0
    const before = await settled(top)
    await ann.page.keyboard.press('ControlOrMeta+Home')
    await ann.type('A new line\nand another\n\n')
    await expect(previewOf(ben).getByText('A new line')).toBeAttached()
    await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(40)
  })

  for (const mode of ['Split', 'Read'] as const) {
    test(`what is read near the end stays where it is, whatever others do: ${mode}`, async ({ person }) => {
      const ann = await person()
      await ann.paste(Array.from({ length: 60 }, (_, n) => `## Section ${n}\n\nwords`).join('\n\n'))
      await ann.saved()
      const ben = await person(ann.url, { viewport: { width: 1200, height: 700 } })
      await choose(ben, mode)
      await staysWhile(ben, 'Section 56', async () => {
        await ann.caretAfter('## Section 10')
        await ann.type(' of Ann')
        await expect(previewOf(ben).getByText('Section 10 of Ann')).toBeAttached()
        await ann.type('\n\nOne more line\n\nand another')
        await expect(previewOf(ben).getByText('and another')).toBeAttached()
        await ann.caretAfter('## Section 59')
        await ann.type(' is the last')
        await expect(previewOf(ben).getByText('Section 59 is the last')).toBeAttached()
      })
    })
  }

  test('what is read at the end, come to from the editor, stays where it is while others go on writing', async ({
    person,
  }) => {
    const ann = await person()
    await ann.paste(Array.from({ length: 60 }, (_, n) => `## Section ${n}\n\nwords`).join('\n\n'))
    await ann.saved()
    const ben = await person(ann.url, { viewport: { width: 1200, height: 700 } })
    await ben.caretAfter('Section 59')
    await scrollEditorTo(ben, '## Section 56')
    await choose(ben, 'Read')
    await expect(previewOf(ben).getByText('Section 56', { exact: true })).toBeInViewport()
    await staysAsItIs(ben, 'Section 56', async () => {
      await ann.caretAfter('## Section 59')
      await ann.type('\n\nOne more line\n\nand another\n\nand one\n\nand the last')
      await expect(previewOf(ben).getByText('and the last')).toBeAttached()
    })
  })

  test('a link that is followed in the moment others write leads where it says', async ({ person }) => {
    const ann = await person()
    await ann.paste(
      `[To the last](#section-59)\n\n${Array.from({ length: 60 }, (_, n) => `## Section ${n}`).join('\n\n')}`,
    )
    await ann.saved()
    const ben = await person(ann.url)
    await choose(ben, 'Read')
    const link = previewOf(ben).getByRole('link', { name: 'To the last' })
    // Nobody is told of a scrolling before the next frame, and something may be shown in that one.
    await ben.page.evaluate(() => {
      const frame = document.querySelector<HTMLIFrameElement>('.preview iframe')
      frame?.contentWindow?.addEventListener('scroll', (event) => event.stopImmediatePropagation(), true)
    })
    await link.click()
    await expect(previewOf(ben).getByText('Section 59', { exact: true })).toBeInViewport()
    await staysAsItIs(ben, 'Section 59', async () => {
      await ann.caretAfter('## Section 58')
      await ann.type(' of Ann')
      await expect(previewOf(ben).getByText('Section 58 of Ann')).toBeAttached()
    })
  })

  test('who goes from both sides to reading reads by keys', async ({ person }) => {
    const ann = await person()
    await ann.paste('words\n\n'.repeat(100))
    await choose(ann, 'Split')
    const scrolled = () =>
      previewOf(ann)
        .locator('html')
        .evaluate((page) => page.scrollTop)
    await ann.text.focus()
    await ann.page.keyboard.press('ControlOrMeta+Home')
    await expect.poll(scrolled).toBeLessThan(100)
    await ann.page.keyboard.press('ControlOrMeta+.')
    await ann.page.keyboard.press('3')
    await expect(ann.page.getByRole('radio', { name: 'Read', exact: true })).toBeChecked()
    await ann.page.keyboard.press('End')
    await expect.poll(scrolled).toBeGreaterThan(1000)
  })

  test('what is read stays where it is in one long list, and where the text itself has nothing to scroll', async ({
    person,
  }) => {
    const ann = await person()
    await ann.paste(Array.from({ length: 14 }, (_, n) => `# Section ${n}`).join('\n'))
    await ann.saved()
    const ben = await person(ann.url, { viewport: { width: 1200, height: 700 } })
    await choose(ben, 'Split')
    await staysWhile(ben, 'Section 6', async () => {
      await ann.caretAfter('# Section 0')
      await ann.type(' of Ann\n# and one more')
      await expect(previewOf(ben).getByText('and one more')).toBeAttached()
    })
    await ann.page.keyboard.press('ControlOrMeta+A')
    await ann.paste(Array.from({ length: 100 }, (_, n) => `- Item ${n}`).join('\n'))
    await staysWhile(ben, 'Item 96', async () => {
      await ann.caretAfter('- Item 1')
      await ann.type(' of Ann\nand one more')
      await expect(previewOf(ben).getByText('and one more')).toBeAttached()
    })
  })
})

test.describe('hostile Markdown', () => {
  test('is text: nothing runs, nothing is fetched, nothing leaves the frame', async ({ person, server }) => {
    const ann = await person()
    const foreign: string[] = []
    ann.page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|about|blob):/.test(request.url()))
        foreign.push(request.url())
    })
    ann.page.on('dialog', (dialog) => foreign.push(dialog.message()))
    await ann.paste(`${hostileMarkdown.join('\n\n')}\n\nthe end of it`)
    await ann.saved()
    await choose(ann, 'Split')
    await expect(previewOf(ann).getByText('the end of it')).toBeAttached({ timeout: 20_000 })

    const frame = ann.page.frames().find((one) => one !== ann.page.mainFrame())
    const strange = await frame?.evaluate(() =>
      [...document.body.querySelectorAll('*')].flatMap((element) => [
        ...(/^(script|iframe|object|embed|svg|math|form|style|link|meta|base)$/i.test(element.tagName)
          ? [element.tagName]
          : []),
        ...[...element.attributes].flatMap(({ name, value }) =>
          /^on|^srcdoc$|^name$/i.test(name) || /^\s*(javascript|vbscript|data:text|data:image\/svg)/i.test(value)
            ? [name]
            : [],
        ),
      ]),
    )
    expect(strange).toEqual([])
    expect(await ann.page.evaluate(() => 'ran' in window)).toBe(false)
    expect(foreign).toEqual([])
    expect(ann.page.frames()).toHaveLength(2)
  })

  test('even a page inside the frame that has a script does not run it', async ({ person }) => {
    const ann = await person()
    await ann.paste('text')
    await choose(ann, 'Split')
    await expect(previewOf(ann).getByText('text')).toBeVisible()
    await ann.page.evaluate(() => {
      const inside = document.querySelector('iframe')?.contentDocument
      if (inside)
        inside.body.innerHTML = '<img src="data:," onerror="parent.ran=1"><a href="javascript:parent.ran=1">go</a>'
    })
    await previewOf(ann).getByText('go').click()
    expect(await ann.page.evaluate(() => 'ran' in window)).toBe(false)
  })

  test.use({ expectedErrors: /Blocked script execution|violates the following Content Security Policy/ })

  test('a megabyte of nested lists does not stop the writing', async ({ person }) => {
    const ann = await person()
    await choose(ann, 'Split')
    await ann.paste(`${'- '.repeat(2000)}x\n`.repeat(200))
    await ann.page.keyboard.press('ControlOrMeta+Home')
    await ann.type('still here')
    await expect.poll(async () => (await ann.read()).slice(0, 10)).toBe('still here')
    await ann.saved()
  })

  test('a line of 10 MB is kept, and the preview says that it shows the beginning', async ({ person }) => {
    const ann = await person()
    await choose(ann, 'Split')
    await ann.paste('word '.repeat(1_900_000))
    await expect(ann.page.getByText('This text is long.')).toBeVisible({ timeout: 30_000 })
    expect((await ann.read()).length).toBe(9_500_000)
  })
})

/** Whoever reads scrolls until these words are at the top. */
async function staysWhile(reader: DocumentPage, words: string, happens: () => Promise<void>): Promise<void> {
  const place = previewOf(reader).getByText(words, { exact: true })
  await place.evaluate((element) => element.scrollIntoView({ block: 'start' }))
  await staysAsItIs(reader, words, happens)
}

async function staysAsItIs(reader: DocumentPage, words: string, happens: () => Promise<void>): Promise<void> {
  const place = previewOf(reader).getByText(words, { exact: true })
  const top = async () => (await place.boundingBox())?.y ?? 0
  // One side follows the other in the next frame.
  const twoFrames = async () => {
    await reader.frame()
    await reader.frame()
  }
  await twoFrames()
  const before = await settled(top)
  await happens()
  await twoFrames()
  expect(Math.abs((await top()) - before)).toBeLessThan(2)
}

async function scrollEditorTo({ page }: DocumentPage, words: string): Promise<void> {
  // Heights out of sight are estimates, and come true as one gets there.
  await expect
    .poll(() =>
      page.evaluate((wanted) => {
        const view = Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view
        const { top } = view.lineBlockAt(view.state.doc.toString().indexOf(wanted))
        const there = Math.abs(view.scrollDOM.scrollTop - top) < 2
        view.scrollDOM.scrollTop = top
        return there
      }, words),
    )
    .toBe(true)
}

test('every mode, the outline and the settings are accessible', async ({ person }) => {
  const ann = await person()
  await ann.paste(
    '# One\n\n- [ ] boat\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nconst one = 1 // two\n```\n\nSaid[^1].\n\n[^1]: Ben',
  )
  await ann.saved()
  for (const mode of ['Split', 'Read'] as const) {
    await choose(ann, mode)
    await expect(previewOf(ann).locator('.tok-keyword')).toBeVisible()
    await expectAccessible(ann.page)
  }
  const rendered = await ann.page.context().newPage()
  const [look, text] = await Promise.all(['head', 'body'].map((part) => previewOf(ann).locator(part).innerHTML()))
  await rendered.setContent(`<html lang="en"><head><title>One</title>${look}</head><main>${text}</main></html>`)
  await expectAccessible(rendered)
  await choose(ann, 'Edit')
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('o')
  await expect(ann.page.getByRole('complementary', { name: 'Outline' })).toBeVisible()
  await ann.page.getByRole('button', { name: /Spaces: 2/ }).click()
  await expectAccessible(ann.page)
})

test('a table from a spreadsheet becomes a table, and a table among prose stays as it is', async ({ person }) => {
  const ann = await person()
  await expect(ann.text).toHaveAttribute('data-language', 'markdown')
  const table = '<table><tr><td>bird</td><td>count</td></tr><tr><td>curlew</td><td>2</td></tr></table>'
  await ann.paste('bird\tcount\ncurlew\t2', `<style>td { color: red }</style>\n<b>${table}</b>`)
  const pasted = '| bird   | count |\n| ------ | ----: |\n| curlew | 2     |\n'
  expect(await ann.read()).toBe(pasted)
  const prose = 'Seen:\n\nbird\tcount\ncurlew\t2'
  await ann.paste(prose, `<p>Seen:</p>${table}`)
  expect(await ann.read()).toBe(pasted + prose)
  await ann.saved()
})

test('the divider moves with the arrow keys', async ({ person }) => {
  const ann = await person()
  await choose(ann, 'Split')
  const divider = ann.page.getByRole('separator')
  await divider.focus()
  await ann.page.keyboard.press('ArrowRight')
  await expect(divider).toHaveAttribute('aria-valuenow', '55')
  await ann.page.keyboard.press('End')
  await expect(divider).toHaveAttribute('aria-valuenow', '80')
})

test.describe('on a phone', () => {
  test('one writes or reads, and chooses in the sheet', async ({ person }) => {
    const ann = await person(undefined, phone)
    await ann.paste('# Small\n\nbut *well*')
    await ann.page.getByRole('button', { name: 'More', exact: true }).click()
    await expect(ann.page.getByRole('radio', { name: 'Split' })).toHaveCount(0)
    await ann.page.getByRole('dialog').getByText('Read', { exact: true }).click()
    await expect(ann.page.getByRole('dialog')).toBeHidden()
    await expect(previewOf(ann).locator('em')).toHaveText('well')
  })

  test('the outline leads to a heading and is no longer in its way', async ({ person }) => {
    const ann = await person(undefined, phone)
    await ann.paste(`# Small\n${'\nwords'.repeat(80)}\n\n# Large\n`)
    await ann.page.getByRole('button', { name: 'More', exact: true }).click()
    await ann.page.getByRole('button', { name: /^Outline/ }).click()
    const outline = ann.page.getByRole('complementary', { name: 'Outline' })
    await outline.getByRole('button', { name: 'Large' }).click()
    await expect(outline).toBeHidden()
    await expect(ann.text.getByText('# Large')).toBeInViewport()
    await ann.saved()
  })
})

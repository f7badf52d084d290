import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessible.ts'
import type { DocumentPage } from '../document-page.ts'
import { expect, test } from '../fixtures.ts'
import { settled } from '../settled.ts'

const LINES = 300
const long = Array.from({ length: LINES }, (_, n) => `Line ${n + 1} of a long text`).join('\n')

/** Ann has written a long text and is at its beginning; Bob, whom she sees as Bob, has opened it. */
async function annAndBob(
  person: (url?: string) => Promise<DocumentPage>,
): Promise<readonly [DocumentPage, DocumentPage]> {
  const ann = await person()
  await ann.paste(long)
  await ann.saved()
  await scrollTo(ann.page, 'Line 1 ')
  const bob = await person(ann.url)
  await bob.page.getByRole('button', { name: /^People/ }).click()
  await bob.page.getByRole('textbox', { name: 'Your name' }).fill('Bob')
  await bob.page.keyboard.press('Escape')
  await expect(ann.page.getByRole('button', { name: 'Go to Bob' })).toBeVisible()
  return [ann, bob]
}

/** As the wheel does it: the caret stays where it is. */
async function scrollTo(page: Page, words: string): Promise<void> {
  await page.evaluate((wanted) => {
    const view = Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view
    const place = view.state.doc.toString().indexOf(wanted)
    view.dispatch({ effects: view.constructor.scrollIntoView(place, { y: 'start' }) })
  }, words)
}

/** As cursors and keys do it, between an edit and the frame in which the editor measures what it did. */
async function updateAllTheTime(page: Page): Promise<void> {
  await page.evaluate(() => {
    const view = Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view
    setInterval(() => view.dispatch({}), 1)
  })
}

async function follow(ann: DocumentPage, name = 'Bob'): Promise<void> {
  await ann.page.getByRole('button', { name: /^People/ }).click()
  await ann.page.getByRole('button', { name: `Follow ${name}` }).click()
  await expect(ann.page.getByText(`Following ${name}`).first()).toBeVisible()
}

const line = (ann: DocumentPage, n: number) => ann.text.getByText(`Line ${n} of a long text`, { exact: true })
const followFrame = ({ page }: DocumentPage) => page.locator('.follow-frame')

test('a press on somebody’s disc brings their cursor into sight, and leaves mine where it is', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  await ann.caretAfter('Line 1 ')
  await bob.caretAfter('Line 200 ')
  await expect(line(ann, 200)).toBeHidden()
  // Ann’s page may not have heard yet where Bob is: then it leads to where he was.
  await expect(async () => {
    await ann.page.getByRole('button', { name: 'Go to Bob' }).click()
    await expect(line(ann, 200)).toBeInViewport({ timeout: 500 })
  }).toPass()
  await expect(ann.page.locator('.mh-caret')).toBeInViewport()
  await expect(ann.page.getByRole('contentinfo')).toContainText('Ln 1, ')
})

test('whom I follow shows me what they scroll to, and where they write', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  await follow(ann)
  await expect(followFrame(ann)).toBeVisible()
  await scrollTo(bob.page, 'Line 120 ')
  await expect(line(ann, 120)).toBeInViewport()
  await scrollTo(bob.page, 'Line 40 ')
  await expect(line(ann, 40)).toBeInViewport()
  await bob.caretAfter('Line 250 ')
  await bob.type('!')
  await expect(ann.text.getByText('Line 250 !of a long text')).toBeInViewport()
})

test('Escape ends it, an edit of mine ends it, scrolling of mine ends it', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  const endings: readonly (() => Promise<unknown>)[] = [
    () => ann.page.keyboard.press('Escape'),
    () => ann.type('x'),
    () => ann.page.mouse.wheel(0, 60),
    () => ann.page.getByRole('button', { name: 'Stop following' }).click(),
  ]
  for (const end of endings) {
    await follow(ann)
    await ann.text.focus()
    await ann.text.hover()
    await end()
    await expect(followFrame(ann)).toBeHidden()
  }
  await scrollTo(ann.page, 'Line 1 ')
  await scrollTo(bob.page, 'Line 200 ')
  await bob.caretAfter('Line 200 ')
  await bob.type('Bob was here. ')
  await expect.poll(() => ann.read()).toContain('Bob was here.')
  await expect(line(ann, 2)).toBeInViewport()
})

test('scrolling the preview ends it too; what it scrolls by itself, after whom I follow, does not', async ({
  person,
}) => {
  const [ann, bob] = await annAndBob(person)
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('2')
  await expect(ann.page.frameLocator('.preview iframe').getByText('Line 300 of a long text')).toBeVisible()
  const frame = ann.page.locator('.preview iframe')
  const scrolled = (): Promise<number> =>
    frame.evaluate((element) => (element as HTMLIFrameElement).contentWindow?.scrollY ?? 0)
  await follow(ann)
  await scrollTo(bob.page, 'Line 120 ')
  await expect(line(ann, 120)).toBeInViewport()
  await expect.poll(scrolled).toBeGreaterThan(0)
  await expect(followFrame(ann)).toBeVisible()
  await ann.page.locator('.preview').hover()
  await ann.page.mouse.wheel(0, -60)
  await expect(followFrame(ann)).toBeHidden()
})

test('who leaves is followed no longer, and who listens hears it', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  await follow(ann)
  await bob.page.close()
  await expect(followFrame(ann)).toBeHidden()
  await expect(ann.page.getByRole('status').getByText('No longer following Bob.')).toBeAttached()
})

test('an edit out of sight is told with its direction, and one press leads there', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  await ann.caretAfter('Line 1 ')
  await bob.caretAfter('Line 200 ')
  await bob.type('Look here. ')
  const told = ann.page.getByRole('button', { name: 'Bob is editing below' })
  await expect(told).toBeVisible()
  await expectAccessible(ann.page)
  // It is told for a few seconds only, and looking took some of them.
  await expect(async () => {
    await bob.type('Really. ')
    await told.click({ timeout: 2000 })
  }).toPass()
  await expect(ann.text.getByText('Line 200 Look here.')).toBeInViewport()
  await expect(told).toBeHidden()
  await bob.caretAfter('Line 2 ')
  await bob.type('And here. ')
  await expect(ann.page.getByRole('button', { name: 'Bob is editing above' })).toBeVisible()
})

test('on a phone it is told over the text, which stays as high as it was', async ({ person }) => {
  const bob = await person()
  await bob.paste(long)
  await bob.saved()
  const ann = await person(bob.url, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  await expect(line(ann, 1)).toBeInViewport()
  const paper = async () => ann.page.locator('.paper').boundingBox()
  const before = await paper()
  await bob.caretAfter('Line 200 ')
  await bob.type('Look here. ')
  const told = ann.page.getByRole('button', { name: / is editing below$/ })
  await expect(told).toBeInViewport({ ratio: 1 })
  expect(await paper()).toEqual(before)
  await told.tap()
  await expect(ann.text.getByText('Line 200 Look here.')).toBeInViewport()
})

test('an edit in sight is not told', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  await bob.caretAfter('Line 3 ')
  await bob.type('In sight. ')
  await expect(ann.text.getByText('In sight.')).toBeInViewport()
  await expect(ann.page.locator('.elsewhere')).toHaveCount(0)
})

test('what somebody writes at the end while I compose there is in sight', async ({ person }) => {
  const ann = await person()
  await ann.type('words ')
  await ann.saved()
  const bob = await person(ann.url)
  await ann.page.evaluate(() => {
    const told = document.createElement('div')
    new MutationObserver(() => {
      if (document.querySelector('.elsewhere') !== null) told.dataset.told = 'yes'
    }).observe(document.body, { childList: true, subtree: true })
    told.id = 'told'
    document.body.append(told)
  })
  const keyboard = await ann.page.context().newCDPSession(ann.page)
  await keyboard.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 })
  await bob.caretAfter('words ')
  await bob.page.keyboard.press('ControlOrMeta+End')
  // So long that it is looked at more than once.
  await bob.type('of somebody else, one by one', 40)
  await keyboard.send('Input.insertText', { text: '日本' })
  await expect.poll(() => ann.read()).toContain('one by one')
  await expect(ann.page.locator('#told')).not.toHaveAttribute('data-told')
})

test('edits of others above move neither my caret nor my selection nor what I read', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  await ann.caretAfter('Line 150 of')
  await scrollTo(ann.page, 'Line 145 ')
  await ann.page.keyboard.press('Shift+ArrowLeft')
  const top = async (): Promise<number> => (await line(ann, 150).boundingBox())?.y ?? 0
  const before = await settled(top)
  await updateAllTheTime(ann.page)
  await bob.caretAfter('Line 2 ')
  for (let n = 0; n < 10; n += 1) await bob.page.keyboard.press('Enter')
  await bob.type('Above')
  await expect.poll(() => ann.read()).toContain('Above')
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(2)
  const selected = await ann.page.evaluate(() => {
    const view = Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view
    return view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to)
  })
  expect(selected).toBe('f')
})

test('keys follow one after the other, and go to where somebody edits', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  await ann.text.focus()
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('f')
  await expect(followFrame(ann)).toBeVisible()
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('f')
  await expect(followFrame(ann)).toBeHidden()
  expect(await ann.read()).toBe(long)
  await bob.caretAfter('Line 200 ')
  await expect(async () => {
    await bob.type('Look. ')
    await expect(ann.page.getByRole('button', { name: 'Bob is editing below' })).toBeVisible()
    await ann.page.keyboard.press('ControlOrMeta+.')
    await ann.page.keyboard.press('e')
    await expect(ann.text.getByText('Line 200 Look.')).toBeInViewport({ timeout: 2000 })
  }).toPass()
})

test('a flag at somebody’s caret goes away by itself and leaves the arrow keys alone', async ({ person }) => {
  const [ann, bob] = await annAndBob(person)
  await bob.caretAfter('Line 2 ')
  const flag = ann.page.locator('.mh-flag')
  await expect(flag).toHaveText('Bob')
  await expect(flag).toHaveCSS('opacity', '0')
  await ann.caretAfter('Line 2')
  await ann.page.keyboard.press('ArrowRight')
  await ann.page.keyboard.press('ArrowRight')
  await expect(ann.page.getByRole('contentinfo')).toContainText('Ln 2, Col 9')
})

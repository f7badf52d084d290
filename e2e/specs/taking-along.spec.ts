/** A text taken along: on paper and as a file, from the page it is written in. */
import { readFile } from 'node:fs/promises'
import { expect, test } from '../fixtures.ts'

const LINES = 300
const long = Array.from({ length: LINES }, (_, n) => `Line ${n + 1} of a long text\n\n`).join('')

test('the whole text is printed, dark on white, and not only what is in the window', async ({ person }) => {
  const ann = await person(undefined, { colorScheme: 'dark' })
  await ann.paste(long)
  const paper = await ann.page.pdf({ format: 'A4' })
  // A line is some 27 px high, and a page of A4 some 1,120.
  expect(pagesOf(paper)).toBeGreaterThan(8)
  await ann.page.emulateMedia({ media: 'print' })
  const color = await ann.text.evaluate((text) => getComputedStyle(text).color)
  expect(color).toBe('rgb(30, 32, 38)')
})

test('what is rendered prints itself', async ({ person }) => {
  const ann = await person()
  await ann.paste('# Title\n\nwords')
  await ann.saved()
  await ann.page.goto(`${ann.url}?mode=read`)
  const frame = ann.page.getByTitle('Preview')
  await expect(frame.contentFrame().getByRole('heading', { name: 'Title' })).toBeVisible()
  await expect(ann.page).toHaveTitle('Title · Manyhands')
  await frame.evaluate((element) => {
    const printed = (element as HTMLIFrameElement).contentWindow
    if (printed === null) throw new Error('The frame has no window')
    printed.print = () => element.setAttribute('data-printed', printed.document.title)
    window.print = () => element.setAttribute('data-printed', 'the page around it')
  })
  await ann.page.keyboard.press('ControlOrMeta+p')
  await expect(frame).toHaveAttribute('data-printed', 'Title · Manyhands')
})

test('the text is downloaded from the menu, and in other formats from the palette', async ({ person }) => {
  const ann = await person()
  await ann.type('# Title')
  await ann.title.fill('Plan')
  await ann.title.press('Enter')
  await ann.page.getByRole('button', { name: 'More', exact: true }).click()
  const [written] = await Promise.all([
    ann.page.waitForEvent('download'),
    ann.page.getByRole('button', { name: 'Download', exact: true }).click(),
  ])
  expect(written.suggestedFilename()).toBe('Plan.md')
  expect(await readFile(await written.path(), 'utf8')).toBe('# Title')
  await ann.page.keyboard.press('F1')
  await ann.page.getByRole('combobox', { name: 'What do you want to do?' }).fill('web page')
  const [rendered] = await Promise.all([ann.page.waitForEvent('download'), ann.page.keyboard.press('Enter')])
  expect(rendered.suggestedFilename()).toBe('Plan.html')
  expect(await readFile(await rendered.path(), 'utf8')).toContain('>Title</h1>')
})

function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}

import { expectEqual } from '../document-page.ts'
import { dropFiles } from '../dropped-files.ts'
import { expect, test } from '../fixtures.ts'

const oddTexts = {
  'emoji of many code points': '👩‍👩‍👧‍👦 and 🏳️‍🌈 and 👍🏽',
  'combining marks': 'e\u0301 a\u0308\u0323 ก็ नमस्ते Z͑ͫ̓ͪ̂ͫ',
  'right-to-left text among others': 'שלום world مرحبا 123',
  'the ends of the code space': '\u0001\uFFFD\u{10FFFF}\u{1D4AA}',
}

for (const [name, text] of Object.entries(oddTexts)) {
  test(`${name}: equal on both sides`, async ({ person }) => {
    const ann = await person()
    await ann.paste(text)
    await ann.saved()
    const ben = await person(ann.url)
    await expect.poll(() => ben.read()).toBe(text)
    await ben.page.keyboard.press('ControlOrMeta+End')
    await ben.type('!')
    expect(await expectEqual([ann, ben])).toBe(`${text}!`)
  })
}

test('line breaks of every system arrive as one kind', async ({ person }) => {
  const ann = await person()
  await ann.paste('one\r\ntwo\rthree\nfour')
  await ann.saved()
  const ben = await person(ann.url)
  await expect.poll(() => ben.read()).toBe('one\ntwo\nthree\nfour')
  await expectEqual([ann, ben])
})

test('deleting beside emoji never splits one', async ({ person }) => {
  const ann = await person()
  await ann.paste('a🙂b🙃')
  await ann.saved()
  const ben = await person(ann.url)
  await expect.poll(() => ben.read()).toBe('a🙂b🙃')
  await ben.page.keyboard.press('ControlOrMeta+End')
  await ben.page.keyboard.press('Backspace')
  await ann.caretAfter('a')
  await ann.page.keyboard.press('Delete')
  expect(await expectEqual([ann, ben])).toBe('ab')
})

test('a title of 10,000 characters is cut, and stays inside its bar', async ({ person }) => {
  const ann = await person()
  await ann.title.fill('x'.repeat(10_000))
  await ann.title.press('Enter')
  await ann.type('y')
  await ann.saved()

  const ben = await person(ann.url)
  await expect.poll(async () => (await ben.title.inputValue()).length).toBe(200)
  for (const { page } of [ann, ben]) {
    await expect(page.getByRole('button', { name: 'Share' })).toBeInViewport()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  }
})

test('text files dropped on a document go in, wherever they are dropped; of others it is said why not', async ({
  person,
}) => {
  const ann = await person()
  await ann.type('ab')
  await ann.caretAfter('a')
  const { page } = ann
  const notice = page.locator('[data-notice="dropped"]')
  // Who takes them comes a moment after the text.
  await expect.poll(() => dropFiles(page.locator('.top-bar'), [{ name: '1.txt', content: '1' }])).toBe(true)
  await expect.poll(() => ann.read()).toBe('a1b')
  expect(await dropFiles(page.locator('.status-bar'), [{ name: '2.md', content: '2\r\n' }])).toBe(true)
  await expect.poll(() => ann.read()).toBe('a12\nb')
  const picture = { name: 'cat.png', content: [0x89, 0x50, 0x4e, 0x47, 0, 0, 0] }
  expect(await dropFiles(ann.text, [picture, { name: '3.txt', content: '3' }])).toBe(true)
  await expect(notice).toContainText('“cat.png” is not text')
  await expect.poll(() => ann.read()).toBe('a12\nb3')
  await notice.getByRole('button', { name: 'Close' }).click()
  await expect(notice).toBeHidden()
  expect(await dropFiles(ann.text, [{ name: 'long.txt', content: 'x'.repeat(31_000_000) }])).toBe(true)
  await expect(notice).toContainText('“long.txt” is longer than a document may be')

  await page.getByRole('radio', { name: 'Split' }).check({ force: true })
  await expect(page.frameLocator('.preview iframe').getByText('a12')).toBeVisible()
  expect(await dropFiles(page.locator('.preview iframe'), [{ name: '4.txt', content: '4' }])).toBe(true)
  await expect.poll(() => ann.read()).toBe('a12\nb34')
})

test('text dragged into a document goes where it is dropped, as ever', async ({ person }) => {
  const ann = await person()
  await ann.type('here: ')
  await ann.text.evaluate((element) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.setData('text/plain', 'dragged')
    const { left, top, width, height } = element.getBoundingClientRect()
    const place = { clientX: left + width / 2, clientY: top + height / 2 }
    element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true, ...place }))
  })
  await expect.poll(() => ann.read()).toBe('here: dragged')
})

const hostile = [
  { given: '<img src=x onerror=alert(1)>', shown: '<img src=x onerror=alert(1)>' },
  { given: '"><svg/onload=alert(1)>', shown: '"><svg/onload=alert(1)>' },
  { given: '<b>Ana</b>\u202E gnp.exe\u0007', shown: '<b>Ana</b> gnp.exe' },
]

for (const { given, shown } of hostile) {
  test(`a name and a title of ${JSON.stringify(given)} are shown as text`, async ({ person }) => {
    const ann = await person()
    await ann.title.fill(given)
    await ann.title.press('Enter')
    await ann.page.getByRole('button', { name: /^People/ }).click()
    await ann.page.getByRole('textbox', { name: 'Your name' }).fill(given)
    await ann.page.keyboard.press('Escape')
    await ann.type('y')
    await ann.saved()

    const ben = await person(ann.url)
    await expect(ben.title).toHaveValue(shown)
    await ben.page.getByRole('button', { name: /^People/ }).click()
    await expect(ben.page.getByRole('dialog').getByText(shown)).toBeVisible()
    await expect(ben.page.locator('.mh-flag')).toHaveText(shown)
    await expect(ben.page.locator('img, b, svg[onload]')).toHaveCount(0)
  })
}

import { expectEqual } from '../document-page.ts'
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

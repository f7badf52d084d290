import { devices } from '@playwright/test'
import type { DocumentPage } from '../document-page.ts'
import { expect, test } from '../fixtures.ts'

const windows = {
  'a wide window': { viewport: { width: 1280, height: 800 } },
  'a phone': { ...devices['Pixel 7'], defaultBrowserType: undefined, viewport: { width: 390, height: 844 } },
}

for (const [window, options] of Object.entries(windows)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`in ${window} the ${colorScheme} page shows everything and overflows nowhere`, async ({ person }) => {
      const ann = await person(undefined, { ...options, colorScheme })
      await ann.paste(`A long word: ${'w'.repeat(500)}\nAnd a short line.`)
      await ann.saved()
      for (const part of [ann.text, ann.title, ann.pill, ann.page.getByRole('button', { name: 'More', exact: true })]) {
        await expect(part).toBeInViewport()
      }
      await expectNoOverflow(ann)
      expect(await isDark(ann)).toBe(colorScheme === 'dark')

      await ann.page.getByRole('button', { name: 'More', exact: true }).click()
      await expect(ann.page.getByRole('dialog')).toBeInViewport()
      await expectNoOverflow(ann)
    })
  }
}

test('on a phone Share, people and themes are in the sheet', async ({ person }) => {
  const ann = await person(undefined, windows['a phone'])
  await ann.page.getByRole('button', { name: 'More', exact: true }).click()
  const sheet = ann.page.getByRole('dialog')
  await expect(sheet.getByRole('button', { name: 'Share' })).toBeVisible()
  await expect(sheet.getByRole('textbox', { name: 'Your name' })).toBeVisible()
  await sheet.getByText('Dark').click()
  expect(await isDark(ann)).toBe(true)
  await sheet.getByRole('button', { name: 'Close' }).click()
  await expect(sheet).toBeHidden()
})

test('a chosen theme outweighs the system’s and is remembered', async ({ person }) => {
  const ann = await person(undefined, { colorScheme: 'light' })
  await ann.page.getByRole('button', { name: 'More', exact: true }).click()
  await ann.page.getByRole('dialog').getByText('Dark').click()
  expect(await isDark(ann)).toBe(true)
  expect(await frameColors(ann)).toEqual([await groundColor(ann)])
  await ann.page.goto(new URL('/', ann.url).href)
  await ann.ready()
  expect(await isDark(ann)).toBe(true)
  await ann.page.getByRole('button', { name: 'More', exact: true }).click()
  await ann.page.getByRole('dialog').getByText('System').click()
  expect(await frameColors(ann)).toEqual([await groundColor(ann)])
  expect(await isDark(ann)).toBe(false)
})

test('the line below the text tells place, words and characters', async ({ person }) => {
  const ann = await person()
  await ann.type('Three short words')
  await ann.page.keyboard.press('Enter')
  await ann.type('and 🙂')
  const status = ann.page.getByRole('contentinfo')
  await expect(status).toContainText('Ln 2, Col 7')
  await expect(status).toContainText('4 words')
  await expect(status).toContainText('23 characters')
})

test('finding marks what it finds, and leads there while it is typed; Enter leads on', async ({ person }) => {
  const ann = await person()
  const hay = 'hay\n'.repeat(200)
  await ann.paste(`${hay}one needle\n${hay}another needle`)
  await ann.page.keyboard.press('ControlOrMeta+Home')
  const [one, another] = [ann.text.getByText('one'), ann.text.getByText('another')]
  await expect(one).toBeHidden()
  await ann.page.keyboard.press('ControlOrMeta+f')
  await ann.page.getByRole('textbox', { name: 'Find' }).pressSequentially('needle')
  const count = ann.page.locator('.match-count')
  await expect(count).toHaveText('1 of 2')
  await expect(one).toBeInViewport()
  await expect(ann.page.locator('.cm-searchMatch')).toHaveText('needle')
  await ann.page.keyboard.press('Enter')
  await expect(count).toHaveText('2 of 2')
  await expect(another).toBeInViewport()
  await ann.page.keyboard.type('x')
  await expect(count).toHaveText('No matches')
})

test('Tab indents, and Escape then Tab leaves the text', async ({ person }) => {
  const ann = await person()
  await ann.text.focus()
  await ann.page.keyboard.press('Tab')
  await expect.poll(() => ann.read()).toBe('  ')
  await ann.page.keyboard.press('Escape')
  await ann.page.keyboard.press('Tab')
  await expect(ann.text).not.toBeFocused()
})

async function expectNoOverflow({ page }: DocumentPage): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true)
}

async function isDark({ page }: DocumentPage): Promise<boolean> {
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  return Number(/\d+/.exec(background)?.[0]) < 64
}

/** What the browser is told to paint around the page. */
async function frameColors({ page }: DocumentPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')]
    return metas.filter(({ media }) => matchMedia(media).matches).map(({ content }) => content)
  })
}

async function groundColor({ page }: DocumentPage): Promise<string> {
  return page.evaluate(() => {
    const channels = getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []
    return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`
  })
}

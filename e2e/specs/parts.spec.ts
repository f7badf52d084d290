/** What is fetched when it is first wanted, where it cannot be had: the rest of the page goes on. */
import { expectAccessible } from '../accessible.ts'
import { DocumentPage } from '../document-page.ts'
import { test as base, expect } from '../fixtures.ts'

/** A document in a browser that keeps no part of the page: one without a service worker, as on plain HTTP. */
const test = base.extend<{ readonly ann: DocumentPage }>({
  ann: async ({ browser, server }, use) => {
    const context = await browser.newContext()
    await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined }))
    const ann = new DocumentPage(await context.newPage())
    await ann.open(server.url)
    await ann.type('Still here.')
    await ann.saved()
    await use(ann)
    expect(await ann.read()).toBe('Still here.')
    await context.close()
  },
})

test('sharing says that it cannot be had, and comes when it can', async ({ ann }) => {
  await ann.page.route(/share-panel/, (route) => route.abort())
  await ann.page.getByRole('button', { name: 'Share' }).click()
  await expect(ann.page.getByRole('dialog', { name: 'Share' })).toHaveText('No server answers.')
  await expectAccessible(ann.page)
  await ann.page.unroute(/share-panel/)
  await expect(ann.page.getByRole('textbox', { name: 'Link to edit' })).toHaveValue(ann.url)
  await expect(ann.page.locator('.links')).toHaveCSS('display', 'grid')
  await ann.page.keyboard.press('Escape')
  await expect(ann.text).toBeFocused()
})

test('a link is there without its QR code, which comes when it can be fetched', async ({ ann }) => {
  await ann.page.route(/qr-code/, (route) => route.abort(), { times: 1 })
  await ann.page.getByRole('button', { name: 'Share' }).click()
  await ann.page.getByRole('button', { name: 'QR code of the link to edit' }).click()
  await expect(ann.page.getByRole('img', { name: 'QR code of the link to edit' })).toBeVisible()
  await expect(ann.page.getByRole('textbox', { name: 'Link to edit' })).toHaveValue(ann.url)
})

test('the palette that was asked for in vain does not pop up later, and opens when it is asked for again', async ({
  ann,
}) => {
  const palette = ann.page.getByRole('dialog', { name: 'All actions' })
  await ann.page.route(/palette/, (route) => route.abort())
  const failed = ann.page.waitForEvent('requestfailed')
  await ann.page.keyboard.press('F1')
  await failed
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('?')
  await expect(ann.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await ann.page.keyboard.press('Escape')
  await expect(palette).toHaveCount(0)
  await ann.page.unroute(/palette/)
  await ann.page.keyboard.press('F1')
  await expect(palette).toHaveCSS('overflow', 'hidden')
  await ann.page.keyboard.press('Escape')
})

test('the languages of the text come when they can be fetched', async ({ ann }) => {
  await ann.page.route(/known-syntaxes/, (route) => route.abort())
  const failed = ann.page.waitForEvent('requestfailed')
  await ann.page.reload()
  await failed
  await ann.page.unroute(/known-syntaxes/)
  await ann.ready()
  await expect(ann.page.getByRole('combobox', { name: 'Language of the text' })).toBeEnabled()
  await ann.saved()
})

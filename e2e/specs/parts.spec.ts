/** What is fetched when it is first wanted, where it cannot be had: the rest of the page goes on. */
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
    await use(ann)
    expect(await ann.read()).toBe('Still here.')
    await context.close()
  },
})

test('sharing says that it cannot be had', async ({ ann }) => {
  await ann.page.route(/share-panel/, (route) => route.abort())
  await ann.page.getByRole('button', { name: 'Share' }).click()
  await expect(ann.page.getByRole('dialog', { name: 'Share' })).toHaveText('No server answers.')
  await ann.page.keyboard.press('Escape')
  await expect(ann.text).toBeFocused()
})

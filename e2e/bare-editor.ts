/** A page with nothing but an editor, for what happens between two frames. No server is needed. */
import { fileURLToPath } from 'node:url'
import { type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { build } from 'esbuild'

export { expect }

interface Fixtures {
  /** Opens an editor with this text. What it throws fails the test. */
  readonly bareEditor: (text: string, options?: BrowserContextOptions) => Promise<Page>
}

interface Shared {
  readonly script: string
}

export const test = base.extend<Fixtures, Shared>({
  script: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
    async ({}, use) => {
      const entry = fileURLToPath(new URL('bare-editor-page.ts', import.meta.url))
      const { outputFiles } = await build({ entryPoints: [entry], bundle: true, conditions: ['source'], write: false })
      await use(outputFiles[0]?.text ?? '')
    },
    { scope: 'worker' },
  ],

  bareEditor: async ({ browser, script }, use) => {
    const problems: string[] = []
    const pages: Page[] = []
    await use(async (text, options = {}) => {
      const page = await browser.newPage({ viewport: { width: 900, height: 600 }, ...options })
      pages.push(page)
      page.on('pageerror', (error) => problems.push(String(error.stack)))
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      await page.addScriptTag({ content: script })
      await page.evaluate((words) => openBareEditor(words), text)
      await page.evaluate(() => bare.rest())
      return page
    })
    for (const page of pages) await page.close()
    expect(problems, 'errors').toEqual([])
  },
})

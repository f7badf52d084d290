/** What every promise is tested with: a running server, and as many people's pages as it takes. */
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
} from '@playwright/test'
import { DocumentPage } from './document-page.ts'
import { Server } from './server.ts'

interface Fixtures {
  readonly server: Server
  /** A new person: a browser with nothing remembered. Without an address they start at `/`. */
  readonly person: (url?: string, options?: BrowserContextOptions) => Promise<DocumentPage>
}

interface Options {
  /** The console errors this test brings about on purpose. Everything else on a console fails it. */
  readonly expectedErrors: RegExp
}

export { expect }

interface Shared {
  /** One server for all tests, as it would be; whatever a test did to it, the next one finds it running. */
  readonly process: Server
}

export const test = base.extend<Fixtures & Options, Shared>({
  expectedErrors: [/^(?!)/, { option: true }],

  process: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
    async ({}, use) => {
      const server = await Server.start()
      await use(server)
      await server.throwAway()
    },
    { scope: 'worker' },
  ],

  server: async ({ process }, use) => {
    await process.start()
    await use(process)
  },

  person: async ({ browser, server, expectedErrors }, use) => {
    const problems: string[] = []
    const contexts: BrowserContext[] = []
    await use(async (url = server.url, options = {}) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      const page = await context.newPage()
      watch(page, expectedErrors, problems)
      const document = new DocumentPage(page)
      await document.open(url)
      return document
    })
    // A page that stayed would go on calling its server for as long as the browser lives.
    for (const context of contexts) await context.close()
    expect(problems, 'errors and policy reports on the consoles').toEqual([])
  },
})

/** Chromium writes a violated Content-Security-Policy to the console as an error, so one ear hears both. */
function watch(page: Page, expected: RegExp, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(String(error.stack)))
  page.on('console', (message) => {
    if (isProblem(message) && !expected.test(message.text())) problems.push(message.text())
  })
}

function isProblem(message: ConsoleMessage): boolean {
  return message.type() === 'error' || message.type() === 'warning'
}

/** What a browser says when a server it was connected to is gone; the last, where it went before the page's worker had come. */
export const connectionLost =
  /WebSocket connection to .* failed|net::ERR_(?:CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED)|error occurred when fetching the script/

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { browser as findBrowser } from '../../scripts/browser.mjs'
import { root } from '../../scripts/workspace.mjs'
import { watchForEditor } from './in-page.mjs'

const { chromium } = createRequire(join(root, 'e2e/package.json'))('@playwright/test')

// The same quiet as in e2e/playwright.config.ts: the browser of a measurement talks to its own server only.
const QUIET = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', ...QUIET]

export async function startBrowser() {
  return chromium.launch({ executablePath: await findBrowser(), args: ARGS })
}

/** A new window loads pages of the browser's own, for its address bar: they would share the processor with the page that is measured. */
const WINDOW = 1500

/** A tab, with what Chromium's own instruments say of it. */
export class Tab {
  /** In a context of its own, with nothing remembered, unless one is given. */
  static async open(browser, context = null) {
    const own = context ?? (await browser.newContext({ viewport: { width: 1280, height: 800 } }))
    const page = await own.newPage()
    await page.addInitScript(watchForEditor)
    await sleep(WINDOW)
    return new Tab(own, page, await own.newCDPSession(page))
  }

  constructor(context, page, instruments) {
    this.context = context
    this.page = page
    this.instruments = instruments
  }

  /** Goes there; resolves with the milliseconds from the navigation's beginning until one can type. */
  async visit(url) {
    await this.page.goto(url, { waitUntil: 'commit' })
    await this.page.waitForFunction(() => window.bench.typable !== null, null, { timeout: 60_000 })
    return this.page.evaluate(() => window.bench.typable)
  }

  /** Until the page holds a text of that length. */
  async holds(length) {
    await this.page.waitForFunction(
      (wanted) => document.querySelector('.cm-content')?.cmTile?.view.state.doc.length >= wanted,
      length,
      { timeout: 60_000 },
    )
  }

  length() {
    return this.page.evaluate(() => document.querySelector('.cm-content').cmTile.view.state.doc.length)
  }

  /** The caret, and the view, at the end of the line that begins so. */
  async goTo(words) {
    await this.page.evaluate((wanted) => {
      const { view } = document.querySelector('.cm-content').cmTile
      const { doc } = view.state
      const line = doc.lineAt(doc.toString().indexOf(wanted))
      view.dispatch({ selection: { anchor: line.to }, scrollIntoView: true })
      view.focus()
    }, words)
  }

  /** One key after the other, by the browser's own way for keys. */
  async type(count, pause) {
    for (let n = 0; n < count; n++) {
      const key = 'etaoin shrdlu'[n % 13]
      await this.page.keyboard.press(key === ' ' ? 'Space' : key)
      await sleep(pause * (0.7 + 0.6 * Math.random()))
    }
    await sleep(200)
  }

  /** Bytes that the tab holds after a collection: JavaScript's own, the browser's for it, and what buffers hold. */
  async memory() {
    for (let n = 0; n < 3; n++) {
      await this.instruments.send('HeapProfiler.collectGarbage')
      await sleep(100)
    }
    const usage = await this.instruments.send('Runtime.getHeapUsage')
    return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0)
  }

  close() {
    return this.context.close()
  }
}

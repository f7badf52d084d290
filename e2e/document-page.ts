/** A page with a document, as a person uses it: what they type, what they see. */
import { expect, type Locator, type Page } from '@playwright/test'

export class DocumentPage {
  readonly page: Page
  readonly text: Locator
  readonly title: Locator
  readonly pill: Locator

  constructor(page: Page) {
    this.page = page
    this.text = page.getByRole('textbox', { name: 'Document text' })
    this.title = page.getByRole('textbox', { name: 'Document title' })
    this.pill = page.locator('[data-saved-state]')
  }

  get url(): string {
    return this.page.url()
  }

  /** Resolves when one can write. */
  async open(url: string): Promise<void> {
    await this.page.goto(url)
    await this.ready()
  }

  async ready(): Promise<void> {
    await expect(this.text).toHaveAttribute('contenteditable', 'true')
  }

  async connected(): Promise<void> {
    await expect(this.page.locator('[data-connection="live"]')).toBeVisible()
  }

  /** Key by key, as fast as the page takes them or slower. */
  async type(text: string, delay = 0): Promise<void> {
    await this.text.pressSequentially(text, { delay, timeout: 0 })
  }

  /** Puts the caret behind the first place where these words stand, once they do. */
  async caretAfter(words: string): Promise<void> {
    await expect.poll(() => this.read()).toContain(words)
    await this.text.focus()
    await this.page.evaluate((wanted) => {
      const view = Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view
      view.dispatch({ selection: { anchor: view.state.doc.toString().indexOf(wanted) + wanted.length } })
    }, words)
  }

  /** As if it came from the clipboard. */
  async paste(text: string, html = ''): Promise<void> {
    await this.text.focus()
    await this.page.evaluate(
      ([pasted, asHtml]) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', pasted)
        clipboardData.setData('text/html', asHtml)
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
        document.querySelector('.cm-content')?.dispatchEvent(event)
      },
      [text, html] as const,
    )
  }

  /** The whole text: the editor draws only the lines in sight, so it is asked for its state. */
  async read(): Promise<string> {
    await this.text.waitFor()
    return this.page.evaluate(() =>
      String(Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view.state.doc),
    )
  }

  async stateHash(): Promise<string> {
    return (await this.page.locator('[data-state-hash]').getAttribute('data-state-hash')) ?? ''
  }

  async savedState(): Promise<string> {
    return (await this.pill.getAttribute('data-saved-state')) ?? ''
  }

  /** What has happened until now is shown: the page around the text is drawn once in a frame, and a page out of sight at once. */
  async frame(): Promise<void> {
    // A page that is just being reloaded is asked again.
    await expect(() =>
      this.page.evaluate(async () => {
        if (!document.hidden) await new Promise(requestAnimationFrame)
      }),
    ).toPass()
  }

  /** All that was done until now is on a server's disk. */
  async saved(): Promise<void> {
    await this.frame()
    await expect(this.pill).toHaveAttribute('data-saved-state', 'saved')
  }

  /** The carets of the others in this page. */
  get remoteCarets(): Locator {
    return this.page.locator('.mh-caret')
  }
}

/** Both show the same text and the same state; returns the text. */
export async function expectEqual(pages: readonly DocumentPage[]): Promise<string> {
  await expect
    .poll(async () => new Set(await Promise.all(pages.map((page) => page.read()))).size, { message: 'texts' })
    .toBe(1)
  await expect
    .poll(async () => new Set(await Promise.all(pages.map((page) => page.stateHash()))).size, { message: 'hashes' })
    .toBe(1)
  return (await pages[0]?.read()) ?? ''
}

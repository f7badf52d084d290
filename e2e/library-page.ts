/** The page of the documents that a device knows, as a person uses it. */
import { readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { expect, type Locator, type Page } from '@playwright/test'
import type { DocumentPage } from './document-page.ts'
import { type DroppedFile, dropFiles } from './dropped-files.ts'

export class LibraryPage {
  readonly page: Page
  readonly search: Locator
  readonly news: Locator

  constructor(page: Page) {
    this.page = page
    this.search = page.getByRole('searchbox')
    this.news = page.locator('.news')
  }

  /** From a document of the same person, or again. */
  static async of({ page }: DocumentPage): Promise<LibraryPage> {
    const library = new LibraryPage(page)
    await library.open()
    return library
  }

  async open(): Promise<void> {
    // That a document was opened is written down just after it was drawn.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
    await this.page.goto(new URL('/docs', this.page.url()).href)
    await this.page.getByRole('heading', { name: 'Documents', exact: true }).waitFor()
    // The title is written where the keys begin to be heard: after the page is drawn.
    await expect(this.page).toHaveTitle('Documents · Manyhands')
  }

  /** Titles, as they stand one below the other. */
  get titles(): Locator {
    return this.page.locator('.shelf-link')
  }

  title(title: string): Locator {
    return this.page.getByRole('link', { name: title, exact: true })
  }

  async act(title: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${title}`, exact: true }).click()
    await this.page.getByRole('menuitem', { name: action }).click()
  }

  async menu(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click()
    await this.page.getByRole('dialog').getByRole('button', { name: action }).click()
  }

  async tag(title: string, tags: string): Promise<void> {
    await this.act(title, 'Tags…')
    await this.page.getByRole('textbox', { name: 'Tags, with commas between' }).fill(tags)
    await this.page.keyboard.press('Enter')
  }

  async drop(files: readonly DroppedFile[]): Promise<void> {
    await dropFiles(this.page.locator('body'), files)
  }

  /** A file of so many letters. */
  async dropLong(name: string, length: number): Promise<void> {
    await this.page.evaluate(
      ([name, length]) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['x'.repeat(length)], name))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      },
      [name, length] as const,
    )
  }

  async download(action: () => Promise<void>): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), action()])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
}

const END_OF_DIRECTORY = 0x06054b50

/** The files in a .zip, read by its directory, which stands at its end. */
export function filesInZip(zip: Buffer): Readonly<Record<string, string>> {
  const end = zip.findLastIndex((_, i) => i + 4 <= zip.length && zip.readUInt32LE(i) === END_OF_DIRECTORY)
  const files: Record<string, string> = {}
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [size, nameLength, extraLength] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
    ]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    files[name] = inflateRawSync(zip.subarray(from, from + size)).toString()
    at += 46 + nameLength + extraLength
  }
  return files
}

/** Texts as files. What makes pages and archives is fetched when somebody wants one. */

import type { Obstacle, Outcome, Read } from './errands.ts'
import { type Format, ownFileNameOf, titleFor, unusedName } from './file-names.ts'
import type { KnownDocument } from './known-document.ts'

const TYPES: Readonly<Record<Format, string>> = {
  md: 'text/markdown;charset=utf-8',
  txt: 'text/plain;charset=utf-8',
  html: 'text/html;charset=utf-8',
}

export async function fileOf(
  { title, text }: Pick<Read, 'title' | 'text'>,
  untitled: string,
  format: Format,
): Promise<Blob> {
  if (format !== 'html') return new Blob([text], { type: TYPES[format] })
  const { webPageOf } = await import('./web-page.ts')
  return new Blob([webPageOf(title || untitled, text)], { type: TYPES.html })
}

export interface ArchiveOptions {
  readonly untitled: string
  readonly read: (document: KnownDocument) => Promise<Outcome<Read>>
  readonly onProgress: (done: number) => void
  readonly onMissing: (document: KnownDocument, reason: Obstacle) => void
}

/** Null when not one text could be had. Texts are fetched one after another: an archive is in no hurry, and memory is not endless. */
export async function archiveOf(documents: readonly KnownDocument[], options: ArchiveOptions): Promise<Blob | null> {
  const { Archive } = await import('./archive.ts')
  const archive = new Archive()
  const used = new Set<string>()
  for (const [done, document] of documents.entries()) {
    options.onProgress(done)
    const read = await options.read(document)
    if (!read.ok) {
      options.onMissing(document, read.reason)
      continue
    }
    const name = unusedName(ownFileNameOf(titleFor(read.value.title, read.value.text), options.untitled), used)
    used.add(name.toLowerCase())
    await archive.add(name, read.value.text, document.changedAt)
  }
  return used.size === 0 ? null : archive.end()
}

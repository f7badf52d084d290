/** Titles as names of files, and names of files as titles. */
import { cleanTitle } from '@manyhands/protocol'
import { openingOf } from '../document/opening.ts'

export type Format = 'md' | 'txt' | 'html'

/** What an extension looks like: a full stop behind something, and a few letters and digits; "2.0" has none. */
const EXTENSION = /[^.\s]\.(?=\d*[a-z])([a-z\d]{1,8})$/i

/** In no system a name of a file, or not the whole of one. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}]/gu
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** In UTF-16 units; the systems' 255 bytes hold as many of them in any script, with room for a number. */
const LONGEST = 80

/** In lower case and without its full stop; empty where there is none. */
export function extensionOf(title: string): string {
  return EXTENSION.exec(title)?.[1]?.toLowerCase() ?? ''
}

/** By what a file is named: its title, or how it begins. First words that end in a full stop and letters say nothing of a language. */
export function titleFor(title: string, text: string): string {
  const opening = title === '' ? openingOf(text) : ''
  return opening === '' ? title : `${opening}.md`
}

/** The name of a file in that format. "notes.md" stays so as Markdown and becomes "notes.txt" as text. */
export function fileNameOf(title: string, untitled: string, format: Format): string {
  const extension = extensionOf(title)
  const stem = extension === format || isText(extension) ? split(title)[0] : title
  return `${safe(stem, untitled)}.${format}`
}

/** For an archive: as it is titled, code with the extension of code, and everything else as Markdown. */
export function ownFileNameOf(title: string, untitled: string): string {
  const extension = extensionOf(title)
  if (extension === '') return `${safe(title, untitled)}.md`
  return `${safe(split(title)[0], untitled)}.${extension}`
}

/** The same name, or the next that nobody has: "notes (2).md". Capitals do not make another name. */
export function unusedName(name: string, used: ReadonlySet<string>): string {
  if (!used.has(name.toLowerCase())) return name
  const [stem, extension] = split(name)
  let n = 2
  while (used.has(`${stem} (${n}).${extension}`.toLowerCase())) n += 1
  return `${stem} (${n}).${extension}`
}

/** With its extension, which says what language it is in. */
export function titleOfFile(name: string): string {
  const extension = extensionOf(name)
  const title = cleanTitle(name)
  if (extension === '' || extensionOf(title) === extension) return title
  return cleanTitle(`${[...title].slice(0, -(extension.length + 1)).join('')}.${extension}`)
}

function split(name: string): readonly [stem: string, extension: string] {
  const dot = name.lastIndexOf('.')
  return dot < 1 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)]
}

function isText(extension: string): boolean {
  return extension === 'md' || extension === 'markdown' || extension === 'txt'
}

function safe(stem: string, untitled: string): string {
  const name = cleanTitle(stem.replace(FORBIDDEN, ' '))
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(RESERVED, '$1_')
  const cut = name
    .slice(0, LONGEST)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
  return cut || untitled
}

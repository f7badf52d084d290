/** How a text begins: what a document is called by until somebody gives it a title. */
import { cleanTitle } from '@manyhands/protocol'

/** More of a text need not be looked at. In UTF-16 units. */
export const BEGINNING = 2000
/** In code points, as titles are counted. */
const LONGEST = 60

/** What makes a heading, a quotation or an item of a list of a line in Markdown. */
const LINE_MARKS = /^\s*(?:(?:#{1,6}|>|[-*+](?: \[[ x]\])?|\d+[.)])\s+)*/i
const LINK = /!?\[([^\]]*)\]\([^)]*\)/g
const EMPHASIS = /\*+|__|~~|`+/g

/** The first line that has a letter or a digit, without the marks of Markdown; empty where there is none. */
export function openingOf(text: string): string {
  const lines = text.slice(0, BEGINNING).split('\n')
  for (const line of lines) {
    const words = cleanTitle(line.replace(LINE_MARKS, '').replace(LINK, '$1').replace(EMPHASIS, ''))
    if (/[\p{L}\p{N}]/u.test(words)) return shortened(words)
  }
  return ''
}

/** Between two words, where there are two. */
function shortened(words: string): string {
  const points = [...words]
  if (points.length <= LONGEST) return words
  const cut = points.slice(0, LONGEST).join('')
  return `${cut.replace(/\s+\S*$/, '')}…`
}

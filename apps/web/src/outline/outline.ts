/** The headings of a Markdown text, in order. */
export interface Heading {
  /** Counted from 1. */
  readonly line: number
  /** From 1, the highest, to 6. */
  readonly level: number
  readonly words: string
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/
/** A line that may be the words of an underlined heading: neither empty nor the beginning of something else. */
const PARAGRAPH = /^ {0,3}(?![>#]|[-+*](?:\s|$)|\d+[.)]\s)\S/

/** Linear in the text. As the preview has them, but for headings in lists and quotes, which are left out. */
export function outlineOf(lines: Iterable<string>): readonly Heading[] {
  const headings: Heading[] = []
  let fence: string | null = null
  let before = ''
  let number = 0
  for (const line of lines) {
    number += 1
    const mark = FENCE.exec(line)
    if (fence !== null) {
      if (mark?.[1]?.startsWith(fence) && mark[2]?.trim() === '') fence = null
      before = ''
      continue
    }
    if (mark?.[1] && !(mark[1].startsWith('`') && mark[2]?.includes('`'))) fence = mark[1]
    const heading = fence === null ? headingOf(line, before, number) : null
    if (heading) headings.push(heading)
    before = heading || fence !== null ? '' : line
  }
  return headings
}

function headingOf(line: string, before: string, number: number): Heading | null {
  const atx = ATX.exec(line)
  if (atx?.[1]) return { line: number, level: atx[1].length, words: plain(atx[2] ?? '') }
  const underline = UNDERLINE.exec(line)?.[1]
  if (!underline || !PARAGRAPH.test(before)) return null
  return { line: number - 1, level: underline.startsWith('=') ? 1 : 2, words: plain(before) }
}

/** Without the signs that make words bold or a link. */
function plain(words: string): string {
  return words
    .trim()
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]+|~~/g, '')
}

/** The heading whose section this line is in, by its place in the list; -1 above the first. By halving. */
export function sectionAt(headings: readonly Heading[], line: number): number {
  let low = 0
  let high = headings.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((headings[middle]?.line ?? Infinity) <= line) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where a line of the text stands in the preview, and which line stands at a height: what lets both scroll as one. */

/** A line of the text, counted from 0, with its height in the preview. A fraction of a line is a place within it. */
export interface Mark {
  readonly line: number
  readonly y: number
}

/** Sorted by both: of marks that say otherwise (a footnote is shown far below its line) the later ones do not count. */
export function sorted(marks: Iterable<Mark>): readonly Mark[] {
  const kept: Mark[] = []
  for (const mark of marks) {
    const last = kept.at(-1)
    if (!last || (mark.line > last.line && mark.y >= last.y)) kept.push(mark)
  }
  return kept
}

export function heightOf(marks: readonly Mark[], line: number): number {
  const [before, after] = around(marks, (mark) => mark.line <= line)
  return between(line, before.line, after.line, before.y, after.y)
}

export function lineAt(marks: readonly Mark[], y: number): number {
  const [before, after] = around(marks, (mark) => mark.y <= y)
  return between(y, before.y, after.y, before.line, after.line)
}

/**
 * Near its end each side reaches its own end, however much longer the other one is: over its last screenful, `from` draws
 * `to` there; over its second half, where there is less than two.
 */
export function towardsEnd(to: number, toEnd: number, from: number, fromEnd: number, screen: number): number {
  const left = fromEnd - from
  const last = Math.min(screen, fromEnd / 2)
  if (left >= last || last <= 0) return Math.min(to, toEnd)
  const weight = 1 - Math.max(0, left) / last
  return Math.min(to, toEnd) * (1 - weight) + toEnd * weight
}

/** What begins first in a window that is scrolled so far, or else goes through it. */
export function firstSeen(marks: readonly Mark[], scrolled: number, screen: number): Mark | undefined {
  const begins = marks.find(({ y }) => y >= scrolled)
  return begins !== undefined && begins.y < scrolled + screen ? begins : marks.findLast(({ y }) => y < scrolled)
}

const NOWHERE: Mark = { line: 0, y: 0 }

/** The last mark for which it holds, and the one after. By halving. */
function around(marks: readonly Mark[], holds: (mark: Mark) => boolean): readonly [Mark, Mark] {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    const mark = marks[middle]
    if (mark && holds(mark)) low = middle + 1
    else high = middle
  }
  const before = marks[low - 1] ?? NOWHERE
  return [before, marks[low] ?? before]
}

function between(at: number, from: number, to: number, start: number, end: number): number {
  return to > from ? start + ((end - start) * (at - from)) / (to - from) : start
}

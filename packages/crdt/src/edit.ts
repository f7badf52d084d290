import type { Id } from './ids.ts'

/**
 * A replacement of the characters [from, to) by `insert`. Indexes count UTF-16 code units, as JavaScript strings and editors
 * do. The edits of one list are disjoint, in rising order, and all speak of the text before the list.
 */
export interface Edit {
  /** The index of the first character replaced, or of the place between two. */
  readonly from: number
  /** The index after the last one replaced: `from` if there is none. */
  readonly to: number
  /** What stands there afterwards. */
  readonly insert: string
  /** Of inserted text that is a copy of text of the same document, restored or moved: the id of the first character copied. */
  readonly source?: Id
}

/** The text after the edits. O(length of the text). */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of edits) {
    result += text.slice(at, edit.from) + edit.insert
    at = edit.to
  }
  return result + text.slice(at)
}

/**
 * Where an index of the text before the edits is in the text after them. At the very place of an insertion, and inside
 * replaced text, `before` goes in front of what was inserted and `after` behind it.
 */
export function mapIndex(index: number, edits: readonly Edit[], side: 'before' | 'after' = 'before'): number {
  let shift = 0
  for (const { from, to, insert } of edits) {
    if (index < from || (index === from && (from < to || side === 'before'))) break
    if (index < to) return from + shift + (side === 'after' ? insert.length : 0)
    shift += insert.length - (to - from)
  }
  return index + shift
}

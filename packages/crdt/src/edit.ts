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

/** Whether [from, to) is a range of whole numbers within 0 and `length`. @internal */
export function isWithin(from: number, to: number, length: number): boolean {
  return from >= 0 && from <= to && to <= length && Number.isInteger(from) && Number.isInteger(to)
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
 * replaced text, `before` goes in front of what was inserted and `after` behind it. O(edits).
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

/** One list that does what two do one after the other; the second speaks of the text after the first. O(edits). */
export function composeEdits(first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  const result = new Composition(first)
  for (const { from, to, insert } of second) {
    result.pass(from, true)
    result.insert(insert)
    result.pass(to, false)
  }
  return result.end()
}

/** Walks the text between two lists of edits, which consists of what the first one kept and what it inserted. */
class Composition {
  private readonly first: readonly Edit[]
  private readonly edits: Edit[] = []
  /** Where the walk is: in the text between, in the text before, in `first`, and in what that one inserts. */
  private between = 0
  private before = 0
  private at = 0
  private inserted = 0
  /** The edit that is being put together: of the text before from here on, as far as the walk has come. */
  private from = 0
  private text = ''

  constructor(first: readonly Edit[]) {
    this.first = first
  }

  insert(text: string): void {
    this.text += text
  }

  /** Walks on to an index of the text between; that part stays in the text, or it goes. */
  pass(to: number, stays: boolean): void {
    while (this.between < to) {
      const edit = this.at < this.first.length ? this.first[this.at] : undefined
      const rest = to - this.between
      if (edit && edit.from === this.before) {
        const size = Math.min(rest, edit.insert.length - this.inserted)
        if (stays) this.text += edit.insert.slice(this.inserted, this.inserted + size)
        this.inserted += size
        this.between += size
        if (this.inserted === edit.insert.length) this.leave(edit)
      } else {
        const size = edit ? Math.min(rest, edit.from - this.before) : rest
        if (stays) this.keep(size)
        else this.before += size
        this.between += size
      }
    }
  }

  end(): readonly Edit[] {
    for (const edit of this.first.slice(this.at)) {
      this.keep(edit.from - this.before)
      this.text += edit.insert.slice(this.inserted)
      this.leave(edit)
    }
    this.keep(1)
    return this.edits
  }

  /** Everything that an edit of the first list inserts is behind us; what it deletes goes with it. */
  private leave(edit: Edit): void {
    this.before = edit.to
    this.inserted = 0
    this.at++
  }

  private keep(size: number): void {
    if (size === 0) return
    const { from, before, text } = this
    if (before > from || text !== '') this.edits.push({ from, to: before, insert: text })
    this.before += size
    this.from = this.before
    this.text = ''
  }
}

import type { Edit } from '@manyhands/crdt'
import { below, type Random, randomText } from './random.ts'

/** Whatever can be typed into: a document, a client, a shared text. */
export interface Typable {
  text(): string
  edit(edits: readonly Edit[]): unknown
}

/** Somebody at a keyboard: has a caret, types and erases there. Others' edits do not move it; tell it where to go. */
export class Typist {
  private readonly into: Typable
  private caret = 0

  constructor(into: Typable) {
    this.into = into
  }

  goes(index: number): this {
    this.caret = index
    return this
  }

  goesToEnd(): this {
    return this.goes(this.into.text().length)
  }

  /** One edit per code point, as keys give them. */
  types(text: string): this {
    for (const character of text) this.pastes(character)
    return this
  }

  pastes(text: string): this {
    this.into.edit([{ from: this.caret, to: this.caret, insert: text }])
    return this.goes(this.caret + text.length)
  }

  /** Backspace, as often as that. */
  erases(characters: number): this {
    for (let left = characters; left > 0; left--) {
      const from = wholeIndex(this.into.text(), this.caret - 1)
      this.into.edit([{ from, to: this.caret, insert: '' }])
      this.goes(from)
    }
    return this
  }
}

/** One to three disjoint edits of the text, none of which touches half a surrogate pair. */
export function randomEdits(random: Random, text: string): readonly Edit[] {
  const ends = Array.from({ length: 2 * (1 + below(random, 3)) }, () =>
    wholeIndex(text, below(random, text.length + 1)),
  )
  ends.sort((a, b) => a - b)
  return ends.flatMap((from, i) => (i % 2 === 0 ? randomEdit(random, from, ends[i + 1] ?? from) : []))
}

/** Mostly typing; now and then a deletion or a replacement, short enough for the text to grow. */
function randomEdit(random: Random, from: number, end: number): Edit {
  const to = random() < 0.4 && end - from <= 12 ? end : from
  const insert = to > from && random() < 0.5 ? '' : randomText(random, 1 + below(random, 4))
  return { from, to, insert }
}

/** The index, or the one before it, if it is inside a surrogate pair. */
export function wholeIndex(text: string, index: number): number {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, index - 1), index + 1)) ? index - 1 : index
}

/** How much text there is, as people count: words and characters. */
import type { Text } from '@codemirror/state'

export interface Counts {
  readonly words: number
  readonly characters: number
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’\-_]*/gu
const SECOND_HALF_OF_PAIR = /[\udc00-\udfff]/g

/** Line breaks count as one character, an emoji of one code point as one. Linear in the text: call it when typing pauses. */
export function countText(text: Text): Counts {
  let words = 0
  let pairs = 0
  for (const line of text.iterLines()) {
    words += occurrences(line, WORD)
    pairs += occurrences(line, SECOND_HALF_OF_PAIR)
  }
  return { words, characters: text.length - pairs }
}

function occurrences(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0
}

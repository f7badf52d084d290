/** How much text there is, as people count: words and characters. */
import type { Text } from '@codemirror/state'

export interface Counts {
  readonly words: number
  readonly characters: number
}

const NONE: Counts = { words: 0, characters: 0 }
const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Counts in steps, so that whoever calls can pause between two of them: a megabyte takes most of a second. An editor keeps the
 * parts of a text that an edit left alone, and so do we: the next count of the same text is a matter of its changed part.
 */
export function* counting(text: Text): Generator<void, Counts> {
  const counts = yield* countingLines(text)
  return { words: counts.words, characters: counts.characters + text.lines - 1 }
}

const known = new WeakMap<Text, Counts>()

/** The line breaks between them are left out. */
function* countingLines(text: Text): Generator<void, Counts> {
  const before = known.get(text)
  if (before) return before
  let counts = NONE
  if (text.children) for (const part of text.children) counts = sum(counts, yield* countingLines(part))
  else for (const line of text.iterLines()) counts = sum(counts, yield* countingLine(line))
  known.set(text, counts)
  return counts
}

function* countingLine(line: string): Generator<void, Counts> {
  let counts = NONE
  for (const portion of portionsOf(line)) {
    counts = sum(counts, { words: wordsIn(portion), characters: charactersIn(portion) })
    yield
  }
  return counts
}

// A segmenter takes far longer for a long text than for its parts.
const PORTION = 1000
const LONGEST_PORTION = 4000
const WORD_END = /\s(?=\S)/g

/** Long lines are cut between words, or anywhere if there are none. */
function* portionsOf(line: string): Generator<string> {
  let from = 0
  while (line.length - from > LONGEST_PORTION) {
    WORD_END.lastIndex = from + PORTION
    const end = WORD_END.exec(line.slice(0, from + LONGEST_PORTION))?.index ?? from + LONGEST_PORTION - 1
    yield line.slice(from, end + 1)
    from = end + 1
  }
  yield line.slice(from)
}

function wordsIn(text: string): number {
  let count = 0
  for (const { isWordLike } of words.segment(text)) if (isWordLike) count += 1
  return count
}

/** Before the first combining mark of Unicode each code unit is a character of its own. */
const SIMPLE = /^[\0-\u02ff]*$/

function charactersIn(text: string): number {
  if (SIMPLE.test(text)) return text.length
  let count = 0
  for (const _ of characters.segment(text)) count += 1
  return count
}

function sum(a: Counts, b: Counts): Counts {
  return { words: a.words + b.words, characters: a.characters + b.characters }
}

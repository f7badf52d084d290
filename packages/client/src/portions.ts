import type { Edit } from '@manyhands/crdt'

/** The characters one portion of an edit inserts at most: three bytes each at worst, and so below a message's limit. */
export const PORTION = 262_144

/**
 * A long edit in portions, each a list of edits of the text that the portions before it have left. Goes from the end of the
 * text to its beginning, so that the indexes of what is still to come stay right. A short edit is one portion.
 */
export function portionsOf(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  if (edits.reduce((sum, { insert }) => sum + insert.length, 0) <= PORTION) return [edits]
  return edits.toReversed().flatMap(portionsOfOne)
}

/** The first replaces what is to be replaced, the others go behind it, one after another. */
function portionsOfOne({ from, to, insert }: Edit): readonly (readonly Edit[])[] {
  const portions: (readonly Edit[])[] = []
  let at = 0
  do {
    const end = wholeEnd(insert, at + PORTION)
    portions.push([{ from: from + at, to: at === 0 ? to : from + at, insert: insert.slice(at, end) }])
    at = end
  } while (at < insert.length)
  return portions
}

/** Not inside a surrogate pair. */
function wholeEnd(text: string, end: number): number {
  if (end >= text.length) return text.length
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end
}

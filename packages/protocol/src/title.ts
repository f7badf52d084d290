import { cleanLine } from './clean-text.ts'
import { MAX_TITLE } from './limits.ts'

/** A document's title as it is kept and shown: one line, at most 200 code points. Empty means untitled. */
export function cleanTitle(title: string): string {
  return cleanLine(title, MAX_TITLE)
}

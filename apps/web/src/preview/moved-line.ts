/** Where a line of the text stands after others have changed it, both counted from 0. Between two edits it is known by its words. */
import { changedBlocks } from './changed-blocks.ts'

export function movedLine(line: number, before: readonly string[], after: readonly string[]): number {
  const { from, to, end } = changedBlocks(before, after)
  if (line < from) return line
  if (line >= to) return line + end - to
  const found = after.slice(from, end).indexOf(before[line] ?? '')
  return found < 0 ? Math.min(line, end) : from + found
}

/** Which blocks of a preview have to be made anew: those between what is equal at its beginning and at its end. */
export interface Change {
  readonly from: number
  /** Before: the blocks [from, to) go. */
  readonly to: number
  /** After: the blocks [from, end) come. */
  readonly end: number
}

export function changedBlocks(before: readonly string[], after: readonly string[]): Change {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let same = 0
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same += 1
  return { from, to: before.length - same, end: after.length - same }
}

import { ancestorAt, compareDigits } from './key.ts'
import { LEFT, RIGHT, type Runs, START } from './runs.ts'

/**
 * The one rule of where new text goes between two visible neighbours, L and R.
 *
 * LSEQ (Nédelec et al. 2013) keeps keys short by two means, and so do we: arenas of digits double with the depth, and a new
 * digit keeps a step's distance from its neighbour, a step that doubles with the depth too, or takes the middle where there is
 * less room. Where LSEQ allocates for each character, we do it for each run, and choose the place so that a person's text
 * stays together however it was typed:
 *
 * 1. Extend the run of L if it is my newest one and nothing hangs between its end and R.
 * 2. Right after my own run that L ends: the same digit. My later first seq sorts behind it, and nobody can come between.
 * 3. Right before my own text that R begins: a left child of R, or, where R is such a child already, a sibling with a smaller
 *    digit. So lines typed upwards stay whole, and go one level deeper once, not each time.
 * 4. Right after somebody else's run that L ends: a sibling with a larger digit.
 * 5. Right before somebody else's run that R begins: a sibling with a smaller digit.
 * 6. Inside a run, or where no digit is left: a right child of L (a left child of R where 5 found no digit).
 *
 * Two who do the same at one place and time choose the same digit; their replica ids order their runs, whole.
 */
export interface Place {
  parent: number
  anchor: number
  side: number
  digit: number
}

/** The digits of a depth reach from −arena to +arena; a depth beyond the tenth is as wide as a 32-bit integer allows. */
export function arena(depth: number): number {
  return 1 << Math.min(20 + depth, 30)
}

/** The distance kept from a neighbour's digit: every depth has room for 2^18 steps in each direction. */
function step(depth: number): number {
  return 1 << Math.min(2 + depth, 12)
}

/**
 * Where a new run of replica `me`, with first seq `first`, goes: between character `leftOffset` of run `left` (START for the
 * start token) and character `rightOffset` of run `right` (−1 for the end token). Writes the answer into `place`. O(depth).
 */
export function allocate(
  runs: Runs,
  me: number,
  first: number,
  left: number,
  leftOffset: number,
  right: number,
  rightOffset: number,
  place: Place,
): void {
  const rightUp = right < 0 ? -1 : ancestorAt(runs, right, runs.depth[left])
  const leftUp = right < 0 ? -1 : ancestorAt(runs, left, runs.depth[right])
  const after = left !== START && rightUp !== left
  const before = right >= 0 && leftUp !== right
  if (after && runs.replica[left] === me && sameDigit(runs, me, first, left, rightUp, place)) return
  if (before && runs.replica[right] === me) {
    const hangsOnMine = runs.side[right] === LEFT && runs.replica[runs.parent[right]] === me
    if (hangsOnMine && smallerDigit(runs, right, leftUp, place)) return
    return child(place, right, rightOffset, LEFT)
  }
  if (after && largerDigit(runs, left, rightUp, place)) return
  if (before && !after) {
    if (smallerDigit(runs, right, leftUp, place)) return
    return child(place, right, rightOffset, LEFT)
  }
  child(place, left, leftOffset, RIGHT)
}

function child(place: Place, parent: number, anchor: number, side: number): void {
  place.parent = parent
  place.anchor = anchor
  place.side = side
  place.digit = 0
}

function sibling(runs: Runs, run: number, digit: number, place: Place): void {
  place.parent = runs.parent[run]
  place.anchor = runs.anchor[run]
  place.side = runs.side[run]
  place.digit = digit
}

function sameDigit(runs: Runs, me: number, first: number, left: number, rightUp: number, place: Place): boolean {
  if (areSiblings(runs, left, rightUp) && compareDigits(runs, runs.digit[left], me, first, rightUp) >= 0) return false
  sibling(runs, left, runs.digit[left], place)
  return true
}

function largerDigit(runs: Runs, left: number, rightUp: number, place: Place): boolean {
  const depth = runs.depth[left]
  const from = runs.digit[left]
  const to = areSiblings(runs, left, rightUp) ? runs.digit[rightUp] : arena(depth) + 1
  if (to - from < 2) return false
  sibling(runs, left, from + Math.min(step(depth), Math.floor((to - from) / 2)), place)
  return true
}

function smallerDigit(runs: Runs, right: number, leftUp: number, place: Place): boolean {
  const depth = runs.depth[right]
  const to = runs.digit[right]
  const from = areSiblings(runs, right, leftUp) ? runs.digit[leftUp] : -arena(depth) - 1
  if (to - from < 2) return false
  sibling(runs, right, to - Math.min(step(depth), Math.floor((to - from) / 2)), place)
  return true
}

function areSiblings(runs: Runs, a: number, b: number): boolean {
  return (
    b >= 0 && runs.parent[a] === runs.parent[b] && runs.anchor[a] === runs.anchor[b] && runs.side[a] === runs.side[b]
  )
}

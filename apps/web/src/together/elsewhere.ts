/** Edits of others that I do not see: who makes them, and in which direction. */

/** An edit of the text before it, as the client tells it. */
interface Edit {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** A place in the text after the edits. */
interface Span {
  readonly from: number
  readonly to: number
}

/** Where somebody's cursor is; null where it is not known. */
interface Head {
  readonly member: number
  readonly at: number | null
}

export type Direction = 'above' | 'below'

/** What the last of some edits made of the text. */
export function spanOf(edits: readonly Edit[]): Span | null {
  const last = edits.at(-1)
  if (last === undefined) return null
  const shift = edits.slice(0, -1).reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0)
  return { from: last.from + shift, to: last.from + shift + last.insert.length }
}

/**
 * Who did it: updates do not say, but whoever types has their cursor there, before the new text as long as no word of its move has
 * come, and behind it afterwards. With one other person here there is no doubt.
 */
export function authorOf({ from, to }: Span, heads: readonly Head[]): number | null {
  const near = heads.filter(({ at }) => at !== null && at >= from && at <= to)
  const candidates = near.length > 0 ? near : heads.length === 1 ? heads : []
  return candidates[0]?.member ?? null
}

/** Null: in sight. */
export function directionOf({ from, to }: Span, inSight: Span): Direction | null {
  if (to < inSight.from) return 'above'
  return from > inSight.to ? 'below' : null
}

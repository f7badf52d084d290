/** Who is one person to me, though under another number: in another tab of their browser, or after a connection was lost. */
import type { Member, Person } from '@manyhands/protocol'

interface Someone {
  readonly person: Person
  readonly device?: string | undefined
}

/** By their browser; whoever has just come has not said yet in which one they are, and is whom they look like. */
export function isSamePerson(a: Someone, b: Someone): boolean {
  if (a.device !== undefined && b.device !== undefined) return a.device === b.device
  return looksSame(a.person, b.person)
}

export function looksSame(a: Person, b: Person): boolean {
  return a.name === b.name && a.color === b.color
}

/** Those of the members who are not among the others. */
export function membersBeside(members: readonly Member[], others: readonly Member[]): readonly Member[] {
  return members.filter((one) => !others.some((other) => isOne(one, other)))
}

/** A number says it too, as long as they do not say themselves that they are two: it means somebody else after a reconnection. */
function isOne(a: Member, b: Member): boolean {
  if (isSamePerson(a.state, b.state)) return true
  return a.member === b.member && (a.state.device === undefined || b.state.device === undefined)
}

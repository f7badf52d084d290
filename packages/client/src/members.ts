import type { Member, MemberPresence } from '@manyhands/protocol'

/** The others who have the document open, after a word about one of them. Nobody changes place in the list while they stay. */
export function withPresence(members: readonly Member[], { member, state }: MemberPresence): readonly Member[] {
  if (state === null) return members.filter((other) => other.member !== member)
  const told = { member, state }
  const known = members.some((other) => other.member === member)
  return known ? members.map((other) => (other.member === member ? told : other)) : [...members, told]
}

import type { Member, MemberPresence, PresenceState } from '@manyhands/protocol'

/** The others who have the document open, after a word about one of them. Nobody changes place in the list while they stay. */
export function withPresence(members: readonly Member[], { member, state }: MemberPresence): readonly Member[] {
  if (state === null) return members.filter((other) => other.member !== member)
  const told = { member, state }
  const known = members.some((other) => other.member === member)
  return known ? members.map((other) => (other.member === member ? told : other)) : [...members, told]
}

/** The others as people: the tabs of one browser are one, shown where they did something last, and my own other tabs are none. */
export function peopleIn(members: readonly Member[], me: PresenceState): readonly Member[] {
  const people: Member[] = []
  for (const member of members) {
    if (isSamePerson(member.state, me)) continue
    const known = people.findIndex(({ state }) => isSamePerson(member.state, state))
    if (known < 0) people.push(member)
    else if (people[known]?.state.idle || !member.state.idle) people[known] = member
  }
  return people.length === members.length ? members : people
}

/** Whoever has just come has not said yet in which browser they are: then they may be another tab of whom they look like. */
function isSamePerson(a: PresenceState, b: PresenceState): boolean {
  if (a.person.name !== b.person.name || a.person.color !== b.person.color) return false
  if (a.device === undefined || b.device === undefined) return a.device !== b.device
  return a.device === b.device
}

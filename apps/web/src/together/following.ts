/** Whom I follow: I see what they see, until I do something of my own. */
import type { Member, Person } from '@manyhands/protocol'
import { isSamePerson, looksSame } from '../people/same-person.ts'

export interface Following {
  /** Null while the connection is lost: numbers mean one connection, so afterwards the person is looked for. */
  readonly member: number | null
  readonly person: Person
  readonly device?: string | undefined
}

/** The same after others have come, gone or changed their names or tabs; null when the person has left. */
export function stillFollowing(following: Following, members: readonly Member[], connected: boolean): Following | null {
  if (!connected) return following.member === null ? following : { ...following, member: null }
  const found =
    members.find(({ member }) => member === following.member) ??
    members.find(({ state }) => isSamePerson(state, following))
  if (found === undefined) return null
  const { member } = found
  const { person, device = following.device } = found.state
  const same = member === following.member && device === following.device && looksSame(person, following.person)
  return same ? following : { member, person, device }
}

/** The one after whom I follow now, so that one key goes round everybody; null after the last, which is nobody. */
export function nextToFollow(following: Following | null, members: readonly Member[]): number | null {
  const now = members.findIndex(({ member }) => member === following?.member)
  return members[now + 1]?.member ?? null
}

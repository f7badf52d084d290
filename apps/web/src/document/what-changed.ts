/** What of a client the page around the text shows, and how soon it must show that it has changed: drawing it anew costs more than an edit. */
import type { Client } from '@manyhands/client'
import type { Member } from '@manyhands/protocol'

export interface Shown extends Pick<Client, 'state' | 'registers' | 'members' | 'me'> {
  readonly hash: string
}

/** `later`: the others have written or moved, and nothing else. The editor shows that by itself. */
export type Changed = 'nothing' | 'later' | 'now'

export function shownOf(client: Client): Shown {
  const { state, registers, members, me } = client
  return { state, registers, members, me, hash: client.hash() }
}

export function changedBetween(a: Shown, b: Shown): Changed {
  if (a.state !== b.state || a.registers !== b.registers || a.me !== b.me) return 'now'
  if (!haveSamePeople(a, b)) return 'now'
  return a.members === b.members && a.hash === b.hash ? 'nothing' : 'later'
}

function haveSamePeople({ members }: Shown, { members: others }: Shown): boolean {
  if (members === others) return true
  return members.length === others.length && members.every((one, i) => isSame(one, others[i]))
}

function isSame(a: Member, b: Member | undefined): boolean {
  const [one, other] = [a.state, b?.state]
  const isSamePerson = one.person.name === other?.person.name && one.person.color === other.person.color
  return a.member === b?.member && isSamePerson && one.idle === other?.idle
}

/** The others in this document, by name. */
import type { Member } from '@manyhands/protocol'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import type { Together } from '../together/together.ts'
import { Avatar } from './avatar.tsx'

export interface PeopleListProps {
  readonly others: readonly Member[]
  readonly together: Together
  /** Somebody was chosen: there is something to look at behind the list. */
  readonly onGo: () => void
}

export function PeopleList({ others, together, onGo }: PeopleListProps): ReactNode {
  if (others.length === 0) return <p className="quiet">{texts.people.alone}</p>
  return (
    <ul className="people-list">
      {others.map((other) => (
        <PersonRow key={other.member} other={other} together={together} onGo={onGo} />
      ))}
    </ul>
  )
}

interface PersonRowProps extends Omit<PeopleListProps, 'others'> {
  readonly other: Member
}

function PersonRow({ other, together, onGo }: PersonRowProps): ReactNode {
  const { person, idle } = other.state
  const name = person.name || texts.people.unnamed
  const followed = together.following?.member === other.member
  const go = (): void => {
    onGo()
    together.goTo(other)
  }
  const follow = (): void => {
    if (!followed) onGo()
    together.follow(other)
  }
  return (
    <li>
      <button type="button" className="person-row" title={texts.together.goTo(name)} onClick={go}>
        <Avatar person={person} idle={idle} />
        <bdi className="person-name">{name}</bdi>
        {idle && <span className="quiet">{texts.people.idle}</span>}
      </button>
      <button
        type="button"
        className="button"
        aria-label={texts.together.follow(name)}
        aria-pressed={followed}
        onClick={follow}
      >
        {texts.together.followButton}
      </button>
    </li>
  )
}

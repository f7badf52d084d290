/** The others in this document, by name. */
import type { Member } from '@manyhands/protocol'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { Avatar } from './avatar.tsx'

export function PeopleList({ others }: { readonly others: readonly Member[] }): ReactNode {
  if (others.length === 0) return <p className="quiet">{texts.people.alone}</p>
  return (
    <ul className="people-list">
      {others.map(({ member, state }) => (
        <li key={member}>
          <Avatar person={state.person} idle={state.idle} />
          <bdi className="person-name">{state.person.name || texts.people.unnamed}</bdi>
          {state.idle && <span className="quiet">{texts.people.idle}</span>}
        </li>
      ))}
    </ul>
  )
}

/** Everyone here, in as little room as possible: I first, then others, then how many more. */
import type { Member, Person } from '@manyhands/protocol'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { Avatar } from './avatar.tsx'

export interface AvatarStackProps {
  readonly me: Person
  readonly others: readonly Member[]
  /** How many others are shown before the rest becomes a number. */
  readonly room: number
}

export function AvatarStack({ me, others, room }: AvatarStackProps): ReactNode {
  const shown = others.slice(0, room)
  const more = others.length - shown.length
  return (
    <span className="avatar-stack">
      <Avatar person={me} />
      {shown.map(({ member, state }) => (
        <Avatar key={member} person={state.person} idle={state.idle} />
      ))}
      {more > 0 && <span className="avatar avatar-more">{texts.people.more(more)}</span>}
    </span>
  )
}

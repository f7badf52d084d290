/** The others as discs in the bar, each of them a way to where they are. */
import type { Member } from '@manyhands/protocol'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import type { Together } from '../together/together.ts'
import { Avatar } from './avatar.tsx'

export interface PersonButtonsProps {
  readonly others: readonly Member[]
  readonly together: Together
}

export function PersonButtons({ others, together }: PersonButtonsProps): ReactNode {
  return others.map((other) => {
    const { member, state } = other
    const name = state.person.name || texts.people.unnamed
    const label = state.idle ? texts.together.goToIdle(name) : texts.together.goTo(name)
    return (
      <button
        key={member}
        type="button"
        className="person-button"
        data-followed={together.following?.member === member || undefined}
        style={{ outlineColor: state.person.color }}
        aria-label={label}
        title={label}
        onClick={() => together.goTo(other)}
      >
        <Avatar person={state.person} idle={state.idle} />
      </button>
    )
  })
}

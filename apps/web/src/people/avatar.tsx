/** A person as a disc: their colour and their initials. */
import type { Person } from '@manyhands/protocol'
import type { ReactNode } from 'react'
import { initials } from './initials.ts'
import { labelOn } from './wheel.ts'

export function Avatar({ person, idle = false }: { readonly person: Person; readonly idle?: boolean }): ReactNode {
  return (
    <span
      className={idle ? 'avatar avatar-idle' : 'avatar'}
      style={{ backgroundColor: person.color, color: labelOn(person.color) }}
      aria-hidden="true"
    >
      {initials(person.name)}
    </span>
  )
}

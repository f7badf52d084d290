/** Where I say who I am: a name and one of twelve colours. Each change counts at once. */
import { Check } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { texts } from '../texts.ts'
import { Avatar } from './avatar.tsx'
import type { Me } from './me.ts'
import { WHEEL } from './wheel.ts'

// The server cuts names to 64 code points; a code point is at most two of the units `maxLength` counts.
const MAX_NAME_UNITS = 64

export function MeForm({ me }: { readonly me: Me }): ReactNode {
  const nameField = useId()
  const { person, change } = me
  return (
    <div className="me-form">
      <div className="me-name">
        <Avatar person={person} />
        <label className="unseen" htmlFor={nameField}>
          {texts.people.name}
        </label>
        <input
          id={nameField}
          className="field"
          value={person.name}
          maxLength={MAX_NAME_UNITS}
          autoComplete="nickname"
          spellCheck={false}
          onChange={(event) => change({ ...person, name: event.target.value })}
        />
      </div>
      <fieldset className="wheel">
        <legend className="unseen">{texts.people.color}</legend>
        {WHEEL.map(({ name, color }) => (
          <label key={color} className="hue" style={{ backgroundColor: color }} title={texts.people.hues[name]}>
            <input
              type="radio"
              className="unseen"
              name={`${nameField}-color`}
              aria-label={texts.people.hues[name]}
              checked={color === person.color}
              onChange={() => change({ ...person, color })}
            />
            {color === person.color && <Check size={14} aria-hidden="true" />}
          </label>
        ))}
      </fieldset>
    </div>
  )
}

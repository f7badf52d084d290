/** Edit, split or read. */
import { BookOpenText, Columns2, type LucideIcon, PencilLine } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { texts } from '../texts.ts'
import type { Mode, ModeChoice } from './mode.ts'

const icons: Readonly<Record<Mode, LucideIcon>> = { edit: PencilLine, split: Columns2, read: BookOpenText }

export function ModeField({ mode }: { readonly mode: ModeChoice }): ReactNode {
  const name = useId()
  return (
    <fieldset className="segments mode-field">
      <legend className="unseen">{texts.writing.mode}</legend>
      {mode.modes.map((choice) => {
        const Icon = icons[choice]
        return (
          <label key={choice} className="segment" title={texts.writing.modes[choice]}>
            <input
              type="radio"
              className="unseen"
              name={name}
              checked={mode.now === choice}
              onChange={() => mode.choose(choice)}
            />
            <Icon size={15} aria-hidden="true" />
            <span className="segment-text">{texts.writing.modes[choice]}</span>
          </label>
        )
      })}
    </fieldset>
  )
}

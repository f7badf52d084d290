/** A choice of one among a few, side by side. */
import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useId } from 'react'

export interface SegmentsProps<Choice extends string> {
  readonly name: string
  readonly choices: readonly Choice[]
  readonly chosen: Choice
  readonly onChoose: (choice: Choice) => void
  readonly names: Readonly<Record<Choice, string>>
  readonly icons: Readonly<Record<Choice, LucideIcon>>
  readonly className?: string
}

export function Segments<Choice extends string>(props: SegmentsProps<Choice>): ReactNode {
  const { names, icons, className = '' } = props
  const group = useId()
  return (
    <fieldset className={`segments ${className}`}>
      <legend className="unseen">{props.name}</legend>
      {props.choices.map((choice) => {
        const Icon: LucideIcon = icons[choice]
        return (
          <label key={choice} className="segment" title={names[choice]}>
            <input
              type="radio"
              className="unseen"
              name={group}
              checked={props.chosen === choice}
              onChange={() => props.onChoose(choice)}
            />
            <Icon size={15} aria-hidden="true" />
            <span className="segment-text">{names[choice]}</span>
          </label>
        )
      })}
    </fieldset>
  )
}

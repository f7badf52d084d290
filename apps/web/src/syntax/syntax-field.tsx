/** Which syntax the text is in, and the choice of another, for everyone who has it open. */
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { PLAIN } from './syntax.ts'
import type { SyntaxChoice } from './use-syntax.ts'

export interface SyntaxFieldProps {
  readonly syntax: SyntaxChoice
  readonly readOnly: boolean
  readonly className: string
}

export function SyntaxField({ syntax, readOnly, className }: SyntaxFieldProps): ReactNode {
  const { chosen, byTitle, names, choose } = syntax
  return (
    <select
      className={className}
      aria-label={texts.writing.syntax}
      title={texts.writing.syntax}
      value={names.includes(chosen) ? chosen : ''}
      disabled={readOnly || names.length === 0}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">{texts.writing.syntaxByTitle(shownName(byTitle))}</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {shownName(name)}
        </option>
      ))}
    </select>
  )
}

function shownName(name: string): string {
  return name === PLAIN ? texts.writing.plain : name
}

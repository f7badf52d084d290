/** How I like to write: kept on this device, and nobody else's business. */
import { type ReactNode, useId } from 'react'
import { texts } from '../texts.ts'
import { FONT_SIZES, TAB_SIZES } from './settings.ts'
import type { SettingsChoice } from './use-writing-settings.ts'

export function SettingsFields({ settings }: { readonly settings: SettingsChoice }): ReactNode {
  const { now, change } = settings
  const words = texts.writing.settings
  return (
    <div className="settings-fields">
      <NumberField
        label={words.fontSize}
        choices={FONT_SIZES}
        value={now.fontSize}
        onChange={(fontSize) => change({ fontSize })}
      />
      <NumberField
        label={words.tabSize}
        choices={TAB_SIZES}
        value={now.tabSize}
        onChange={(tabSize) => change({ tabSize })}
      />
      <YesOrNo label={words.wrap} on={now.wrap} onChange={(wrap) => change({ wrap })} />
      <YesOrNo label={words.spelling} on={now.spelling} onChange={(spelling) => change({ spelling })} />
      <YesOrNo label={words.vim} on={now.vim} onChange={(vim) => change({ vim })} />
    </div>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly choices: readonly number[]
  readonly value: number
  readonly onChange: (value: number) => void
}

function NumberField({ label, choices, value, onChange }: NumberFieldProps): ReactNode {
  const id = useId()
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="field" value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </div>
  )
}

interface YesOrNoProps {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

function YesOrNo({ label, on, onChange }: YesOrNoProps): ReactNode {
  return (
    <label className="setting">
      <span>{label}</span>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
    </label>
  )
}

/** System, light or dark. */
import { Monitor, Moon, Sun } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { texts } from '../texts.ts'
import { THEMES, type Theme } from './theme.ts'

const icons = { system: Monitor, light: Sun, dark: Moon } as const

export function ThemeField({ theme }: { readonly theme: Theme }): ReactNode {
  const name = useId()
  return (
    <fieldset className="segments">
      <legend className="unseen">{texts.menu.theme}</legend>
      {THEMES.map((choice) => {
        const Icon = icons[choice]
        return (
          <label key={choice} className="segment">
            <input
              type="radio"
              className="unseen"
              name={name}
              checked={theme.choice === choice}
              onChange={() => theme.choose(choice)}
            />
            <Icon size={15} aria-hidden="true" />
            {texts.menu.themes[choice]}
          </label>
        )
      })}
    </fieldset>
  )
}

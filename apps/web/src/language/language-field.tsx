/** In which language the page speaks. Each language is named in itself, for whoever reads no other. */
import { Languages } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { texts } from '../texts.ts'
import { LANGUAGES, languageNames, languageOfDevice, readLanguageChoice } from './language.ts'
import type { LanguageSetting } from './use-language.ts'

export function LanguageField({ setting }: { readonly setting: LanguageSetting }): ReactNode {
  const field = useId()
  const device = languageNames[languageOfDevice(navigator.languages)]
  return (
    <div className="choice">
      <Languages size={16} aria-hidden="true" />
      <label className="unseen" htmlFor={field}>
        {texts.menu.language}
      </label>
      <select
        id={field}
        className="field"
        value={setting.choice}
        onChange={(event) => setting.choose(readLanguageChoice(event.target.value))}
      >
        <option value="device">{texts.menu.languageOfDevice(device)}</option>
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </select>
    </div>
  )
}

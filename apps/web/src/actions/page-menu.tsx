/** What stands in the menu of every page: how it looks, its language, and all that can be done. */
import type { ReactNode } from 'react'
import { LanguageField } from '../language/language-field.tsx'
import type { LanguageSetting } from '../language/use-language.ts'
import type { Theme } from '../theme/theme.ts'
import { ThemeField } from '../theme/theme-field.tsx'
import { MenuItems } from './menu-items.tsx'

export interface PageMenuProps {
  readonly theme: Theme
  readonly language: LanguageSetting
  readonly onDone: () => void
}

export function PageMenu({ theme, language, onDone }: PageMenuProps): ReactNode {
  return (
    <>
      <ThemeField theme={theme} />
      <LanguageField setting={language} />
      <ul className="menu">
        <MenuItems onDone={onDone} />
      </ul>
    </>
  )
}

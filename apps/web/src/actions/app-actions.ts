/** What can be done wherever one is: begin something new, choose how the page looks. */
import { FilePlus2, Files } from 'lucide-react'
import { LANGUAGES, languageNames } from '../language/language.ts'
import type { LanguageSetting } from '../language/use-language.ts'
import { texts } from '../texts.ts'
import { THEMES, type Theme } from '../theme/theme.ts'
import type { Action } from './action.ts'

export function appActions(theme: Theme, language: LanguageSetting): readonly Action[] {
  return [
    {
      id: 'new-document',
      group: 'document',
      text: () => texts.actions.newDocument,
      icon: FilePlus2,
      // A new page, not a new view: the browser asks first where something is not saved.
      run: () => location.assign('/'),
    },
    {
      id: 'all-documents',
      group: 'document',
      text: () => texts.library.link,
      keys: ['Mod-. d'],
      icon: Files,
      run: () => location.assign('/docs'),
      available: () => location.pathname !== '/docs',
    },
    ...THEMES.map(
      (choice): Action => ({
        id: `theme-${choice}`,
        group: 'view',
        text: () => texts.actions.theme[choice],
        run: () => theme.choose(choice),
        available: () => theme.choice !== choice,
      }),
    ),
    ...LANGUAGES.map(
      (choice): Action => ({
        id: `language-${choice}`,
        group: 'view',
        text: () => `${texts.menu.language}: ${languageNames[choice]}`,
        run: () => language.choose(choice),
        available: () => language.choice !== choice,
      }),
    ),
  ]
}

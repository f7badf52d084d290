/** What can be done wherever one is: begin something new, choose how the page looks. */
import { FilePlus2, Files } from 'lucide-react'
import { texts } from '../texts.ts'
import { THEMES, type Theme } from '../theme/theme.ts'
import type { Action } from './action.ts'

export function appActions(choose: Theme['choose'], chosen: Theme['choice']): readonly Action[] {
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
      (theme): Action => ({
        id: `theme-${theme}`,
        group: 'view',
        text: () => texts.actions.theme[theme],
        run: () => choose(theme),
        available: () => chosen !== theme,
      }),
    ),
  ]
}

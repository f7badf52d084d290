/** What can be done with the way a text is shown. */
import type { EditorView } from '@codemirror/view'
import { ListTree } from 'lucide-react'
import type { Action } from '../actions/action.ts'
import { MODES } from '../preview/mode.ts'
import { texts } from '../texts.ts'
import { markdownActions } from './markdown-keys.ts'
import type { Writing } from './use-writing.ts'

export function writingActions({ mode, outline, showOutline }: Writing, view: EditorView | null): readonly Action[] {
  if (mode === null) return []
  return [
    ...(view === null || mode.now === 'read' ? [] : markdownActions(view)),
    ...MODES.map(
      (choice, i): Action => ({
        id: `mode-${choice}`,
        group: 'view',
        text: () => texts.writing.actions[choice === 'edit' && mode.reader ? 'source' : choice],
        keys: [`Mod-. ${i + 1}`],
        run: () => mode.choose(choice),
        available: () => mode.modes.includes(choice),
      }),
    ),
    {
      id: 'outline',
      group: 'view',
      text: () => texts.writing.actions.outline,
      keys: ['Mod-. o'],
      icon: ListTree,
      run: () => showOutline(!outline),
    },
  ]
}

/** What can be done with the way a text is shown. */
import type { EditorView } from '@codemirror/view'
import { ListTree } from 'lucide-react'
import type { Action } from '../actions/action.ts'
import { MODES, type ModeChoice } from '../preview/mode.ts'
import { texts } from '../texts.ts'
import type { Writing } from './use-writing.ts'
import type { SettingsChoice } from './use-writing-settings.ts'

export function writingActions(writing: Writing, view: EditorView | null): readonly Action[] {
  const { syntax, mode, settings } = writing
  // What is not in sight is not to be changed.
  const inSight = mode?.now === 'read' ? null : view
  return [
    ...((inSight && syntax.keys?.editorActions(inSight)) ?? []),
    ...((inSight && mode && syntax.keys?.markdownActions(inSight)) ?? []),
    ...(mode === null ? [] : viewActions(mode, writing)),
    ...settingActions(settings),
  ]
}

/** Those that are on have a sign behind their name. */
function settingActions({ now, change }: SettingsChoice): readonly Action[] {
  return (['wrap', 'spelling', 'vim'] as const).map((name) => ({
    id: name,
    group: 'view',
    text: () => texts.writing.settings[name] + (now[name] ? ' ✓' : ''),
    run: () => change({ [name]: !now[name] }),
  }))
}

function viewActions(mode: ModeChoice, { outline, showOutline }: Writing): readonly Action[] {
  return [
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

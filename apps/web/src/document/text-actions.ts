/** What can be done in the text, by the names that people know it by. The editor hears the keys of these itself. */
import {
  addCursorAbove,
  addCursorBelow,
  copyLineDown,
  deleteLine,
  moveLineDown,
  moveLineUp,
} from '@codemirror/commands'
import { getSearchQuery, gotoLine, openSearchPanel, selectNextOccurrence } from '@codemirror/search'
import type { Command, EditorView } from '@codemirror/view'
import { redo, undo } from '@manyhands/codemirror'
import { Search } from 'lucide-react'
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'

type Name = Extract<
  keyof typeof texts.actions,
  | 'undo'
  | 'redo'
  | 'goToLine'
  | 'selectNext'
  | 'caretAbove'
  | 'caretBelow'
  | 'lineUp'
  | 'lineDown'
  | 'copyLineDown'
  | 'deleteLine'
>

/** `changes`: does nothing where one may only read. */
const commands: readonly (readonly [name: Name, run: Command, changes: boolean, ...keys: readonly string[]])[] = [
  ['undo', undo, true, 'Mod-z'],
  ['redo', redo, true, 'Mod-Shift-z', 'Mod-y'],
  ['goToLine', gotoLine, false, 'Mod-Alt-g'],
  ['selectNext', selectNextOccurrence, false, 'Mod-d'],
  ['caretAbove', addCursorAbove, false, 'Mod-Alt-ArrowUp'],
  ['caretBelow', addCursorBelow, false, 'Mod-Alt-ArrowDown'],
  ['lineUp', moveLineUp, true, 'Alt-ArrowUp'],
  ['lineDown', moveLineDown, true, 'Alt-ArrowDown'],
  ['copyLineDown', copyLineDown, true, 'Shift-Alt-ArrowDown'],
  ['deleteLine', deleteLine, true, 'Mod-Shift-k'],
]

/** First what to look for, where that is not known yet. */
export function openReplace(view: EditorView): boolean {
  openSearchPanel(view)
  if (getSearchQuery(view.state).search !== '') view.dom.querySelector<HTMLInputElement>('[name=replace]')?.select()
  return true
}

export const TO_TEXT = 'to-text'

export function textActions(view: EditorView): readonly Action[] {
  return [
    {
      id: 'find',
      group: 'text',
      text: () => texts.actions.find,
      keys: ['Mod-f'],
      icon: Search,
      run: () => openSearchPanel(view),
    },
    {
      id: 'replace',
      group: 'text',
      text: () => texts.actions.replace,
      keys: ['Mod-Alt-f', 'Mod-h'],
      run: () => openReplace(view),
      available: () => !view.state.readOnly,
    },
    {
      id: TO_TEXT,
      group: 'text',
      text: () => texts.actions.toText,
      keys: ['Mod-. t'],
      run: () => view.focus(),
    },
    ...commands.map(
      ([name, run, changes, ...keys]): Action => ({
        id: name,
        group: 'text',
        text: () => texts.actions[name],
        keys,
        heardBy: 'editor',
        run: () => {
          view.focus()
          run(view)
        },
        available: () => !(changes && view.state.readOnly),
      }),
    ),
  ]
}

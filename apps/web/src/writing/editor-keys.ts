/** What the editor does by keys, by the names that people know it by. It hears these keys itself. */
import {
  addCursorAbove,
  addCursorBelow,
  copyLineDown,
  deleteLine,
  moveLineDown,
  moveLineUp,
  toggleComment,
  toggleTabFocusMode,
} from '@codemirror/commands'
import { findNext, findPrevious, gotoLine, selectNextOccurrence, selectSelectionMatches } from '@codemirror/search'
import type { Command, EditorView } from '@codemirror/view'
import { redo, undo } from '@manyhands/codemirror'
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'
import { isMac } from '../ui/platform.ts'

type Name = Extract<
  keyof typeof texts.actions,
  | 'undo'
  | 'redo'
  | 'findNext'
  | 'findPrevious'
  | 'goToLine'
  | 'selectNext'
  | 'selectAll'
  | 'caretAbove'
  | 'caretBelow'
  | 'lineUp'
  | 'lineDown'
  | 'copyLineDown'
  | 'deleteLine'
  | 'comment'
  | 'tabFocus'
>

/** `changes`: does nothing where one may only read. */
const commands = (): readonly (readonly [name: Name, run: Command, changes: boolean, ...keys: readonly string[]])[] => [
  ['undo', undo, true, 'Mod-z'],
  ['redo', redo, true, 'Mod-Shift-z', 'Mod-y'],
  ['findNext', findNext, false, 'F3', 'Mod-g'],
  ['findPrevious', findPrevious, false, 'Shift-F3', 'Mod-Shift-g'],
  ['goToLine', gotoLine, false, 'Mod-Alt-g'],
  ['selectNext', selectNextOccurrence, false, 'Mod-d'],
  ['selectAll', selectSelectionMatches, false, 'Mod-Shift-l'],
  ['caretAbove', addCursorAbove, false, 'Mod-Alt-ArrowUp'],
  ['caretBelow', addCursorBelow, false, 'Mod-Alt-ArrowDown'],
  ['lineUp', moveLineUp, true, 'Alt-ArrowUp'],
  ['lineDown', moveLineDown, true, 'Alt-ArrowDown'],
  ['copyLineDown', copyLineDown, true, 'Shift-Alt-ArrowDown'],
  ['deleteLine', deleteLine, true, 'Mod-Shift-k'],
  ['comment', toggleComment, true, 'Mod-/'],
  ['tabFocus', toggleTabFocusMode, false, isMac() ? 'Shift-Alt-m' : 'Ctrl-m'],
]

export function editorActions(view: EditorView): readonly Action[] {
  return commands().map(
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
  )
}

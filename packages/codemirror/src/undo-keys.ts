import { type Extension, Facet, Prec } from '@codemirror/state'
import { type Command, EditorView, keymap } from '@codemirror/view'
import type { Reversal, SharedText } from './shared-text.ts'
import { reversalTransaction } from './to-editor.ts'

interface Shown {
  readonly shared: SharedText
  /** Shows what is held back. */
  readonly showAll: (view: EditorView) => void
}

/** The shared text an editor shows, for commands that get only the view. */
const shown: Facet<Shown, Shown | null> = Facet.define({ combine: (values) => values[0] ?? null })

/** Takes back my own last edit, wherever it is by now, and goes there. */
export const undo: Command = reverting('undo', (shared) => shared.undo())

/** Brings back what I undid last, and goes there. */
export const redo: Command = reverting('redo', (shared) => shared.redo())

/** Undo and redo of my own edits by the keys of every platform, and by the browser's menu. */
export function undoKeys(shared: SharedText, showAll: Shown['showAll']): Extension {
  return [
    shown.of({ shared, showAll }),
    Prec.high(
      keymap.of([
        { key: 'Mod-z', run: undo, preventDefault: true },
        { key: 'Mod-Shift-z', run: redo, preventDefault: true },
        { key: 'Mod-y', run: redo, preventDefault: true },
      ]),
    ),
    EditorView.domEventHandlers({ beforeinput: revertByMenu }),
  ]
}

function reverting(kind: 'undo' | 'redo', revert: (shared: SharedText) => Reversal | null): Command {
  return (view) => {
    const here = view.state.facet(shown)
    if (!here || view.state.readOnly) return false
    here.showAll(view)
    const reversal = revert(here.shared)
    if (reversal) view.dispatch(reversalTransaction(reversal, kind))
    return reversal !== null
  }
}

function revertByMenu(event: InputEvent, view: EditorView): boolean {
  const command = { historyUndo: undo, historyRedo: redo }[event.inputType]
  if (!command) return false
  event.preventDefault()
  return command(view)
}

import { type Extension, Facet, Prec } from '@codemirror/state'
import { type Command, EditorView, keymap } from '@codemirror/view'
import { heldBack } from './held-back.ts'
import type { Reversal, SharedText } from './shared-text.ts'
import { remoteTransaction, reversalTransaction } from './to-editor.ts'

/** The shared text an editor shows, for commands that get only the view. */
const shown: Facet<SharedText, SharedText | null> = Facet.define({ combine: (values) => values[0] ?? null })

/** Takes back my own last edit, wherever it is by now, and goes there. */
export const undo: Command = reverting('undo', (shared) => shared.undo())

/** Brings back what I undid last, and goes there. */
export const redo: Command = reverting('redo', (shared) => shared.redo())

/** Undo and redo of my own edits by the keys of every platform, and by the browser's menu. */
export function undoKeys(shared: SharedText): Extension {
  return [
    shown.of(shared),
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
    const shared = view.state.facet(shown)
    if (!shared || view.state.readOnly) return false
    showHeld(view)
    const reversal = revert(shared)
    if (reversal) view.dispatch(reversalTransaction(reversal, kind))
    return reversal !== null
  }
}

/** A reversal is of the shared text: the editor must have the same. */
function showHeld(view: EditorView): void {
  const changes = view.state.facet(heldBack)?.release()
  if (changes) view.dispatch(remoteTransaction(changes))
}

function revertByMenu(event: InputEvent, view: EditorView): boolean {
  const command = { historyUndo: undo, historyRedo: redo }[event.inputType]
  if (!command) return false
  event.preventDefault()
  return command(view)
}

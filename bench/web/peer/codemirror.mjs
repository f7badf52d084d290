import { Prec } from '@codemirror/state'
import { keymap } from '@codemirror/view'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'

/** What the page imports from @manyhands/codemirror, done by y-codemirror.next: text, the others' cursors and undo. */

export const sharedText = ({ ytext, awareness }) => [
  yCollab(ytext, awareness),
  Prec.high(keymap.of(yUndoManagerKeymap)),
]

export const remoteCursors = () => []

/** Its editor always has the shared text. */
export const editorIndex = (_view, index) => index
export const sharedIndex = editorIndex

const [undoKey, redoKey] = yUndoManagerKeymap
export const undo = undoKey.run
export const redo = redoKey.run

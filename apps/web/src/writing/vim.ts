/** Vim's keys. Its `u` and Ctrl-R take back and bring back my own edits only, as everywhere here. */
import { type Extension, Prec } from '@codemirror/state'
import { redo, undo } from '@manyhands/codemirror'
import { CodeMirror, vim } from '@replit/codemirror-vim'

export function vimKeys(): Extension {
  CodeMirror.commands.undo = ({ cm6 }: CodeMirror) => void undo(cm6)
  CodeMirror.commands.redo = ({ cm6 }: CodeMirror) => void redo(cm6)
  return Prec.highest(vim({ status: true }))
}

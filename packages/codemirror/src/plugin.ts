import { EditorState, type Extension, Prec, type Transaction } from '@codemirror/state'
import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { editsOf } from './from-editor.ts'
import { fromShared } from './remote.ts'
import type { SharedText } from './shared-text.ts'
import { SteadyView } from './steady-view.ts'
import { remoteTransaction } from './to-editor.ts'
import { undoKeys } from './undo-keys.ts'
import { wellFormed } from './well-formed.ts'

/**
 * A shared text in an editor: what is typed goes there, what others type comes from there, and undo takes back my own
 * edits only (leave CodeMirror's `history()` out). The line break is `\n` alone, because the shared text counts a `\r` as
 * a character and the editor must count as it does.
 */
export function sharedText(shared: SharedText): Extension {
  return [
    EditorState.lineSeparator.of('\n'),
    wellFormed,
    undoKeys(shared),
    Prec.high(ViewPlugin.define((view) => new Binding(view, shared))),
  ]
}

/** Stands between one view and one shared text; created and destroyed by the view. */
class Binding implements PluginValue {
  private readonly shared: SharedText
  private readonly steady: SteadyView
  readonly destroy: () => void

  constructor(view: EditorView, shared: SharedText) {
    this.shared = shared
    this.steady = new SteadyView(view)
    this.destroy = shared.onRemote((edits) => this.steady.show(edits))
    if (view.state.doc.toString() !== shared.text()) queueMicrotask(() => showWhole(view, shared))
  }

  update(update: ViewUpdate): void {
    for (const transaction of update.transactions) take(transaction, this.shared)
    this.steady.updated(update)
  }
}

/** What a transaction typed goes to the shared text; what came from there does not go back. */
export function take(transaction: Transaction, shared: SharedText): void {
  if (!transaction.docChanged || transaction.annotation(fromShared)) return
  const { anchor, head } = transaction.startState.selection.main
  shared.edit(editsOf(transaction), { selection: [anchor, head] })
}

/** A view may not be changed while its plugins are being made; before the next event it shows the shared text. */
function showWhole(view: EditorView, shared: SharedText): void {
  view.dispatch(remoteTransaction([{ from: 0, to: view.state.doc.length, insert: shared.text() }]))
}

import { EditorState, type Extension, Prec, type Transaction } from '@codemirror/state'
import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import type { Edit } from '@manyhands/crdt'
import { HeldBack, heldBack } from './held-back.ts'
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
  const held = new HeldBack()
  const binding = ViewPlugin.define((view) => new Binding(view, shared, held), {
    eventHandlers: {
      compositionend() {
        this.showSoon()
      },
    },
  })
  return [EditorState.lineSeparator.of('\n'), wellFormed, undoKeys(shared), heldBack.of(held), Prec.high(binding)]
}

/** Stands between one view and one shared text; created and destroyed by the view. */
class Binding implements PluginValue {
  private readonly view: EditorView
  private readonly shared: SharedText
  private readonly held: HeldBack
  private readonly steady: SteadyView
  readonly destroy: () => void

  constructor(view: EditorView, shared: SharedText, held: HeldBack) {
    this.view = view
    this.shared = shared
    this.held = held
    this.steady = new SteadyView(view)
    this.destroy = shared.onRemote((edits) => this.heard(edits))
    if (view.state.doc.toString() !== shared.text()) queueMicrotask(() => showWhole(view, shared))
  }

  update(update: ViewUpdate): void {
    for (const transaction of update.transactions) take(transaction, this.shared, this.held)
    this.steady.updated(update)
  }

  /** The editor has read what a composition left by the next frame. Another one may have begun by then. */
  showSoon(): void {
    requestAnimationFrame(() => {
      if (!this.view.compositionStarted && this.held.some) this.steady.show(this.held.release(this.view.state.doc))
    })
  }

  private heard(edits: readonly Edit[]): void {
    if (!this.view.compositionStarted && !this.held.some) return this.steady.show(edits)
    this.held.hold(edits, this.view.state.doc.length)
    if (!this.view.compositionStarted) this.showSoon()
  }
}

/** What a transaction typed goes to the shared text; what came from there does not go back. */
export function take(transaction: Transaction, shared: SharedText, held: HeldBack): void {
  if (!transaction.docChanged || transaction.annotation(fromShared)) return
  const { edits, selection } = held.pass(transaction)
  shared.edit(edits, { selection })
}

/** A view may not be changed while its plugins are being made; before the next event it shows the shared text. */
function showWhole(view: EditorView, shared: SharedText): void {
  view.dispatch(remoteTransaction([{ from: 0, to: view.state.doc.length, insert: shared.text() }]))
}

import { EditorState, type Transaction, type TransactionSpec } from '@codemirror/state'
import { HeldBack } from '../src/held-back.ts'
import { take } from '../src/plugin.ts'
import type { SharedText } from '../src/shared-text.ts'
import { remoteTransaction, reversalTransaction } from '../src/to-editor.ts'
import { wellFormed } from '../src/well-formed.ts'

/** An editor without a view: its state, and what the plugin would do with each transaction. */
export class HeadlessEditor {
  state: EditorState
  private readonly shared: SharedText
  private readonly held = new HeldBack()
  private composing = false

  constructor(shared: SharedText) {
    this.shared = shared
    const extensions = [EditorState.lineSeparator.of('\n'), EditorState.allowMultipleSelections.of(true), wellFormed]
    this.state = EditorState.create({ doc: shared.text(), extensions })
    shared.onRemote((edits) => {
      this.held.hold(edits, this.state.doc.length)
      this.show()
    })
  }

  get text(): string {
    return this.state.doc.toString()
  }

  dispatch(spec: TransactionSpec): Transaction {
    const transaction = this.state.update(spec)
    this.state = transaction.state
    take(transaction, this.shared, this.held)
    return transaction
  }

  compose(): void {
    this.composing = true
  }

  endComposition(): void {
    this.composing = false
    this.show()
  }

  undo(): void {
    this.endComposition()
    const reversal = this.shared.undo()
    if (reversal) this.dispatch(reversalTransaction(reversal, 'undo'))
  }

  private show(): void {
    const { doc, selection } = this.state
    const changes = this.held.release(this.composing ? doc.lineAt(selection.main.head) : null)
    if (changes) this.dispatch(remoteTransaction(changes))
  }
}

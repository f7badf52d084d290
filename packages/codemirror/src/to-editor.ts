import { type ChangeSet, EditorSelection, Transaction, type TransactionSpec } from '@codemirror/state'
import type { Edit } from '@manyhands/crdt'
import { fromShared } from './remote.ts'
import type { Reversal } from './shared-text.ts'

/**
 * Shows what others did. The caret stays where it is in the text: an insertion at the very caret goes behind it, and no
 * filter of another extension may hold back what the document has already. Nothing scrolls: the view keeps its first
 * visible line in place by itself when lines above it come and go.
 */
export function remoteTransaction(changes: readonly Edit[] | ChangeSet): TransactionSpec {
  return {
    changes,
    annotations: [fromShared.of(true), Transaction.remote.of(true), Transaction.addToHistory.of(false)],
    filter: false,
  }
}

/** Shows what undo or redo did: the selection is where it was then, and in sight. */
export function reversalTransaction({ edits, selection }: Reversal, userEvent: 'undo' | 'redo'): TransactionSpec {
  const [anchor, head] = selection ?? endOf(edits)
  return {
    changes: edits,
    selection: EditorSelection.single(anchor, head),
    scrollIntoView: true,
    annotations: [fromShared.of(true), Transaction.addToHistory.of(false)],
    userEvent,
    filter: false,
  }
}

/** Where the last of the edits ends in the text after them. */
function endOf(edits: readonly Edit[]): readonly [number, number] {
  const grown = edits.reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0)
  const end = (edits.at(-1)?.to ?? 0) + grown
  return [end, end]
}

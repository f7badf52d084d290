/** How much more a document can hold, and a wall where it ends: what does not fit is not put in, and who writes is told. */
import { EditorState, type Extension, StateEffect } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { MAX_DOCUMENT_LENGTH } from '@manyhands/protocol'

export type Room = 'ample' | 'scarce' | 'none'

/** From this part of the longest text on, it is time to think of a second document. */
const SCARCE = 0.9

export function roomAt(length: number): Room {
  if (length >= MAX_DOCUMENT_LENGTH) return 'none'
  return length >= MAX_DOCUMENT_LENGTH * SCARCE ? 'scarce' : 'ample'
}

const refused = StateEffect.define<null>()

/** Stops my own edits only: those of the others are in the document already. */
export function wall(onRefused: () => void): Extension {
  return [
    EditorState.transactionFilter.of((transaction) => {
      const before = transaction.startState.doc.length
      const after = transaction.newDoc.length
      return after > before && after > MAX_DOCUMENT_LENGTH ? { effects: refused.of(null) } : transaction
    }),
    EditorView.updateListener.of(({ transactions }) => {
      if (transactions.some(({ effects }) => effects.some((effect) => effect.is(refused)))) onRefused()
    }),
  ]
}

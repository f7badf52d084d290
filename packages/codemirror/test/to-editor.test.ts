import { EditorSelection, EditorState, Transaction, type TransactionSpec } from '@codemirror/state'
import { expect, test } from 'vitest'
import { fromShared } from '../src/remote.ts'
import { remoteTransaction, reversalTransaction } from '../src/to-editor.ts'

/** The text with `|` at the caret or around the selection, before and after. */
function after(marked: string, spec: TransactionSpec): string {
  const [anchor = 0, head = anchor] = [...marked.matchAll(/\|/g)].map(({ index }, i) => index - i)
  const selection = EditorSelection.single(anchor, head)
  const state = EditorState.create({ doc: marked.replaceAll('|', ''), selection }).update(spec).state
  const { from, to } = state.selection.main
  const text = state.doc.toString()
  return from === to
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`
}

const inserts = (at: number, insert: string): TransactionSpec => remoteTransaction([{ from: at, to: at, insert }])

test('an insertion before my caret pushes it, one at my caret and one after it do not', () => {
  expect(after('ab|cd', inserts(1, 'X'))).toBe('aXb|cd')
  expect(after('ab|cd', inserts(2, 'X'))).toBe('ab|Xcd')
  expect(after('ab|cd', inserts(3, 'X'))).toBe('ab|cXd')
})

test('an insertion at an end of my selection stays outside it', () => {
  expect(after('a|bc|d', inserts(1, 'X'))).toBe('aX|bc|d')
  expect(after('a|bc|d', inserts(3, 'X'))).toBe('a|bc|Xd')
})

test('my caret stays where the text around it was deleted', () => {
  expect(after('ab|cd', remoteTransaction([{ from: 1, to: 3, insert: '' }]))).toBe('a|d')
})

test('the edits of one list all speak of the text before it', () => {
  const edits = [
    { from: 0, to: 1, insert: 'xyz' },
    { from: 3, to: 3, insert: '!' },
  ]
  expect(after('abc|', remoteTransaction(edits))).toBe('xyzbc|!')
})

test('it is known for what it is, is not in the history, does not scroll, and no filter may stop it', () => {
  const stubborn = EditorState.changeFilter.of(() => false)
  const transaction = EditorState.create({ extensions: stubborn }).update(inserts(0, 'text'))
  expect(transaction.annotation(fromShared)).toBe(true)
  expect(transaction.annotation(Transaction.remote)).toBe(true)
  expect(transaction.annotation(Transaction.addToHistory)).toBe(false)
  expect(transaction.scrollIntoView).toBe(false)
  expect(transaction.newDoc.toString()).toBe('text')
})

test('an undo puts the selection where it was, and in sight', () => {
  const reversal = { edits: [{ from: 1, to: 1, insert: 'bc' }], selection: [3, 1] } as const
  expect(after('ad|', reversalTransaction(reversal, 'undo'))).toBe('a|bc|d')
  expect(EditorState.create({ doc: 'ad' }).update(reversalTransaction(reversal, 'undo')).scrollIntoView).toBe(true)
})

test('an undo that knows of no selection puts the caret where it ended', () => {
  const edits = [
    { from: 0, to: 1, insert: '' },
    { from: 2, to: 2, insert: 'xy' },
  ]
  expect(after('abc|', reversalTransaction({ edits, selection: null }, 'undo'))).toBe('bxy|c')
})

import { EditorState, type TransactionSpec } from '@codemirror/state'
import { applyEdits, type Edit } from '@manyhands/crdt'
import { expect, test } from 'vitest'
import { editsBetween } from '../src/from-editor.ts'
import { wellFormed } from '../src/well-formed.ts'

/** What an editor with this text tells the document when this happens in it, and the text it then shows. */
function happens(doc: string, spec: TransactionSpec): { readonly edits: readonly Edit[]; readonly text: string } {
  const extensions = [EditorState.lineSeparator.of('\n'), EditorState.allowMultipleSelections.of(true), wellFormed]
  const transaction = EditorState.create({ doc, extensions }).update(spec)
  const edits = editsBetween(transaction.startState.doc, transaction.changes)
  const text = transaction.newDoc.toString()
  expect(applyEdits(doc, edits)).toBe(text)
  return { edits, text }
}

test('typing is one edit', () => {
  expect(happens('ac', { changes: { from: 1, insert: 'b' } }).edits).toEqual([{ from: 1, to: 1, insert: 'b' }])
})

test('typing with many cursors is one list, in indexes of the text before it', () => {
  const { edits } = happens('one\ntwo', {
    changes: [
      { from: 0, insert: '> ' },
      { from: 4, insert: '> ' },
    ],
  })
  expect(edits).toEqual([
    { from: 0, to: 0, insert: '> ' },
    { from: 4, to: 4, insert: '> ' },
  ])
})

test('a change of half an emoji becomes a change of the whole', () => {
  const { edits, text } = happens('a😀b', { changes: { from: 2, to: 3, insert: '\uDE01' } })
  expect(edits).toEqual([{ from: 1, to: 3, insert: '😁' }])
  expect(text).toBe('a😁b')
})

test('a change that begins in one emoji and ends in another becomes a change of both', () => {
  const { edits } = happens('😀x😂', { changes: { from: 1, to: 4, insert: '' } })
  expect(edits).toEqual([{ from: 0, to: 5, insert: '\uD83D\uDE02' }])
})

test('half an emoji, typed or left over, is shown as a replacement character', () => {
  expect(happens('ab', { changes: { from: 1, insert: '\uD83D' } }).text).toBe('a\uFFFDb')
  expect(happens('a😀b', { changes: { from: 2, to: 3 } }).text).toBe('a\uFFFDb')
  expect(happens('a😀b', { changes: { from: 2, insert: '-' } }).text).toBe('a\uFFFD-\uFFFDb')
  expect(happens('😀', { changes: [{ from: 0, to: 1 }] }).text).toBe('\uFFFD')
})

test('an emoji whose halves come one after the other next to another emoji is left whole', () => {
  expect(happens('😀', { changes: { from: 2, insert: '😂' } }).text).toBe('😀😂')
  expect(happens('😀', { changes: { from: 0, insert: 'x' } }).text).toBe('x😀')
})

test('the line breaks of other systems become \\n', () => {
  expect(happens('', { changes: { from: 0, insert: 'a\r\nb\rc\n\r\n' } }).text).toBe('a\nb\nc\n\n')
})

test('a line break the document has already is not touched', () => {
  expect(happens('a\r\nb', { changes: { from: 4, insert: 'c' } }).text).toBe('a\r\nbc')
})

test('two far changes are repaired each in its place, and the selection goes with them', () => {
  const state = EditorState.create({ doc: 'one two', extensions: [EditorState.lineSeparator.of('\n'), wellFormed] })
  const { newDoc, newSelection } = state.update({
    changes: [
      { from: 0, insert: 'x\r\ny' },
      { from: 7, insert: '\uDC00\r\n' },
    ],
    selection: { anchor: 14 },
  })
  expect(newDoc.toString()).toBe('x\nyone two\uFFFD\n')
  expect(newSelection.main.head).toBe(12)
})

import { EditorState } from '@codemirror/state'
import { MAX_DOCUMENT_LENGTH } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { roomAt, wall } from './size.ts'

test('room is scarce from nine tenths on, and at the end there is none', () => {
  expect([0, 0.9 * MAX_DOCUMENT_LENGTH - 1, 0.9 * MAX_DOCUMENT_LENGTH, MAX_DOCUMENT_LENGTH].map(roomAt)).toEqual([
    'ample',
    'ample',
    'scarce',
    'none',
  ])
})

const state = EditorState.create({
  doc: 'x'.repeat(MAX_DOCUMENT_LENGTH - 1),
  extensions: wall(() => undefined),
})

test('what fits is put in, and what does not is left out whole', () => {
  const lengthAfter = (insert: string): number => state.update({ changes: { from: 0, insert } }).state.doc.length
  expect(lengthAfter('a')).toBe(MAX_DOCUMENT_LENGTH)
  expect(lengthAfter('ab')).toBe(MAX_DOCUMENT_LENGTH - 1)
})

test('what others have put in already is shown, however long, and can be taken out', () => {
  const longer = state.update({ changes: { from: 0, insert: 'abc' }, filter: false }).state
  expect(longer.doc.length).toBe(MAX_DOCUMENT_LENGTH + 2)
  expect(longer.update({ changes: { from: 0, to: 1 } }).state.doc.length).toBe(MAX_DOCUMENT_LENGTH + 1)
})

import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { HeldBack } from '../src/held-back.ts'

test('nothing held back, an index of the one text is that of the other', () => {
  const held = new HeldBack()
  expect([held.toEditor(7), held.toShared(7)]).toEqual([7, 7])
})

test('while something is held back, every index of each text has a place in the other', () => {
  const held = new HeldBack()
  held.hold([{ from: 0, to: 0, insert: 'abc' }], 10)
  held.hold([{ from: 8, to: 10, insert: '' }], 10)
  expect([0, 3, 4, 8, 11].map((index) => held.toEditor(index))).toEqual([0, 0, 1, 5, 10])
  expect([0, 1, 5, 6, 10].map((index) => held.toShared(index))).toEqual([0, 4, 8, 8, 11])
  held.release()
  expect(held.toEditor(7)).toBe(7)
})

test('what is held back is in sight where it touches that part of the editor’s text', () => {
  const held = new HeldBack()
  const sight = { from: 4, to: 6 }
  expect(held.touches(sight)).toBe(false)
  held.hold([{ from: 0, to: 0, insert: 'abc' }], 10)
  held.hold([{ from: 11, to: 12, insert: '' }], 10)
  expect(held.touches(sight)).toBe(false)
  held.hold([{ from: 8, to: 8, insert: 'x' }], 10)
  expect(held.touches(sight)).toBe(true)
})

test('what is held back is released once, as one change', () => {
  const held = new HeldBack()
  for (const insert of 'cba') held.hold([{ from: 0, to: 0, insert }], 4)
  const { doc } = EditorState.create({ doc: '....' })
  expect(held.release()?.apply(doc).toString()).toBe('abc....')
  expect(held.release()).toBeNull()
})

test('what touches a line is held on while the rest is released, and both together are the whole', () => {
  const { doc } = EditorState.create({ doc: 'one\ntwo\nthree\nfour' })
  const held = new HeldBack()
  held.hold([{ from: 0, to: 0, insert: 'zero\n' }], doc.length)
  held.hold([{ from: 12, to: 12, insert: '!' }], doc.length)
  held.hold([{ from: 20, to: 24, insert: 'five' }], doc.length)
  const line = doc.lineAt(5)
  const shown = held.release(line)?.apply(doc)
  expect(shown?.toString()).toBe('zero\none\ntwo\nthree\nfive')
  expect(held.release(shown?.lineAt(10))).toBeNull()
  expect(held.isEmpty).toBe(false)
  expect(
    held
      .release()
      ?.apply(shown ?? doc)
      .toString(),
  ).toBe('zero\none\ntwo!\nthree\nfive')
  expect(held.isEmpty).toBe(true)
})

test('a carriage return of somebody else’s is a character, held back or not', () => {
  const held = new HeldBack()
  held.hold([{ from: 0, to: 0, insert: 'a\r\nb\rc' }], 0)
  expect(held.release()?.newLength).toBe(6)
})

import { applyEdits, type Edit } from '@manyhands/crdt'
import { expect, test } from 'vitest'
import { PORTION, portionsOf } from '../src/portions.ts'

function applied(text: string, edits: readonly Edit[]): string {
  return portionsOf(edits).reduce((sofar, portion) => {
    expect(portion.reduce((sum, { insert }) => sum + insert.length, 0)).toBeLessThanOrEqual(PORTION)
    for (const { insert } of portion) expect(insert).not.toMatch(/\p{Surrogate}/u)
    return applyEdits(sofar, portion)
  }, text)
}

test('what people type is one portion', () => {
  const edits = [
    { from: 0, to: 2, insert: 'one' },
    { from: 4, to: 4, insert: 'two' },
  ]
  expect(portionsOf(edits)).toEqual([edits])
})

test('three megabytes pasted go in as portions, and come out as they were', () => {
  const edits = [{ from: 2, to: 4, insert: 'abcdefg\n'.repeat(400_000) }]
  expect(portionsOf(edits).length).toBe(13)
  expect(applied('[][]', edits) === applyEdits('[][]', edits)).toBe(true)
})

test('portions of many edits leave the same text as the edits', () => {
  const edits = ['x', 'y', 'z'].map((letter, i) => ({ from: 2 * i, to: 2 * i + 1, insert: letter.repeat(200_000) }))
  const text = 'abcdef'
  expect(applied(text, edits) === applyEdits(text, edits)).toBe(true)
})

test('no portion ends inside an emoji', () => {
  const edits = [{ from: 0, to: 0, insert: `-${'😀'.repeat(PORTION)}` }]
  expect(applied('', edits) === applyEdits('', edits)).toBe(true)
})

test('a long deletion beside a long insertion is kept', () => {
  const text = 'q'.repeat(300_000)
  const edits = [
    { from: 0, to: 299_999, insert: '' },
    { from: 300_000, to: 300_000, insert: 'w'.repeat(300_000) },
  ]
  expect(applied(text, edits) === applyEdits(text, edits)).toBe(true)
})

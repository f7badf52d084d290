import { expect, test } from 'vitest'
import { movedLine } from './moved-line.ts'

const before = ['one', 'two', 'three', 'four', 'five']

test('lines before an edit stay, lines behind it move with the text', () => {
  const after = ['one', 'two', 'new', 'newer', 'four', 'five']
  expect([0, 1, 3, 4].map((line) => movedLine(line, before, after))).toEqual([0, 1, 4, 5])
})

test('a line that changes stays where it is', () => {
  expect(movedLine(2, before, ['one', 'two', 'three!', 'four', 'five'])).toBe(2)
  expect(movedLine(2, before, ['one', 'two', 'three', '', 'four', 'five'])).toBe(2)
})

test('of a line that has gone, what comes in its place', () => expect(movedLine(3, before, ['one', 'five'])).toBe(1))

test('a line between two edits is found by its words', () =>
  expect(movedLine(2, before, ['zero', 'one', 'two', 'three', 'four', 'five', 'six'])).toBe(3))

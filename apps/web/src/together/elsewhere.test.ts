import { expect, test } from 'vitest'
import { authorOf, directionOf, spanOf } from './elsewhere.ts'

test('the place of an edit is counted in the text after it', () => {
  expect(spanOf([{ from: 5, to: 5, insert: 'abc' }])).toEqual({ from: 5, to: 8 })
  expect(
    spanOf([
      { from: 0, to: 2, insert: '' },
      { from: 10, to: 10, insert: 'x' },
    ]),
  ).toEqual({ from: 8, to: 9 })
  expect(spanOf([])).toBeNull()
})

test('whoever has their cursor there did it, whether or not their move is known yet', () => {
  const span = { from: 100, to: 103 }
  expect(
    authorOf(span, [
      { member: 1, at: 4 },
      { member: 2, at: 100 },
    ]),
  ).toBe(2)
  expect(
    authorOf(span, [
      { member: 1, at: 103 },
      { member: 2, at: 99 },
    ]),
  ).toBe(1)
})

test('a person alone with me did it, wherever their cursor is; among several nobody is accused', () => {
  expect(authorOf({ from: 5, to: 6 }, [{ member: 3, at: null }])).toBe(3)
  expect(
    authorOf({ from: 5, to: 6 }, [
      { member: 3, at: null },
      { member: 4, at: 50 },
    ]),
  ).toBeNull()
})

test('what ends before the first character in sight is above, what begins after the last is below', () => {
  const sight = { from: 100, to: 200 }
  expect(directionOf({ from: 10, to: 20 }, sight)).toBe('above')
  expect(directionOf({ from: 90, to: 100 }, sight)).toBeNull()
  expect(directionOf({ from: 201, to: 202 }, sight)).toBe('below')
})

import { expect, test } from 'vitest'
import { firstSeen, heightOf, lineAt, sorted, towardsEnd } from './scroll-map.ts'

const marks = [
  { line: 0, y: 20 },
  { line: 4, y: 100 },
  { line: 5, y: 400 },
]

test('between two marks lines and heights go evenly', () => {
  expect(heightOf(marks, 2)).toBe(60)
  expect(heightOf(marks, 4.5)).toBe(250)
  expect(lineAt(marks, 60)).toBe(2)
  expect(lineAt(marks, 250)).toBe(4.5)
})

test('going there and coming back ends where it began', () => {
  for (let y = 20; y <= 400; y += 7) expect(heightOf(marks, lineAt(marks, y))).toBeCloseTo(y)
})

test('above the first mark and below the last is as far as they say', () => {
  expect(lineAt(marks, 0)).toBe(0)
  expect(heightOf(marks, 9)).toBe(400)
  expect(heightOf([], 3)).toBe(0)
})

test('a mark that stands below where its line would is left out', () =>
  expect(
    sorted([
      { line: 0, y: 0 },
      { line: 3, y: 50 },
      { line: 2, y: 60 },
      { line: 4, y: 40 },
      { line: 6, y: 90 },
    ]),
  ).toEqual([
    { line: 0, y: 0 },
    { line: 3, y: 50 },
    { line: 6, y: 90 },
  ]))

test('what is seen first begins in the window, or goes through the whole of it', () => {
  expect(firstSeen(marks, 50, 200)).toEqual({ line: 4, y: 100 })
  expect(firstSeen(marks, 110, 200)).toEqual({ line: 4, y: 100 })
  expect(firstSeen(marks, 500, 200)).toEqual({ line: 5, y: 400 })
  expect(firstSeen([], 0, 200)).toBeUndefined()
})

test('both sides end together', () => {
  expect(towardsEnd(300, 500, 100, 1000, 200)).toBe(300)
  expect(towardsEnd(300, 500, 900, 1000, 200)).toBe(400)
  expect(towardsEnd(300, 500, 1000, 1000, 200)).toBe(500)
  expect(towardsEnd(700, 500, 100, 1000, 200)).toBe(500)
})

test('a text of hardly more than a screenful begins where it begins', () => {
  expect(towardsEnd(0, 300, 40, 200, 700)).toBe(0)
  expect(towardsEnd(100, 300, 150, 200, 700)).toBe(200)
})

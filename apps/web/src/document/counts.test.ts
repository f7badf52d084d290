import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { type Counts, counting } from './counts.ts'

/** The counts, and in how many steps they came. */
function count(text: Text): readonly [Counts, number] {
  const steps = counting(text)
  for (let n = 0; ; n++) {
    const step = steps.next()
    if (step.done) return [step.value, n]
  }
}

const counted = (text: string): readonly [number, number] => {
  const [{ words, characters }] = count(Text.of(text.split('\n')))
  return [words, characters]
}

test('an empty text has nothing', () => expect(counted('')).toEqual([0, 0]))

test('words are counted by letters, not by spaces', () =>
  expect(counted('Don’t — stop,  me now!\n\n2 more')).toEqual([6, 30]))

test('languages without spaces have words', () => expect(counted('今日は天気がいい')[0]).toBeGreaterThan(2))

test('what people see as one character is one: an emoji of many parts, a letter with its marks', () =>
  expect(counted('a 👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 नि')).toEqual([2 + 1, 9]))

test('a line of a megabyte is counted in small steps', () => {
  const [counts, steps] = count(Text.of(['word '.repeat(200_000)]))
  expect(counts).toEqual({ words: 200_000, characters: 1_000_000 })
  expect(steps).toBeGreaterThan(200)
})

test('a line without spaces is cut somewhere', () => expect(counted('x'.repeat(10_000))[1]).toBe(10_000))

test('after an edit only what it touched is counted again', () => {
  const text = Text.of(Array.from({ length: 5000 }, () => 'three more words'))
  const [, whole] = count(text)
  const [counts, steps] = count(text.replace(40_000, 40_000, Text.of([' x '])))
  expect(whole).toBe(5000)
  expect(steps).toBeLessThan(200)
  expect(counts.words).toBe(15_001)
})

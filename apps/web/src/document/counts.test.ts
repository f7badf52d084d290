import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { countText } from './counts.ts'

const counted = (text: string): readonly [number, number] => {
  const { words, characters } = countText(Text.of(text.split('\n')))
  return [words, characters]
}

test('an empty text has nothing', () => expect(counted('')).toEqual([0, 0]))

test('words are counted by letters, not by spaces', () =>
  expect(counted('Don’t — stop,  me-now!\n\n2 more')).toEqual([5, 30]))

test('an emoji is one character and no word', () => expect(counted('a 🙂')).toEqual([1, 3]))

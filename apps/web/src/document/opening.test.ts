import { expect, test } from 'vitest'
import { openingOf } from './opening.ts'

test('a text is called by its first words, without the marks of Markdown', () => {
  expect(openingOf('# Trip to Lisbon\n\nmore')).toBe('Trip to Lisbon')
  expect(openingOf('\n\n---\n\n- [ ] book **flights**')).toBe('book flights')
  expect(openingOf('> 1. see [the `plan`](https://example.org)')).toBe('see the plan')
  expect(openingOf('snake_case stays, and 2 * 3')).toBe('snake_case stays, and 2 3')
  expect(openingOf('שלום עולם')).toBe('שלום עולם')
})

test('a text without words is called nothing', () => {
  expect(openingOf('')).toBe('')
  expect(openingOf('***\n# \n🙂')).toBe('')
})

test('a long line is cut between two words, and never within a character', () => {
  expect(openingOf('word '.repeat(30))).toBe(`${'word '.repeat(11)}word…`)
  expect(openingOf(`a${'🙂'.repeat(100)}`)).toBe(`a${'🙂'.repeat(59)}…`)
  expect(openingOf('x'.repeat(10_000_000))).toBe(`${'x'.repeat(60)}…`)
})

import { expect, test } from 'vitest'
import { parseDocumentId, randomDocumentId } from '../src/index.ts'

test('a random document id has the form of one', () => {
  for (const chance of [0, 0.5, 1 - 2 ** -53]) {
    const id = randomDocumentId(() => chance)
    expect(parseDocumentId(id)).toBe(id)
  }
})

test('what has another length, case or letter is no document id', () => {
  const id = 'a'.repeat(26)
  expect(parseDocumentId(id)).toBe(id)
  const others = [
    '',
    id.slice(1),
    `${id}a`,
    'A'.repeat(26),
    `${id.slice(1)}l`,
    `${id.slice(1)}0`,
    `${id}\n`,
    `../${id.slice(3)}`,
  ]
  for (const other of others) expect(parseDocumentId(other)).toBeNull()
})

test('a source of chance that answers 1 is refused', () => {
  expect(() => randomDocumentId(() => 1)).toThrow('outside 0 to 1')
})

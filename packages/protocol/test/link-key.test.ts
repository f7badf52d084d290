import { expect, test } from 'vitest'
import { parseDocumentId, parseLinkKey, randomDocumentId, randomLinkKey } from '../src/index.ts'

test('a new key reads back, and two are not the same', () => {
  const key = randomLinkKey(Math.random)
  expect(parseLinkKey(key)).toBe(key)
  expect(randomLinkKey(Math.random)).not.toBe(key)
})

test('a key is no document id, and a document id is no key', () => {
  expect(parseDocumentId(randomLinkKey(Math.random))).toBe(null)
  expect(parseLinkKey(randomDocumentId(Math.random))).toBe(null)
})

test('what is shorter, longer or of other letters is no key', () => {
  for (const text of ['', 'a'.repeat(27), 'a'.repeat(29), 'A'.repeat(28), `${'a'.repeat(27)}l`, ` ${'a'.repeat(27)}`]) {
    expect(parseLinkKey(text)).toBe(null)
  }
})

test('chance from outside 0 to 1 makes no key', () => {
  expect(() => randomLinkKey(() => 1)).toThrow('outside 0 to 1')
})

import { expect, test } from 'vitest'
import { initials } from './initials.ts'

test('two names give two letters, one name gives one, no name gives a question mark', () => {
  expect(initials('Quiet Otter')).toBe('QO')
  expect(initials('Ana')).toBe('A')
  expect(initials('  ')).toBe('?')
})

test('the names in the middle are left out', () => {
  expect(initials('Ana Maria de Sousa')).toBe('AS')
})

test('a letter of several code points stays whole', () => {
  expect(initials('👩‍👩‍👧 e\u0301cole')).toBe('👩‍👩‍👧E\u0301')
})

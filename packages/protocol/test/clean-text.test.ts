import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanName, cleanTitle, MAX_NAME, MAX_TITLE } from '../src/index.ts'

test('a name stays as it is when there is nothing to clean', () => {
  for (const name of ['Ann', 'Łukasz Żółć', '王小明', 'د. علی‌رضا', 'Zoë 👩‍👩‍👧', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])
    expect(cleanName(name)).toBe(name)
})

test('HTML in a name is text like any other', () => {
  expect(cleanName('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>')
})

test('control characters go, and line breaks and tabs become spaces', () => {
  expect(cleanName(' a\u0000b\u0007\r\n\tc\u2028d\u0085 ')).toBe('ab c d')
})

test('what turns a line around or hides in it goes', () => {
  expect(cleanName('\u202egnp.exe\u202c')).toBe('gnp.exe')
  expect(cleanName('\u2066a\u2069\u200e\u200f\u061cb\u200b\u2060')).toBe('ab')
})

test('a name of 10,000 characters is cut to 64, a title to 200', () => {
  expect(cleanName('x'.repeat(10_000))).toBe('x'.repeat(MAX_NAME))
  expect(cleanTitle('y'.repeat(10_000))).toBe('y'.repeat(MAX_TITLE))
})

test('a cut counts code points and never splits a surrogate pair', () => {
  expect(cleanName('😀'.repeat(10_000))).toBe('😀'.repeat(MAX_NAME))
  expect(cleanName(`a${'😀'.repeat(100)}`)).toBe(`a${'😀'.repeat(MAX_NAME - 1)}`)
})

test('half a surrogate pair goes', () => {
  expect(cleanName('a\ud83db\ude00c')).toBe('abc')
})

test('whatever comes in, what comes out is short, whole, without controls, and clean', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 400 })
  fc.assert(
    fc.property(anything, (text) => {
      const name = cleanName(text)
      expect([...name].length).toBeLessThanOrEqual(MAX_NAME)
      expect(name).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u)
      expect(cleanName(name)).toBe(name)
    }),
  )
})

import { expect, test } from 'vitest'
import { isOwnOrigin } from './origin.ts'

test('a page of this host, and a program that is no browser, may come in', () => {
  expect(isOwnOrigin('https://notes.example', 'notes.example')).toBe(true)
  expect(isOwnOrigin('http://localhost:3000', 'localhost:3000')).toBe(true)
  expect(isOwnOrigin('https://notes.example', 'Notes.Example')).toBe(true)
  expect(isOwnOrigin(undefined, 'notes.example')).toBe(true)
})

test('a page of another host or port, and one that hides where it is from, may not', () => {
  for (const origin of [
    'https://evil.example',
    'http://localhost:4000',
    'null',
    '',
    'file://',
    'https://localhost:3000.evil',
  ])
    expect(isOwnOrigin(origin, 'localhost:3000')).toBe(false)
  expect(isOwnOrigin('https://notes.example', undefined)).toBe(false)
})

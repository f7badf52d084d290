import { expect, test } from 'vitest'
import { isOurOrigin } from './origin.ts'

test('a page of this host, and a program that is no browser, may come in', () => {
  expect(isOurOrigin('https://notes.example', 'notes.example', [])).toBe(true)
  expect(isOurOrigin('http://localhost:3000', 'localhost:3000', [])).toBe(true)
  expect(isOurOrigin('https://notes.example', 'Notes.Example', [])).toBe(true)
  expect(isOurOrigin(undefined, 'notes.example', [])).toBe(true)
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
    expect(isOurOrigin(origin, 'localhost:3000', [])).toBe(false)
  expect(isOurOrigin('https://notes.example', undefined, [])).toBe(false)
})

test('a page of another server of ours may come in, by its whole origin', () => {
  const servers = ['https://b.example', 'http://10.0.0.3:3000/', 'not an address']
  for (const origin of ['https://b.example', 'http://10.0.0.3:3000']) {
    expect(isOurOrigin(origin, 'a.example', servers)).toBe(true)
  }
  for (const origin of ['http://b.example', 'https://b.example:8443', 'http://10.0.0.3', 'null', 'not an address']) {
    expect(isOurOrigin(origin, 'a.example', servers)).toBe(false)
  }
})

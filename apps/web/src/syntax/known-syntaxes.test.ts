import { expect, test } from 'vitest'
import { syntaxNames, syntaxOfTitle } from './known-syntaxes.ts'
import { MARKDOWN, PLAIN } from './syntax.ts'

test.each([
  ['Meeting notes', MARKDOWN],
  ['', MARKDOWN],
  ['README.md', MARKDOWN],
  ['Minutes of 3.30', MARKDOWN],
  ['shopping.TXT', PLAIN],
  ['main.ts', 'TypeScript'],
  ['app.tsx ', 'TSX'],
  ['script.py', 'Python'],
  ['Dockerfile', 'Dockerfile'],
  ['style.css', 'CSS'],
])('%s is %s', (title, syntax) => expect(syntaxOfTitle(title)).toBe(syntax))

test('every syntax is listed once, the two for prose first', () => {
  expect(syntaxNames.slice(0, 2)).toEqual([MARKDOWN, PLAIN])
  expect(new Set(syntaxNames).size).toBe(syntaxNames.length)
  expect(syntaxNames.length).toBeGreaterThan(140)
})

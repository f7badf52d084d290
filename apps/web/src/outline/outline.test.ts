import { expect, test } from 'vitest'
import { outlineOf, sectionAt } from './outline.ts'

const outline = (text: string): readonly string[] =>
  outlineOf(text.split('\n')).map(({ line, level, words }) => `${line} ${'#'.repeat(level)} ${words}`)

test('headings of both kinds, with their levels and lines', () =>
  expect(outline('# One\ntext\n## Two ##\n\nThree\n===\n\nFour\n---\n###### Six\n####### no')).toEqual([
    '1 # One',
    '3 ## Two',
    '5 # Three',
    '8 ## Four',
    '10 ###### Six',
  ]))

test('what only looks like a heading is none', () =>
  expect(outline('#tag\n    # code\n```\n# in a fence\n~~~\n# x\n```\n- item\n---\n> quote\n---\n\n---')).toEqual([]))

test('a fence ends, and an inline one does not begin', () =>
  expect(outline('~~~\n# a\n~~~\n# b\n```c```\n# d')).toEqual(['4 # b', '6 # d']))

test('words lose their signs', () =>
  expect(outline('# **Bold** `code` [link](https://a.b) ![x](y)')).toEqual(['1 # Bold code link x']))

test('the section of a line is that of the last heading above', () => {
  const headings = outlineOf('\n# a\n\n# b\n'.split('\n'))
  expect([1, 2, 3, 4, 99].map((line) => sectionAt(headings, line))).toEqual([-1, 0, 0, 1, 1])
  expect(sectionAt([], 1)).toBe(-1)
})

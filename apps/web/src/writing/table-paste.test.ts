import { expect, test } from 'vitest'
import { markdownTable } from './table-paste.ts'

test('cells become a table with even columns, numbers to the right', () =>
  expect(markdownTable('bird\tcount\ncurlew\t2\ndunlin\t212\n')).toBe(
    '| bird   | count |\n| ------ | ----: |\n| curlew | 2     |\n| dunlin | 212   |\n',
  ))

test('what would end a cell does not', () =>
  expect(markdownTable('a|b\t"two\nlines and ""quotes"""\r\n\\\t')).toBe(
    '| a\\|b | two lines and "quotes" |\n| ---- | ---------------------- |\n| \\\\   |                        |\n',
  ))

test('rows of different lengths are filled up', () =>
  expect(markdownTable('a\tb\nc')).toBe('| a   | b   |\n| --- | --- |\n| c   |     |\n'))

test('one column, or no text is no table', () => {
  expect(markdownTable('a\nb')).toBeNull()
  expect(markdownTable('')).toBeNull()
})

test('a table too large to read is pasted as it is', () => expect(markdownTable('a\tb\n'.repeat(20_000))).toBeNull())

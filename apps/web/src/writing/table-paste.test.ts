import { expect, test } from 'vitest'
import { markdownTable } from './table-paste.ts'

const html = '<html><table border=0><tr><td>x</td></tr></table></html>'
const table = (text: string): string | null => markdownTable({ text, html })

test('cells become a table with even columns, numbers to the right', () =>
  expect(table('bird\tcount\ncurlew\t2\ndunlin\t212\n')).toBe(
    '| bird   | count |\n| ------ | ----: |\n| curlew | 2     |\n| dunlin | 212   |\n',
  ))

test('what would end a cell does not', () =>
  expect(table('a|b\t"two\nlines and ""quotes"""\r\n\\\t')).toBe(
    '| a\\|b | two lines and "quotes" |\n| ---- | ---------------------- |\n| \\\\   |                        |\n',
  ))

test('rows of different lengths are filled up', () =>
  expect(table('a\tb\nc')).toBe('| a   | b   |\n| --- | --- |\n| c   |     |\n'))

test('text with tabs, one column, or no text is no table', () => {
  expect(markdownTable({ text: 'a\tb', html: '' })).toBeNull()
  expect(table('a\nb')).toBeNull()
  expect(table('')).toBeNull()
})

test('a table too large to read is pasted as it is', () => expect(table('a\tb\n'.repeat(20_000))).toBeNull())

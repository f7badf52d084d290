import { expect, test } from 'vitest'
import { agoText } from './when.ts'

const now = new Date(2026, 10, 21, 14, 30).getTime()
const ago = (...at: readonly [day: number, hour: number, minute: number]): string =>
  agoText(new Date(2026, 10, ...at).getTime(), now, 'en')

test('what is near is told by its distance, what is far by its date', () => {
  expect(ago(21, 14, 30)).toBe('now')
  expect(ago(21, 14, 25)).toBe('5 minutes ago')
  expect(ago(21, 9, 0)).toBe('5 hours ago')
  expect(ago(20, 23, 50)).toBe('yesterday')
  expect(ago(18, 8, 0)).toBe('3 days ago')
  expect(ago(1, 8, 0)).toBe('Nov 1, 2026')
})

test('what a wrong clock puts into the future is now', () => {
  expect(ago(23, 0, 0)).toBe('now')
})

test('each language has its own words', () => {
  expect(agoText(now - 86_400_000, now, 'de')).toBe('gestern')
  expect(agoText(now - 300_000, now, 'fr')).toBe('il y a 5 minutes')
})

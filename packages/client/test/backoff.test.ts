import { expect, test } from 'vitest'
import { LONGEST_WAIT, serverAfter, waitAfter } from '../src/backoff.ts'

test('[F1] until each server has been called once, the next one is called at once', () => {
  expect(waitAfter(1, 1, 0.99)).toBe(0)
  expect([1, 2, 3].map((failures) => waitAfter(failures, 3, 0.99))).toEqual([0, 0, 0])
})

test('[F1] then the wait is anything up to a limit that doubles, and never more than five seconds', () => {
  const longest = [2, 3, 4, 5, 6, 7, 8, 1000, 5000].map((failures) => waitAfter(failures, 1, 0.9999))
  expect(longest.slice(0, 4).map((ms) => Math.round(ms / 100) * 100)).toEqual([500, 1000, 2000, 4000])
  for (const ms of longest.slice(4)) expect(ms).toBe(LONGEST_WAIT - 1)
  expect(waitAfter(5, 1, 0)).toBe(0)
  expect(waitAfter(5, 1, 0.5)).toBe(2000)
  expect(waitAfter(4, 3, 0.5)).toBe(250)
})

test('the servers take turns', () => {
  expect([0, 1, 2].map((server) => serverAfter(server, ['a', 'b', 'c']))).toEqual([1, 2, 0])
  expect(serverAfter(0, ['a'])).toBe(0)
})

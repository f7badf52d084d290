import { FakeClock } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { HybridClock } from './hybrid-clock.ts'

function clockAt(now: number, server = 'a'): HybridClock {
  const time = new FakeClock()
  time.advance(now)
  return new HybridClock(time, () => server)
}

test('[R5] a stamp is the time, a counter and the server', () => {
  const clock = clockAt(1_700_000_000_000)
  expect([clock.next(), clock.next()]).toEqual(['1700000000000-0000-a', '1700000000000-0001-a'])
})

test('[R5] a clock that counts parts of milliseconds makes the same stamps', () => {
  expect(clockAt(1_700_000_000_000.6667).next()).toBe('1700000000000-0000-a')
})

test('[R5] every stamp is later than all that were made before, also 30,000 in one millisecond', () => {
  const clock = clockAt(5)
  const stamps = Array.from({ length: 30_000 }, () => clock.next())
  expect([...stamps].sort()).toEqual(stamps)
  expect(new Set(stamps).size).toBe(stamps.length)
})

test('[R5] whoever has seen a stamp of a clock that runs ahead makes a later one', () => {
  const [ahead, behind] = [clockAt(1_000_000, 'ahead'), clockAt(5, 'behind')]
  const stamp = ahead.next()
  behind.saw(stamp)
  expect(behind.next() > stamp).toBe(true)
  expect(behind.next().endsWith('-behind')).toBe(true)
})

test('[R5] what is no stamp moves no clock', () => {
  const clock = clockAt(5)
  for (const text of ['', 'title', '99999999999999-0000-x', '-1-0000-x', '0000000000009-x']) clock.saw(text)
  expect(clock.next()).toBe('0000000000005-0000-a')
})

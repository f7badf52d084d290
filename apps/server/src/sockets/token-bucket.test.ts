import { FakeClock } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

test('it gives what there is at once, and then as much as time brings', () => {
  const clock = new FakeClock()
  const bucket = new TokenBucket(clock, 10, 3)
  expect([1, 1, 1, 1].map((n) => bucket.take(n))).toEqual([true, true, true, false])
  clock.advance(100)
  expect([bucket.take(1), bucket.take(1)]).toEqual([true, false])
  clock.advance(60_000)
  expect([bucket.take(4), bucket.take(3)]).toEqual([false, true])
})

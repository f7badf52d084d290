import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Paced } from './paced.ts'

const PAUSE = 200

/** Does each of its work in so many parts, and notes what is done. */
function pacedIn(parts: number): { readonly paced: Paced<string>; readonly done: string[] } {
  const done: string[] = []
  const paced = new Paced<string>(PAUSE, (value) => {
    let left = parts
    return () => {
      left -= 1
      if (left === 0) done.push(value)
      return left === 0
    }
  })
  return { paced, done }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('what comes without a pause is worked on all the same, now and then', () => {
  const { paced, done } = pacedIn(1)
  for (const letter of 'abcdefgh') {
    paced.take(letter)
    vi.advanceTimersByTime(PAUSE / 4)
  }
  expect(done).toEqual(['d', 'h'])
})

test('work of many parts is finished, and then begun on the latest that came meanwhile', () => {
  const { paced, done } = pacedIn(3)
  paced.take('a')
  vi.advanceTimersByTime(PAUSE)
  paced.take('b')
  paced.take('c')
  vi.runAllTimers()
  expect(done).toEqual(['a', 'c'])
})

test('stopped, it does nothing more, until it is given something new', () => {
  const { paced, done } = pacedIn(2)
  paced.take('a')
  vi.advanceTimersByTime(PAUSE)
  paced.stop()
  vi.runAllTimers()
  expect(done).toEqual([])
  paced.take('b')
  vi.runAllTimers()
  expect(done).toEqual(['b'])
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { untilHere } from './until-here.ts'

/** Fails as often as it is told to. */
function fetchAfter(failures: number) {
  let left = failures
  return vi.fn(async () => {
    if (left-- > 0) throw new Error('No network')
    return 'the part'
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('what cannot be fetched is asked for again until it is here', async () => {
  const [onHere, onFailure] = [vi.fn(), vi.fn()]
  const fetch = fetchAfter(2)
  untilHere(fetch, onHere, onFailure)
  await vi.runAllTimersAsync()
  expect(fetch).toHaveBeenCalledTimes(3)
  expect(onFailure).toHaveBeenCalledTimes(2)
  expect(onHere.mock.calls).toEqual([['the part']])
})

test('a network that comes back is not waited for any longer, and asked once', async () => {
  const onHere = vi.fn()
  const fetch = fetchAfter(1)
  untilHere(fetch, onHere)
  await vi.advanceTimersByTimeAsync(0)
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(onHere).toHaveBeenCalledOnce()
  window.dispatchEvent(new Event('online'))
  await vi.runAllTimersAsync()
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('what nobody wants any more is not asked for again, and not brought', async () => {
  const onHere = vi.fn()
  const fetch = fetchAfter(1)
  untilHere(fetch, onHere)()
  await vi.runAllTimersAsync()
  window.dispatchEvent(new Event('online'))
  expect(fetch).toHaveBeenCalledOnce()
  const stop = untilHere(fetchAfter(0), onHere)
  stop()
  await vi.runAllTimersAsync()
  expect(onHere).not.toHaveBeenCalled()
})

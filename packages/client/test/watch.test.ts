import { FakeClock } from '@manyhands/testkit'
import { expect, test, vi } from 'vitest'
import { Watch } from '../src/watch.ts'

/** A clock whose alarms wait while it stands still, as a frozen tab's do. */
class FreezingClock extends FakeClock {
  private frozen = 0

  override now(): number {
    return super.now() + this.frozen
  }

  freeze(ms: number): void {
    this.frozen += ms
  }
}

function watched() {
  const clock = new FreezingClock()
  const onSilence = vi.fn()
  return { clock, onSilence, watch: new Watch(clock, 9000, onSilence) }
}

test('a line on which something comes now and then is alive', () => {
  const { clock, onSilence, watch } = watched()
  for (let i = 0; i < 20; i++) {
    clock.advance(5000)
    watch.heard()
  }
  expect(onSilence).not.toHaveBeenCalled()
  watch.stop()
})

test('[F2] silence is noticed when its time is up, and once', () => {
  const { clock, onSilence, watch } = watched()
  clock.advance(5000)
  watch.heard()
  clock.advance(8999)
  expect(onSilence).not.toHaveBeenCalled()
  clock.advance(1)
  clock.advance(60_000)
  expect(onSilence).toHaveBeenCalledTimes(1)
})

test('after a standstill of our own the line gets one more chance', () => {
  const { clock, onSilence, watch } = watched()
  clock.freeze(600_000)
  clock.advance(9000)
  expect(onSilence).not.toHaveBeenCalled()
  clock.advance(9000)
  expect(onSilence).toHaveBeenCalledTimes(1)
  watch.stop()
})

test('one that is stopped says nothing any more', () => {
  const { clock, onSilence, watch } = watched()
  watch.stop()
  clock.advance(60_000)
  expect(onSilence).not.toHaveBeenCalled()
})

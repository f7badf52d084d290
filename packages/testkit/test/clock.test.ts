import { expect, test } from 'vitest'
import { FakeClock } from '../src/clock.ts'

test('alarms ring in the order of their times, and each at its own', () => {
  const clock = new FakeClock()
  const rung: [string, number][] = []
  const note = (name: string) => () => rung.push([name, clock.now()])
  clock.after(20, note('late'))
  clock.after(10, note('early'))
  clock.after(10, note('early too'))
  const callOff = clock.after(15, note('never'))
  callOff()
  clock.advance(30)
  expect(rung).toEqual([
    ['early', 10],
    ['early too', 10],
    ['late', 20],
  ])
  expect(clock.now()).toBe(30)
})

test('an alarm set by an alarm rings in the same stretch of time', () => {
  const clock = new FakeClock()
  let rung = 0
  const again = (): void => {
    rung++
    clock.after(10, again)
  }
  clock.after(10, again)
  clock.advance(35)
  expect(rung).toBe(3)
})

test('what is to come soon comes when the turn ends, before any time passes', () => {
  const clock = new FakeClock()
  const heard: string[] = []
  clock.after(0, () => heard.push('alarm'))
  clock.soon(() => {
    heard.push('soon')
    clock.soon(() => heard.push('sooner than the alarm'))
  })
  expect(heard).toEqual([])
  clock.advance(0)
  expect(heard).toEqual(['soon', 'sooner than the alarm', 'alarm'])
})

import type { PresenceState } from '@manyhands/protocol'
import { FakeClock } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { IDLE_AFTER, Presence } from '../src/presence.ts'

function presence() {
  const clock = new FakeClock()
  const told: PresenceState[] = []
  const line = { busy: false }
  const me = new Presence(
    clock,
    { person: { name: 'Ana', color: '#336699' }, selection: null, idle: false },
    (state) => {
      if (!line.busy) told.push(state)
      return !line.busy
    },
  )
  const moveTo = (name: string): void => me.set({ person: { name, color: '#336699' } })
  const names = (): readonly string[] => told.map(({ person }) => person.name)
  return { clock, told, line, me, moveTo, names }
}

test('nobody is told anything before a server listens; then it is told the whole state', () => {
  const { clock, me, moveTo, names } = presence()
  moveTo('Anna')
  clock.advance(1000)
  expect(names()).toEqual([])
  me.join()
  clock.settle()
  expect(names()).toEqual(['Anna'])
})

test('a thousand moves in a second are told thirty times, the last of them among those', () => {
  const { clock, me, moveTo, names } = presence()
  me.join()
  for (let i = 1; i <= 1000; i++) {
    moveTo(`${i}`)
    clock.advance(1)
  }
  expect(names().length).toBeLessThanOrEqual(31)
  clock.advance(100)
  expect(names().at(-1)).toBe('1000')
})

test('a single move is told in the same turn', () => {
  const { clock, me, moveTo, names } = presence()
  me.join()
  clock.advance(1000)
  moveTo('Anna')
  clock.settle()
  expect(names()).toEqual(['Ana', 'Anna'])
})

test('on a busy line the last state waits, and is told', () => {
  const { clock, line, me, moveTo, names } = presence()
  me.join()
  clock.advance(1000)
  line.busy = true
  moveTo('lost on the way')
  clock.advance(50)
  moveTo('Anna')
  clock.advance(500)
  line.busy = false
  clock.advance(50)
  expect(names()).toEqual(['Ana', 'Anna'])
})

test('after a disconnection nothing is told, and at the next join everything again', () => {
  const { clock, me, moveTo, names } = presence()
  me.join()
  clock.advance(1000)
  me.leave()
  moveTo('Anna')
  clock.advance(1000)
  expect(names()).toEqual(['Ana'])
  me.join()
  clock.advance(1000)
  me.leave()
  me.join()
  clock.advance(1000)
  expect(names()).toEqual(['Ana', 'Anna', 'Anna'])
})

test('who does nothing for a minute is away, until they do something', () => {
  const { clock, me, moveTo, told } = presence()
  me.join()
  clock.advance(IDLE_AFTER - 1)
  expect(told.map(({ idle }) => idle)).toEqual([false])
  clock.advance(1)
  expect(told.map(({ idle }) => idle)).toEqual([false, true])
  moveTo('Anna')
  clock.advance(50)
  expect(told.map(({ idle }) => idle)).toEqual([false, true, false])
})

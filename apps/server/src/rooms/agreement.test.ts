import { FakeClock } from '@manyhands/testkit'
import { beforeEach, expect, test } from 'vitest'
import { type Agreeing, Agreement } from './agreement.ts'

/** A room with two other servers: what it asks and what it says. */
class Room implements Agreeing {
  isEmpty = false
  isSettled = true
  peers = 2
  hash = 'now'
  asked = 0
  readonly said: number[] = []

  stateHash(): string {
    return this.hash
  }

  askHash(): void {
    this.asked++
  }

  sayAgreement(agreeing: number): void {
    this.said.push(agreeing)
  }
}

let clock: FakeClock
let room: Room
let agreement: Agreement
beforeEach(() => {
  clock = new FakeClock()
  room = new Room()
  agreement = new Agreement(clock, room)
})

test('[S4] a room that comes to rest asks the others, and says how many have the same', () => {
  agreement.stirred()
  clock.advance(1000)
  agreement.stirred()
  clock.advance(1999)
  expect(room.asked).toBe(0)
  clock.advance(1)
  agreement.told('b', 'now')
  agreement.told('c', 'before')
  clock.advance(500)
  expect([room.asked, room.said]).toEqual([1, [2]])
})

test('[S4] it asks again: soon where not all have the same, and now and then where they have', () => {
  agreement.stirred()
  clock.advance(2000)
  expect(room.said).toEqual([1])
  clock.advance(5000)
  agreement.told('b', 'now')
  agreement.told('c', 'now')
  clock.advance(500)
  expect([room.asked, room.said]).toEqual([2, [1, 3]])
  clock.advance(29_999)
  expect(room.asked).toBe(2)
  clock.advance(1)
  expect(room.asked).toBe(3)
})

test('what a peer said of an earlier text does not count', () => {
  agreement.stirred()
  clock.advance(1500)
  agreement.told('b', 'now')
  room.hash = 'later'
  agreement.stirred()
  clock.advance(2000)
  expect(room.said).toEqual([1])
})

test('nothing is said of what is not on this disk, or to nobody', () => {
  room.isSettled = false
  agreement.stirred()
  clock.advance(10_000)
  expect([room.asked, room.said]).toEqual([0, []])
  room.isSettled = true
  clock.advance(5000)
  expect(room.said).toHaveLength(1)
  room.isEmpty = true
  agreement.stop()
  clock.advance(60_000)
  expect(room.said).toHaveLength(1)
})

test('a server alone says that it has the same', () => {
  room.peers = 0
  agreement.stirred()
  clock.advance(1500)
  expect(room.said).toEqual([1])
})

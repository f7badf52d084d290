import { randomReplicaId } from '@manyhands/crdt'
import { randomDocumentId } from '@manyhands/protocol'
import { FakeClock, seededRandom } from '@manyhands/testkit'
import { expect, test, vi } from 'vitest'
import { Ticket } from '../access/ticket.ts'
import { type AckLevel, Acknowledgements } from './acknowledgements.ts'
import { Member } from './member.ts'

const random = seededRandom(1)

/** A room's acknowledgements, two other servers, and what each member hears: number of the push, and on how many servers. */
class Desk {
  readonly clock = new FakeClock()
  readonly others = { peers: 2, isAlone: false }
  readonly said: string[] = []
  readonly gone = new Set<Member>()
  readonly acknowledgements: Acknowledgements

  constructor(level: AckLevel) {
    this.acknowledgements = new Acknowledgements(level, this.clock, this.others, (member, n, replicas) => {
      this.said.push(`${member.state.person.name} ${n} on ${replicas}`)
      return !this.gone.has(member)
    })
  }

  stored(turn: number, ...pushes: readonly (readonly [Member, number])[]): void {
    this.acknowledgements.stored(turn, new Map(pushes))
  }
}

function member(name: string): Member {
  const outlet = { send() {}, refuse() {}, congested: false, end() {} }
  const newcomer = {
    outlet,
    replica: randomReplicaId(random),
    person: { name, color: '#000000' },
    ticket: new Ticket(randomDocumentId(random), ''),
  }
  return new Member(1, newcomer, 'writer', false)
}

const [ann, bob] = [member('Ann'), member('Bob')]

test('[S1] [P10] local: it is said at once, and again when more servers have it, four times a second at most', () => {
  const desk = new Desk('local')
  desk.stored(1, [ann, 1])
  desk.acknowledgements.confirmed('b', 1)
  desk.stored(2, [ann, 2])
  desk.acknowledgements.confirmed('b', 2)
  desk.acknowledgements.confirmed('c', 2)
  desk.clock.advance(250)
  expect(desk.said).toEqual(['Ann 1 on 1', 'Ann 2 on 1', 'Ann 2 on 3'])
  desk.clock.advance(60_000)
  expect(desk.said).toHaveLength(3)
})

test('[S1] replicated: it is said when the first peer has it, of all earlier pushes at once', () => {
  const desk = new Desk('replicated')
  desk.stored(1, [ann, 1])
  desk.stored(2, [ann, 2], [bob, 1])
  desk.stored(3, [bob, 2])
  expect(desk.said).toEqual([])
  desk.acknowledgements.confirmed('b', 2)
  expect(desk.said).toEqual(['Ann 2 on 2', 'Bob 1 on 2'])
})

test('[S1] replicated: a peer that was faster than our own disk has not to be waited for', () => {
  const desk = new Desk('replicated')
  desk.acknowledgements.confirmed('b', 1)
  desk.stored(1, [ann, 1])
  expect(desk.said).toEqual(['Ann 1 on 2'])
})

test('[S1] replicated: after three seconds, or where there is no peer to wait for, it is said that only one server has it', () => {
  const desk = new Desk('replicated')
  desk.stored(1, [ann, 1])
  desk.clock.advance(1000)
  desk.stored(2, [bob, 1])
  desk.clock.advance(1999)
  expect(desk.said).toEqual([])
  desk.clock.advance(1)
  expect(desk.said).toEqual(['Ann 1 on 1'])
  desk.clock.advance(1000)
  expect(desk.said).toEqual(['Ann 1 on 1', 'Bob 1 on 1'])
  desk.others.isAlone = true
  desk.stored(3, [ann, 2])
  expect(desk.said.at(-1)).toBe('Ann 2 on 1')
})

test('[S1] replicated: what is said at once is not taken back by what waited before it', () => {
  const desk = new Desk('replicated')
  desk.stored(1, [ann, 1])
  desk.others.isAlone = true
  desk.stored(2, [ann, 2])
  desk.clock.advance(3000)
  expect(desk.said).toEqual(['Ann 2 on 1'])
  desk.acknowledgements.confirmed('b', 2)
  desk.clock.advance(250)
  expect(desk.said).toEqual(['Ann 2 on 1', 'Ann 2 on 2'])
})

test('[S1] replicated: nobody waits longer where the clock is set back', () => {
  const desk = new Desk('replicated')
  desk.stored(1, [ann, 1])
  desk.clock.advance(1000)
  desk.stored(2, [bob, 1])
  vi.spyOn(desk.clock, 'now').mockImplementation(() => -3_600_000)
  desk.clock.advance(3000)
  expect(desk.said).toEqual(['Ann 1 on 1', 'Bob 1 on 1'])
})

test('whoever has left is told nothing', () => {
  const desk = new Desk('replicated')
  desk.stored(1, [ann, 1], [bob, 1])
  desk.acknowledgements.left(ann)
  desk.acknowledgements.confirmed('b', 1)
  desk.acknowledgements.left(bob)
  desk.acknowledgements.confirmed('c', 1)
  desk.clock.advance(1000)
  expect(desk.said).toEqual(['Bob 1 on 2'])
})

test('whoever left before their push was on the disk is not kept for what other servers say later', () => {
  const desk = new Desk('local')
  desk.gone.add(ann)
  desk.stored(1, [ann, 1], [bob, 1])
  desk.acknowledgements.confirmed('b', 1)
  desk.clock.advance(1000)
  expect(desk.said).toEqual(['Ann 1 on 1', 'Bob 1 on 1', 'Bob 1 on 2'])
})

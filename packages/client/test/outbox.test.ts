import { Doc, incarnation, replicaId, type Update } from '@manyhands/crdt'
import { expect, test } from 'vitest'
import {
  atRisk,
  cutOff,
  emptyOutbox,
  isEmpty,
  loosened,
  type Outbox,
  type Parcel,
  queued,
  registered,
  restated,
  returned,
  stored,
  taken as takenAtPace,
  WINDOW_BYTES,
  WINDOW_PUSHES,
} from '../src/outbox.ts'
import { freshPace } from '../src/pace.ts'

const doc = Doc.create({ replica: replicaId(1), incarnation: incarnation('0'.repeat(32)) })
const updateOf = (text: string): Update => doc.edit([{ from: 0, to: 0, insert: text }])
const parcel = (text: string, since = 0): Parcel => ({ update: updateOf(text), characters: text.length, since })

const taken = (outbox: Outbox) => takenAtPace(outbox, freshPace(0))

const written = queued(emptyOutbox, [parcel('one', 5), parcel('fourteen', 6)])
const [sending, fresh] = taken(written)

function numbers(outbox: Outbox): readonly number[] {
  return outbox.sent.map(({ n }) => n)
}

test('an empty outbox has nothing at risk', () => {
  expect(atRisk(emptyOutbox)).toEqual({ characters: 0, since: null })
  expect(isEmpty(emptyOutbox)).toBe(true)
})

test('[S5] what is written is at risk until it is stored, sent or not', () => {
  expect(atRisk(written)).toEqual({ characters: 11, since: 5 })
  expect(atRisk(sending)).toEqual({ characters: 11, since: 5 })
  expect(atRisk(stored(sending, 1))).toEqual({ characters: 8, since: 6 })
  expect(atRisk(stored(sending, 2))).toEqual({ characters: 0, since: null })
})

test('[P1] pushes are counted from 1, and on', () => {
  expect(fresh.map(({ n, characters }) => [n, characters])).toEqual([
    [1, 3],
    [2, 8],
  ])
  const [, later] = taken(queued(stored(sending, 2), [parcel('!')]))
  expect(later.map(({ n }) => n)).toEqual([3])
})

test('[S2] what a lost connection had is at risk as before, and the next one counts from 1', () => {
  const lost = cutOff(queued(sending, [parcel('more', 9)]))
  expect(atRisk(lost)).toEqual({ characters: 15, since: 5 })
  expect(lost).toMatchObject({ waiting: [], sent: [], pushes: 0 })
})

test('a catch-up answers for everything at risk when its last push is stored, and not before', () => {
  const [outbox, pushes] = taken(
    restated(loosened(sending, [{ characters: 4, since: 1 }]), [updateOf('x'), updateOf('y')]),
  )
  expect(pushes.map(({ n }) => n)).toEqual([3, 4])
  expect(atRisk(stored(outbox, 3))).toEqual({ characters: 15, since: 1 })
  expect(isEmpty(stored(outbox, 4))).toBe(true)
})

test('a catch-up that has nothing to say leaves at risk what was', () => {
  expect(atRisk(restated(loosened(emptyOutbox, [{ characters: 4, since: 1 }]), []))).toEqual({
    characters: 4,
    since: 1,
  })
})

test('[P5] what the server gives back is first in line again', () => {
  const [outbox] = taken(queued(sending, [parcel('third')]))
  const back = returned(outbox, 2)
  expect(numbers(back)).toEqual([3])
  expect(atRisk(back).characters).toBe(16)
  const [again, pushes] = taken(back)
  expect(pushes.map(({ n, characters }) => [n, characters])).toEqual([
    [4, 0],
    [5, 16],
  ])
  expect(numbers(again)).toEqual([3, 4, 5])
})

test('[S5] the last part of a catch-up does not answer for an earlier one that the server gave back', () => {
  const risk = { characters: 9, since: 1 }
  const [outbox] = taken(restated(loosened(emptyOutbox, [risk]), [updateOf('x'), updateOf('y')]))
  const [again] = taken(returned(outbox, 1))
  expect(atRisk(stored(again, 2))).toEqual(risk)
  expect(isEmpty(stored(again, 3))).toBe(true)
})

test('no more than a window of pushes is under way', () => {
  const many = queued(
    emptyOutbox,
    Array.from({ length: WINDOW_PUSHES + 10 }, () => parcel('a')),
  )
  const [outbox, first] = taken(many)
  expect(first.length).toBe(WINDOW_PUSHES)
  expect(taken(outbox)[1]).toEqual([])
  expect(taken(stored(outbox, 4))[1].map(({ n }) => n)).toEqual([257, 258, 259, 260])
})

test('no more than a window of bytes is under way, but one push always is', () => {
  const huge = Array.from({ length: 3 }, () => parcel('z'.repeat(WINDOW_BYTES * 0.6)))
  const [outbox, first] = taken(queued(emptyOutbox, huge))
  expect(first.length).toBe(1)
  expect(taken(stored(outbox, 1))[1].length).toBe(1)
  expect(taken(queued(emptyOutbox, [parcel('z'.repeat(WINDOW_BYTES + 1))]))[1].length).toBe(1)
})

test('no more goes than the pace allows', () => {
  const pace = { pushes: 1.9, bytes: 1000, at: 0 }
  expect(takenAtPace(written, pace)[1].length).toBe(1)
  expect(takenAtPace(written, { ...pace, pushes: 0.9 })[1].length).toBe(0)
  expect(takenAtPace(written, { ...pace, bytes: 2 })[1].length).toBe(0)
})

test('a title is pending until a push after it is stored, and goes again where that push was not', () => {
  const answer = { update: doc.edit([]), characters: 5, since: 3 }
  const [outbox] = taken(queued(registered(emptyOutbox, { name: 'title', value: 'Notes' }, answer), [answer]))
  expect(outbox.registers[0]?.n).toBe(1)
  expect(stored(outbox, 1).registers).toEqual([])
  expect(returned(outbox, 1).registers[0]?.n).toBe(null)
  const lost = cutOff(outbox)
  expect([lost.registers[0]?.value, lost.registers[0]?.n, atRisk(lost).characters]).toEqual(['Notes', null, 5])
  const [again, pushes] = taken(restated(lost, []))
  expect(pushes.map(({ n, characters }) => [n, characters])).toEqual([[1, 5]])
  expect(isEmpty(stored(again, 1))).toBe(true)
})

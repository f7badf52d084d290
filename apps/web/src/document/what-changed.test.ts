import type { Client } from '@manyhands/client'
import type { Member } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { changedBetween, type Shown } from './what-changed.ts'

const ann = { name: 'Ann', color: '#aa0000' }
const state = {} as Client['state']
const registers = {} as Client['registers']
const bob = memberAt('start')

function memberAt(place: 'start' | 'end', idle = false): Member {
  return {
    member: 1,
    state: { person: { name: 'Bob', color: '#0000aa' }, selection: { anchor: place, head: place }, idle },
  }
}

const before: Shown = { state, registers, members: [bob], me: ann, hash: '1' }

test('a word about nothing that is shown changes nothing of the page', () => {
  expect(changedBetween(before, { ...before })).toBe('nothing')
})

test('what somebody else wrote and where they are is shown by the editor, and by the page when there is time', () => {
  expect(changedBetween(before, { ...before, hash: '2' })).toBe('later')
  expect(changedBetween(before, { ...before, members: [memberAt('end')] })).toBe('later')
})

test('who comes, goes, falls idle or takes another name is shown by the page', () => {
  const renamed = { ...bob, state: { ...bob.state, person: { name: 'Robert', color: '#0000aa' } } }
  for (const members of [[], [bob, { ...bob, member: 2 }], [memberAt('start', true)], [renamed]])
    expect(changedBetween(before, { ...before, members })).toBe('now')
})

test('a new state, register or name of mine is shown by the page', () => {
  expect(changedBetween(before, { ...before, state: { ...state } })).toBe('now')
  expect(changedBetween(before, { ...before, registers: { ...registers } })).toBe('now')
  expect(changedBetween(before, { ...before, me: { ...ann } })).toBe('now')
})

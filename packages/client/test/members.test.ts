import type { Member, PresenceState } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { peopleIn, withPresence } from '../src/members.ts'

const state = (name: string): PresenceState => ({ person: { name, color: '#336699' }, selection: null, idle: false })
const others: readonly Member[] = [
  { member: 4, state: state('Ana') },
  { member: 2, state: state('Ben') },
]

test('who comes stands last, who moves keeps their place, who leaves is gone', () => {
  const names = (members: readonly Member[]): readonly string[] => members.map((member) => member.state.person.name)
  const three = withPresence(others, { type: 'presence', member: 7, state: state('Cleo') })
  expect(names(three)).toEqual(['Ana', 'Ben', 'Cleo'])
  expect(names(withPresence(three, { type: 'presence', member: 4, state: state('Anna') }))).toEqual([
    'Anna',
    'Ben',
    'Cleo',
  ])
  expect(names(withPresence(three, { type: 'presence', member: 2, state: null }))).toEqual(['Ana', 'Cleo'])
  expect(names(withPresence(others, { type: 'presence', member: 9, state: null }))).toEqual(['Ana', 'Ben'])
})

const inTab = (member: number, name: string, device?: string, idle = false): Member => ({
  member,
  state: { ...state(name), idle, ...(device === undefined ? {} : { device }) },
})
const me: PresenceState = { ...state('Me'), device: 'aa' }
const numbers = (members: readonly Member[]): readonly number[] => peopleIn(members, me).map(({ member }) => member)

test('the tabs of one browser are one person, and mine are not somebody else', () => {
  expect(numbers([inTab(1, 'Ana', 'bb'), inTab(2, 'Me', 'aa'), inTab(3, 'Ana', 'bb'), inTab(4, 'Ben', 'cc')])).toEqual([
    3, 4,
  ])
  expect(numbers([inTab(1, 'Ana', 'bb'), inTab(3, 'Ana', 'bb', true)])).toEqual([1])
})

test('people who only look the same are two', () => {
  expect(numbers([inTab(1, 'Ana', 'bb'), inTab(2, 'Ana', 'cc'), inTab(3, 'Me', 'dd')])).toEqual([1, 2, 3])
  expect(numbers([inTab(1, 'Ana'), inTab(2, 'Ana')])).toEqual([1, 2])
})

test('who has not said yet in which browser they are may be a tab of whom they look like', () => {
  expect(numbers([inTab(1, 'Ana', 'bb'), inTab(2, 'Ana'), inTab(3, 'Me')])).toEqual([2])
})

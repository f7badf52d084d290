import type { Member } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { isSamePerson, membersBeside } from './same-person.ts'

const here = (member: number, name: string, device?: string): Member => ({
  member,
  state: { person: { name, color: '#336699' }, selection: null, idle: false, ...(device && { device }) },
})

test('people are told apart by their browsers, and by their looks where those are not known', () => {
  const same = (a: Member, b: Member): boolean => isSamePerson(a.state, b.state)
  expect(same(here(1, 'Ana', 'aa'), here(2, 'Anna', 'aa'))).toBe(true)
  expect(same(here(1, 'Ana', 'aa'), here(1, 'Ana', 'bb'))).toBe(false)
  expect(same(here(1, 'Ana', 'aa'), here(2, 'Ana'))).toBe(true)
  expect(same(here(1, 'Ana'), here(1, 'Ben'))).toBe(false)
})

test('nobody has come or gone when numbers change', () => {
  const before = [here(1, 'Ana', 'aa'), here(2, 'Ben', 'bb')]
  expect(membersBeside([here(7, 'Ben', 'bb'), here(1, 'Ana')], before)).toEqual([])
  expect(membersBeside(before, [here(1, 'Ben', 'bb'), here(3, 'Ana', 'aa')])).toEqual([])
})

test('a new name makes nobody new', () => expect(membersBeside([here(1, 'Anna')], [here(1, 'Ana')])).toEqual([]))

test('whoever has the number that was somebody else’s is new', () => {
  const cleo = here(1, 'Cleo', 'cc')
  expect(membersBeside([cleo], [here(1, 'Ana', 'aa')])).toEqual([cleo])
})

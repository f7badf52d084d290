import type { Member } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { nextToFollow, stillFollowing } from './following.ts'

const ana = { name: 'Ana', color: '#008171' }
const ben = { name: 'Ben', color: '#4660db' }
const here = (member: number, person: typeof ana): Member => ({
  member,
  state: { person, selection: null, idle: false },
})

test('who changes their name is followed on, under the new one', () => {
  const anna = { ...ana, name: 'Anna' }
  expect(stillFollowing({ member: 1, person: ana }, [here(1, anna)], true)).toEqual({ member: 1, person: anna })
})

test('who leaves is followed no longer', () => {
  expect(stillFollowing({ member: 1, person: ana }, [here(2, ben)], true)).toBeNull()
})

test('after a move to another server the same person is found under another number', () => {
  const lost = stillFollowing({ member: 1, person: ana }, [], false)
  expect(lost).toEqual({ member: null, person: ana })
  expect(lost && stillFollowing(lost, [here(1, ben), here(7, ana)], true)).toEqual({ member: 7, person: ana })
})

test('nothing changed is the same', () => {
  const following = { member: 1, person: ana }
  expect(stillFollowing(following, [here(1, ana)], true)).toBe(following)
})

test('one key goes round everybody, and back to nobody', () => {
  const members = [here(1, ana), here(4, ben)]
  expect(nextToFollow(null, members)).toBe(1)
  expect(nextToFollow({ member: 1, person: ana }, members)).toBe(4)
  expect(nextToFollow({ member: 4, person: ben }, members)).toBeNull()
  expect(nextToFollow(null, [])).toBeNull()
})

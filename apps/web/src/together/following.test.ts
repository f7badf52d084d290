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

test('who does something in another tab is followed there, also before that has said whose it is', () => {
  const inTab = (member: number, device?: string): Member => {
    const { state } = here(member, ana)
    return { member, state: device === undefined ? state : { ...state, device } }
  }
  const following = { member: 1, person: ana, device: 'aa' }
  const moved = { ...following, member: 2 }
  expect(stillFollowing(following, [inTab(2)], true)).toEqual(moved)
  expect(stillFollowing(following, [inTab(3, 'bb'), inTab(2, 'aa')], true)).toEqual(moved)
  expect(stillFollowing(following, [inTab(3, 'bb')], true)).toBeNull()
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

import { expect, test } from 'vitest'
import { givingWay } from './give-way.ts'
import { WHEEL } from './wheel.ts'

const [rose, red] = WHEEL.map(({ color }) => color)
const given = { name: false, color: false }
const me = { name: 'Quiet Otter', color: rose ?? '' }
const twin = { ...me }

test('a given name and a given colour that somebody has are made up anew', () => {
  const changed = givingWay(me, given, [twin], () => 0.5)
  expect(changed.name).not.toBe(me.name)
  expect(changed.color).not.toBe(me.color)
})

test('what I have chosen stays', () => {
  expect(givingWay(me, { name: true, color: true }, [twin], Math.random)).toBe(me)
})

test('where nobody has the same, nothing changes', () => {
  expect(givingWay(me, given, [{ name: 'Kind Finch', color: red ?? '' }], Math.random)).toBe(me)
})

test('the colour is one that is left; when none is, mine stays', () => {
  const all = WHEEL.map(({ color }) => ({ name: 'Kind Finch', color }))
  const left = all.filter((_, i) => i !== 7)
  expect(givingWay(me, given, left, Math.random).color).toBe(WHEEL[7]?.color)
  expect(givingWay(me, given, all, Math.random).color).toBe(me.color)
})

test('when every name is taken, it ends', () => {
  expect(givingWay(me, given, [twin], () => 0).color).not.toBe(me.color)
  const stuck = givingWay({ ...me, name: 'Quiet Otter' }, given, [twin], () => 0)
  expect(stuck.name).toBe('Quiet Otter')
})

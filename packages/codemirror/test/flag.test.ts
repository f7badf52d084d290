import { expect, test } from 'vitest'
import { labelColor, placeFlag } from '../src/flag.ts'

const sight = { top: 0, right: 800, bottom: 500 }
const caret = { left: 100, top: 200, height: 20 }

const name = 'Ana Duarte'
/** A line that leaves no room behind it. */
const FULL = { name, lineEnd: 780 }

test('a flag stands behind the last word of the line, where it covers nothing', () => {
  expect(placeFlag(caret, { name, lineEnd: 300 }, sight, null)).toEqual({
    vertical: 'beside',
    horizontal: 'right',
    shift: 206,
  })
  expect(placeFlag({ ...caret, top: 4 }, { name, lineEnd: 100 }, sight, caret)).toMatchObject({
    vertical: 'beside',
    shift: 6,
  })
})

test('where there is no room or somebody else’s flag, it stands above its caret, to the right', () => {
  for (const flag of [FULL, { name, lineEnd: null }]) {
    expect(placeFlag(caret, flag, sight, null)).toEqual({ vertical: 'above', horizontal: 'right', shift: 0 })
  }
})

test('a short name needs less room than a long one, and none more than there is for names', () => {
  const verticals = ['Bo', 'Ana Duarte', '山田花子', 'A'.repeat(200)].map(
    (name) => placeFlag(caret, { name, lineEnd: 690 }, sight, null).vertical,
  )
  expect(verticals).toEqual(['beside', 'beside', 'beside', 'above'])
  expect(placeFlag(caret, { name: 'A'.repeat(200), lineEnd: 630 }, sight, null).vertical).toBe('beside')
})

test('on the first line in sight it hangs below', () => {
  expect(placeFlag({ ...caret, top: 4 }, FULL, sight, null).vertical).toBe('below')
  expect(placeFlag(caret, FULL, { ...sight, top: 195 }, null).vertical).toBe('below')
})

test('near the right edge it turns left', () => {
  expect(placeFlag({ ...caret, left: 760 }, FULL, sight, null).horizontal).toBe('left')
})

test('it keeps off the line of my own caret', () => {
  expect(placeFlag(caret, FULL, sight, { ...caret, top: 180 }).vertical).toBe('below')
  expect(placeFlag(caret, FULL, sight, caret).vertical).toBe('above')
  expect(placeFlag(caret, FULL, sight, { ...caret, top: 220 }).vertical).toBe('above')
})

test('unless there is no room below', () => {
  expect(placeFlag(caret, FULL, { ...sight, bottom: 225 }, { ...caret, top: 180 }).vertical).toBe('above')
})

test('a name is black on light colours, white on dark ones', () => {
  expect(['#ffffff', '#ffff00', '#7fd6a0'].map(labelColor)).toEqual(['#000000', '#000000', '#000000'])
  expect(['#000000', '#0000ff', '#7a1f3d'].map(labelColor)).toEqual(['#ffffff', '#ffffff', '#ffffff'])
})

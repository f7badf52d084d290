import { expect, test } from 'vitest'
import { labelColor, placeFlag } from '../src/flag.ts'

const sight = { top: 0, right: 800, bottom: 500 }
const caret = { left: 100, top: 200, height: 20 }

/** Where a line ends that leaves no room behind it. */
const FULL = 780

test('a flag stands behind the last word of the line, where it covers nothing', () => {
  expect(placeFlag(caret, 300, sight, null)).toEqual({ vertical: 'beside', horizontal: 'right', shift: 206 })
  expect(placeFlag({ ...caret, top: 4 }, 100, sight, caret)).toMatchObject({ vertical: 'beside', shift: 6 })
})

test('where there is no room or somebody else’s flag, it stands above its caret, to the right', () => {
  for (const lineEnd of [FULL, null]) {
    expect(placeFlag(caret, lineEnd, sight, null)).toEqual({ vertical: 'above', horizontal: 'right', shift: 0 })
  }
})

test('on the first line in sight it hangs below', () => {
  expect(placeFlag({ ...caret, top: 4 }, FULL, sight, null).vertical).toBe('below')
  expect(placeFlag(caret, FULL, { ...sight, top: 195 }, null).vertical).toBe('below')
})

test('near the right edge it turns left', () => {
  expect(placeFlag({ ...caret, left: 700 }, FULL, sight, null).horizontal).toBe('left')
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

import { expect, test } from 'vitest'
import { deviceTrouble } from './device-trouble.ts'

test('a device that keeps the document, or was not asked to, is no trouble', () => {
  for (const keeping of ['none', 'opening', 'kept'] as const)
    expect(deviceTrouble({ keeping, foundDamaged: false })).toBeNull()
})

test('a device that keeps nothing says why', () => {
  for (const keeping of ['full', 'blocked', 'damaged'] as const)
    expect(deviceTrouble({ keeping, foundDamaged: true })).toBe(keeping)
})

test('a copy that was put away is told of, once a new one is kept', () =>
  expect(deviceTrouble({ keeping: 'kept', foundDamaged: true })).toBe('mended'))

import { expect, test } from 'vitest'
import { contrast, labelOn, WHEEL } from './wheel.ts'

test('white initials are readable on every colour of the wheel', () => {
  for (const { color } of WHEEL) expect(contrast(color, '#ffffff'), color).toBeGreaterThanOrEqual(4.5)
})

test('every colour of the wheel shows on the dark page', () => {
  for (const { color } of WHEEL) expect(contrast(color, '#17181b'), color).toBeGreaterThanOrEqual(3)
})

test('a colour from elsewhere gets the label that reads better', () => {
  expect(labelOn('#ffff00')).toBe('#000000')
  expect(labelOn('#000080')).toBe('#ffffff')
})

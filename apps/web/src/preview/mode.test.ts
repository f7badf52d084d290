import { expect, test } from 'vitest'
import { withMode } from './mode.ts'

test('another mode changes nothing else in the address: the key of the link stays', () => {
  const address = { pathname: '/d/abc', search: '', hash: '#key=secret' }
  expect(withMode(address, 'read')).toBe('/d/abc?mode=read#key=secret')
  expect(withMode({ ...address, search: '?mode=read' }, null)).toBe('/d/abc#key=secret')
  expect(withMode({ ...address, search: '?a=b&mode=read' }, 'split')).toBe('/d/abc?a=b&mode=split#key=secret')
})

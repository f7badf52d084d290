import { expect, test } from 'vitest'
import { serversAfterWelcome, serversAtFirst } from '../src/servers.ts'

test('the servers the page was told of come before those the device remembers', () => {
  expect(serversAtFirst(['a'], ['b', 'a', 'c'])).toEqual(['a', 'b', 'c'])
})

test('after a welcome comes who said it, then whom it names, from anywhere in their circle, then the rest', () => {
  const named = ['b', 'a', 'c', 'd']
  expect(serversAfterWelcome('a', named, ['old', 'a', 'b'], 0)).toEqual(['a', 'b', 'c', 'd', 'old'])
  expect(serversAfterWelcome('a', named, ['old'], 0.99)).toEqual(['a', 'd', 'b', 'c', 'old'])
  expect(serversAfterWelcome('a', [], ['b', 'a'], 0.5)).toEqual(['a', 'b'])
})

test('the list does not grow without end, and who was named last stays in it', () => {
  const many = Array.from({ length: 40 }, (_, i) => `old-${i}`)
  const servers = serversAfterWelcome('a', ['b'], many, 0)
  expect(servers.slice(0, 2)).toEqual(['a', 'b'])
  expect(servers.length).toBe(16)
})

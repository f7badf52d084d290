import { expect, test } from 'vitest'
import type { Memory } from './memory.ts'
import { serversIn } from './servers.ts'

function device(first: string | null): Memory {
  let kept = first
  return {
    recall: () => kept,
    keep: (_key, value) => {
      kept = value
    },
  }
}

test('the servers are remembered in their order', () => {
  const memory = serversIn(device(null))
  expect(memory.recall()).toEqual([])
  memory.keep(['http://b:3000', 'https://a.example'])
  expect(memory.recall()).toEqual(['http://b:3000', 'https://a.example'])
})

test('what is no address of the web is forgotten', () => {
  expect(serversIn(device('javascript:alert(1)\nhttp://b:3000\n\nnonsense')).recall()).toEqual(['http://b:3000'])
})

import { randomDocumentId } from '@manyhands/protocol'
import { seededRandom } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import type { Memory } from '../memory.ts'
import { deviceKey } from './device-key.ts'

function memory(): Memory {
  const kept = new Map<string, string>()
  return { recall: (key) => kept.get(key) ?? null, keep: (key, value) => void kept.set(key, value) }
}

test('the tabs of one browser have the same key in a document, and another one in another document', () => {
  const random = seededRandom(1)
  const [one, other] = [randomDocumentId(random), randomDocumentId(random)]
  const device = memory()
  expect(deviceKey(device, random, one)).toMatch(/^[0-9a-f]{12}$/)
  expect(deviceKey(device, random, one)).toBe(deviceKey(device, random, one))
  expect(deviceKey(device, random, one)).not.toBe(deviceKey(device, random, other))
  expect(deviceKey(memory(), random, one)).not.toBe(deviceKey(device, random, one))
})

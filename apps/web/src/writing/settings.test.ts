import { expect, test } from 'vitest'
import type { Memory } from '../memory.ts'
import { keepSettings, recallSettings } from './settings.ts'

function memoryOf(stored: string | null): Memory {
  const kept = new Map<string, string>(stored === null ? [] : [['writing', stored]])
  return { recall: (key) => kept.get(key) ?? null, keep: (key, value) => kept.set(key, value) }
}

const usual = recallSettings(memoryOf(null))

test('what was chosen is remembered', () => {
  const memory = memoryOf(null)
  const chosen = { fontSize: 20, tabSize: 8, wrap: false, spelling: false, vim: true }
  keepSettings(memory, chosen)
  expect(recallSettings(memory)).toEqual(chosen)
})

test.each(['', 'no json', 'null', '[]', '{"fontSize":9000,"tabSize":"4","wrap":"no","vim":1}'])(
  'what nobody can have chosen (%s) is as usual',
  (stored) => expect(recallSettings(memoryOf(stored))).toEqual(usual),
)

import { expect, test } from 'vitest'
import { german } from './texts-de.ts'
import { english } from './texts-en.ts'
import { french } from './texts-fr.ts'

test('how many were replaced is said in words that go with one as well as with many', () => {
  for (const { editor } of [english, german, french]) expect(editor.phrases['replaced $ matches']).toMatch(/:\s\$$/)
})

import { expect, test } from 'vitest'
import source from './texts-fr.ts?raw'

/** What stands between quotes, without what is put in. */
const sentences = source.replace(/\$\{[^}]*\}/g, '…').match(/'[^'\n]*'|`[^`]*`/g) ?? []

test('in French a sign of two parts and a guillemet stand off from their word, and never alone on a line', () => {
  expect(sentences.length).toBeGreaterThan(300)
  expect(sentences.filter((sentence) => / [:;?!»]|« /.test(sentence))).toEqual([])
  expect(sentences.filter((sentence) => /\u00a0[;?!]|\u202f[:»]|«\u202f/.test(sentence))).toEqual([])
})

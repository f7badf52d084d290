import { type DocumentId, type LinkKey, parseDocumentId, parseLinkKey } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { parseAddress, pathOf } from './where.ts'

const ID = parseDocumentId('abcdefghjkmnpqrstuvwxyz234') as DocumentId
const KEY = parseLinkKey('k'.repeat(28)) as LinkKey

test('a document is opened by its id, and one that can only be read by its link', () => {
  expect(pathOf(ID)).toBe(`/d/${ID}`)
  expect(pathOf(KEY)).toBe(`/r/${KEY}`)
})

test('an id and a link are told apart, and from what is neither', () => {
  expect(parseAddress(ID)).toBe(ID)
  expect(parseAddress(KEY)).toBe(KEY)
  expect(parseAddress('trial')).toBeNull()
})

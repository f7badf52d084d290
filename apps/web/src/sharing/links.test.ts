import { parseDocumentId, parseLinkKey } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { keysOf, latestKeyOf, rememberKey } from './keys.ts'
import { editLink, hashWith, keyIn, linkTo, readLink } from './links.ts'

const id = parseDocumentId('abcdefghjkmnpqrstuvwxyz234') ?? never()
const [first, second] = ['a'.repeat(28), 'b'.repeat(28)]

test('a link to edit is the address of the document, and after the first new link its key stands behind the #', () => {
  expect(editLink('https://a.example', id, '')).toBe(`https://a.example/d/${id}`)
  const link = editLink('https://a.example', id, first)
  expect(keyIn(new URL(link).hash)).toBe(first)
  expect(new URL(link).pathname).toBe(`/d/${id}`)
})

test('a link to read does not have the id', () =>
  expect(readLink('https://a.example', first)).toBe(`https://a.example/r/${first}`))

test('what a device hands on is what it opens a document by', () => {
  expect(linkTo('https://a.example', id, second)).toBe(editLink('https://a.example', id, second))
  const key = parseLinkKey(first) ?? never()
  expect(linkTo('https://a.example', key, '')).toBe(readLink('https://a.example', first))
})

test('what stands behind the # and is no key is none', () => {
  for (const hash of [
    '',
    '#L12',
    '#a-heading',
    '#key=',
    '#key=short',
    `#key=${first}&more`,
    `#${first}`,
    '#key=<script>',
  ]) {
    expect(keyIn(hash)).toBe(null)
  }
})

test('the address bar shows the key that counts, and keeps a place in the text', () => {
  expect(hashWith('', first)).toBe(`#key=${first}`)
  expect(hashWith(`#key=${first}`, second)).toBe(`#key=${second}`)
  expect(hashWith(`#key=${first}`, first)).toBe(null)
  expect(hashWith('#L12', first)).toBe(null)
})

test('a device keeps the last keys of a document that it was given, the latest first', () => {
  const kept = new Map<string, string>()
  const device = {
    recall: (name: string) => kept.get(name) ?? null,
    keep: (name: string, value: string) => void kept.set(name, value),
  }
  expect(keysOf(device, id)).toBe('')
  for (const key of [first, second, first]) rememberKey(device, id, key)
  expect(keysOf(device, id)).toBe(`${first} ${second}`)
  expect(latestKeyOf(device, id)).toBe(first)
  for (const letter of 'cdefghjkm') rememberKey(device, id, letter.repeat(28))
  expect(keysOf(device, id).split(' ')).toHaveLength(4)
})

function never(): never {
  throw new Error('That is an id')
}

import { type DocumentId, parseDocumentId } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { found, tagsOf, type Wish } from './found.ts'
import type { KnownDocument } from './known-document.ts'

const collator = new Intl.Collator('en', { numeric: true })
const everything: Wish = { query: '', tag: null, trashed: false, order: 'opened' }

function known(title: string, more: Partial<KnownDocument> = {}): KnownDocument {
  const id = parseDocumentId('abcdefghjkmnpqrstuvwxyz234') as DocumentId
  return { id, title, opening: '', openedAt: 0, changedAt: 0, tags: [], trashedAt: null, ...more }
}

function titles(documents: readonly KnownDocument[], wish: Partial<Wish>): readonly string[] {
  return found(documents, { ...everything, ...wish }, collator).map(({ title }) => title)
}

test('each word of the query has to stand in the title or in a tag, in any order, accent and capitals aside', () => {
  const documents = [known('Café am Fluß', { tags: ['Reise'] }), known('Cafeteria'), known('Resume')]
  expect(titles(documents, { query: 'cafe' })).toEqual(['Café am Fluß', 'Cafeteria'])
  expect(titles(documents, { query: ' REISE café ' })).toEqual(['Café am Fluß'])
  expect(titles(documents, { query: '#reise' })).toEqual(['Café am Fluß'])
  expect(titles(documents, { query: 'résumé' })).toEqual(['Resume'])
  expect(titles(documents, { query: 'tea' })).toEqual([])
})

test('what has no title is found and ordered by its first words', () => {
  const documents = [known(''), known('', { opening: 'Bread and butter' }), known('Cake', { opening: 'Apples' })]
  const openings = (wish: Partial<Wish>): readonly string[] =>
    found(documents, { ...everything, ...wish }, collator).map(({ opening }) => opening)
  expect(openings({ query: 'bread' })).toEqual(['Bread and butter'])
  expect(openings({ query: 'apples' })).toEqual([])
  expect(openings({ order: 'title' })).toEqual(['Bread and butter', 'Apples', ''])
})

test('the trash is apart, and what was thrown away last comes first', () => {
  const documents = [known('kept'), known('a', { trashedAt: 5 }), known('b', { trashedAt: 9 })]
  expect(titles(documents, {})).toEqual(['kept'])
  expect(titles(documents, { trashed: true, order: 'title' })).toEqual(['b', 'a'])
})

test('a tag chooses its documents, however it is capitalised', () => {
  const documents = [known('a', { tags: ['Work'] }), known('b', { tags: ['work', 'idea'] }), known('c')]
  expect(titles(documents, { tag: 'WORK' })).toEqual(['a', 'b'])
  expect(tagsOf(documents, collator)).toEqual(['idea', 'Work'])
})

test('titles are ordered as people order them, and what has none comes last', () => {
  const documents = [known(''), known('Part 10'), known('part 9'), known('Élan'), known('Zeal')]
  expect(titles(documents, { order: 'title' })).toEqual(['Élan', 'part 9', 'Part 10', 'Zeal', ''])
})

test('the latest comes first, by opening or by change', () => {
  const documents = [known('a', { openedAt: 1, changedAt: 9 }), known('b', { openedAt: 2, changedAt: 8 })]
  expect(titles(documents, { order: 'opened' })).toEqual(['b', 'a'])
  expect(titles(documents, { order: 'changed' })).toEqual(['a', 'b'])
})

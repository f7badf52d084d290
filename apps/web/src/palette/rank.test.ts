import { expect, test } from 'vitest'
import { rank } from './rank.ts'

const items = ['Find and replace', 'Follow the next person', 'New document', 'Passer en mode écran'].map((name) => ({
  id: name,
  name,
}))
const named = (query: string, recent: readonly string[] = []): readonly string[] =>
  rank(items, query, recent).map(({ name }) => name)

test('without a query everything is there, what was used last first', () => {
  expect(named('', ['New document', 'Follow the next person'])).toEqual([
    'New document',
    'Follow the next person',
    'Find and replace',
    'Passer en mode écran',
  ])
})

test('the first letters of words find a name', () => {
  expect(named('fnp')[0]).toBe('Follow the next person')
  expect(named('nd')[0]).toBe('New document')
})

test('a word that is there outweighs letters that are strewn about', () => {
  expect(named('rep')[0]).toBe('Find and replace')
})

test('case and accents do not matter', () => {
  expect(named('ÉCRAN')).toEqual(['Passer en mode écran'])
  expect(named('ecran')).toEqual(['Passer en mode écran'])
})

test('a name without the letters is not shown', () => {
  expect(named('xyz')).toEqual([])
})

import { SearchQuery } from '@codemirror/search'
import { EditorSelection, EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { matchesIn } from './match-count.ts'

const matches = (doc: string, query: SearchQuery, from: number, to: number): unknown =>
  matchesIn(EditorState.create({ doc }), query, EditorSelection.range(from, to))

test('counts the matches, and says which of them is selected', () => {
  const query = new SearchQuery({ search: 'an' })
  expect(matches('Anna and Hanna', query, 5, 7)).toEqual({ all: 3, at: 2, more: false })
  expect(matches('Anna and Hanna', query, 5, 6)).toEqual({ all: 3, at: null, more: false })
  expect(matches('nobody', query, 0, 0)).toEqual({ all: 0, at: null, more: false })
})

test('stops counting where nobody would step through', () => {
  expect(matches('a'.repeat(1000), new SearchQuery({ search: 'a' }), 0, 1)).toEqual({ all: 1000, at: 1, more: false })
  expect(matches('a'.repeat(1001), new SearchQuery({ search: 'a' }), 0, 0)).toEqual({ all: 1000, at: null, more: true })
})

import { SearchQuery } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { findsTheSame, firstMatch } from './find-as-you-type.ts'

const found = (search: string, anchor: number): unknown => {
  const state = EditorState.create({ doc: 'one two one three', selection: { anchor } })
  const match = firstMatch(state, new SearchQuery({ search }))
  return match && [match.from, match.to]
}

test('the first match from where one is, round the end, or none', () => {
  expect(found('on', 0)).toEqual([0, 2])
  expect(found('one', 1)).toEqual([8, 11])
  expect(found('one', 8)).toEqual([8, 11])
  expect(found('one', 9)).toEqual([0, 3])
  expect(found('four', 0)).toBeNull()
})

test('what it is replaced by is nothing to look for', () => {
  const query = new SearchQuery({ search: 'one' })
  expect(findsTheSame(query, new SearchQuery({ search: 'one', replace: 'two' }))).toBe(true)
  expect(findsTheSame(query, new SearchQuery({ search: 'one', wholeWord: true }))).toBe(false)
})

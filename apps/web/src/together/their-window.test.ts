import { expect, test } from 'vitest'
import { NOTHING, newsOf, seenOf } from './their-window.ts'

const place = (name: string, index: number | null = 7) => ({ name, index })

test('where they have moved is news once', () => {
  const theirs = { top: place('a'), head: place('b') }
  expect(newsOf(NOTHING, theirs)).toEqual(theirs)
  const seen = seenOf(NOTHING, 1, theirs)
  expect(newsOf(seen, theirs)).toEqual({ top: null, head: null })
  expect(newsOf(seen, { ...theirs, head: place('c') })).toEqual({ top: null, head: place('c') })
})

test('a place whose text has not come yet stays news until it has', () => {
  const seen = seenOf(NOTHING, 1, { top: place('a'), head: place('b') })
  const early = { top: place('c', null), head: place('d', null) }
  const still = seenOf(seen, 1, early)
  expect(newsOf(still, { top: place('c'), head: place('d') })).toEqual({ top: place('c'), head: place('d') })
})

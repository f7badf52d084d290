import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composeEdits } from '../src/edit.ts'
import { applyEdits, type Edit, mapIndex } from '../src/index.ts'

const edit = (from: number, to: number, insert: string): Edit => ({ from, to, insert })

test('edits speak of the text before the list', () => {
  expect(applyEdits('one two three', [edit(0, 3, '1'), edit(4, 7, ''), edit(8, 8, '!'), edit(13, 13, '?')])).toBe(
    '1  !three?',
  )
  expect(applyEdits('text', [])).toBe('text')
})

describe('an index of the text before', () => {
  test('moves by what was inserted and deleted in front of it', () => {
    const edits = [edit(2, 4, 'xyz'), edit(6, 6, '!!')]
    expect([0, 1, 5, 7, 8].map((index) => mapIndex(index, edits))).toEqual([0, 1, 6, 10, 11])
  })

  test('at the very place of an insertion is in front of it or behind it', () => {
    expect(mapIndex(3, [edit(3, 3, 'ab')], 'before')).toBe(3)
    expect(mapIndex(3, [edit(3, 3, 'ab')], 'after')).toBe(5)
  })

  test('inside replaced text is in front of what replaced it or behind that', () => {
    expect(mapIndex(3, [edit(2, 5, 'ab')], 'before')).toBe(2)
    expect(mapIndex(3, [edit(2, 5, 'ab')], 'after')).toBe(4)
  })

  test('at the edges of replaced text stays outside', () => {
    expect(
      ['before', 'after'].map((side) => mapIndex(2, [edit(2, 5, 'ab')], side === 'before' ? 'before' : 'after')),
    ).toEqual([2, 2])
    expect(
      ['before', 'after'].map((side) => mapIndex(5, [edit(2, 5, 'ab')], side === 'before' ? 'before' : 'after')),
    ).toEqual([4, 4])
  })

  test('keeps the text on its side, whatever the edits', () => {
    const parts = fc.array(fc.tuple(fc.nat(4), fc.nat(3), fc.stringMatching(/^[a-z]{0,3}$/)), { maxLength: 4 })
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{0,30}$/), parts, fc.nat(30), (text, list, place) => {
        const edits: Edit[] = []
        for (const [skip, cut, insert] of list) {
          const from = Math.min(text.length, (edits.at(-1)?.to ?? 0) + skip)
          edits.push(edit(from, Math.min(text.length, from + cut), insert))
        }
        const index = place % (text.length + 1)
        const after = applyEdits(text, edits)
        // What of the old text stood before the index, and was not deleted, stands before the mapped one.
        const kept = (until: number): string =>
          applyEdits(
            text,
            edits.map(({ from, to }) => edit(from, to, '')),
          ).slice(0, until)
        const survivors = index - edits.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(index, to) - from), 0)
        for (const side of ['before', 'after'] as const) {
          expect(after.slice(0, mapIndex(index, edits, side)).replace(/[a-z]/g, '')).toBe(kept(survivors))
        }
        expect(mapIndex(index, edits, 'before')).toBeLessThanOrEqual(mapIndex(index, edits, 'after'))
      }),
    )
  })
})

describe('two lists made one', () => {
  test('replace text that was only just inserted, together with what stood beside it', () => {
    expect(composeEdits([edit(2, 3, 'abc')], [edit(1, 4, 'X')])).toEqual([edit(1, 3, 'Xc')])
    expect(composeEdits([edit(5, 7, '')], [edit(5, 5, 'new')])).toEqual([edit(5, 7, 'new')])
    expect(composeEdits([edit(1, 1, 'a')], [edit(1, 2, '')])).toEqual([])
  })

  test('do what the one does and then the other', () => {
    const lists = fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.string({ maxLength: 4 })), { maxLength: 6 })
    fc.assert(
      fc.property(fc.string({ minLength: 10, maxLength: 60 }), lists, lists, (text, gaps, laterGaps) => {
        const first = within(text, gaps)
        const between = applyEdits(text, first)
        const second = within(between, laterGaps)
        const both = composeEdits(first, second)
        expect(applyEdits(text, both)).toBe(applyEdits(between, second))
        for (const [i, { from, to }] of both.entries()) {
          expect(from).toBeLessThanOrEqual(to)
          expect(from).toBeGreaterThanOrEqual(both[i - 1]?.to ?? 0)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

/** Edits of a text: so far from the end of the last one, so much deleted, that inserted. */
function within(text: string, gaps: readonly (readonly [number, number, string])[]): readonly Edit[] {
  const edits: Edit[] = []
  let at = 0
  for (const [gap, deleted, insert] of gaps) {
    const from = at + gap
    at = from + deleted
    if (at <= text.length) edits.push(edit(from, at, insert))
  }
  return edits
}

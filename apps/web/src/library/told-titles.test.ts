import { parseDocumentId } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import type { KnownDocument } from './known-document.ts'
import { informed, readTold } from './told-titles.ts'

const id = parseDocumentId('abcdefghjkmnpqrstuvwxyz234')
if (id === null) throw new Error('That is no id of a document')
const known: KnownDocument = { id, title: 'Notes', opening: '', openedAt: 5, changedAt: 7, tags: [], trashedAt: null }

test('what a server says of documents is read, and what it does not say so is left out', () => {
  const said = { id, title: 'Notes\u202E of Ann', changedAt: 8, length: 3, role: 'writer' }
  expect(readTold({ documents: [said, { ...said, title: 3 }, null, 'x'] })).toEqual([
    { id, title: 'Notes of Ann', changedAt: 8 },
  ])
  for (const answer of [null, 'x', {}, { documents: {} }, []]) expect(readTold(answer)).toEqual([])
})

test('a newer title and a later change are known from then on; an earlier change changes nothing', () => {
  const told = informed(known, { id, title: 'Minutes', changedAt: 9 }, 'Notes')
  expect(told).toEqual({ ...known, title: 'Minutes', changedAt: 9 })
  expect(informed(known, { id, title: 'Notes', changedAt: 6 }, 'Notes')).toBe(known)
})

test('a title that was given here after a server was asked stays', () => {
  const renamed = { ...known, title: 'Minutes' }
  expect(informed(renamed, { id, title: 'Notes', changedAt: 9 }, 'Notes')).toEqual({ ...renamed, changedAt: 9 })
})

import { applyEdits, Doc, diff, randomIncarnation, randomReplicaId } from '@manyhands/crdt'
import { seededRandom } from '@manyhands/testkit'
import { expect, test } from 'vitest'

const random = seededRandom(7)
const below = (n: number): number => Math.floor(random() * n)
const fresh = { replica: randomReplicaId(random), incarnation: randomIncarnation(random) }

function copyOf(doc: Doc): Doc {
  const copy = Doc.load(doc.encode(), { replica: randomReplicaId(random) })
  if (!copy.ok) throw new Error(copy.error.message)
  return copy.value
}

test('the difference of two states leads from the text of the one to that of the other, and back', () => {
  for (let round = 0; round < 200; round++) {
    const ann = Doc.create(fresh)
    ann.edit([{ from: 0, to: 0, insert: 'The same words stand here and there.' }])
    const bob = copyOf(ann)
    for (let i = 0; i < 10; i++) {
      const doc = i % 2 === 0 ? ann : bob
      const from = below(doc.length)
      doc.edit([{ from, to: Math.min(doc.length, from + below(4)), insert: 'abc'.slice(below(4)) }])
    }
    expect(applyEdits(ann.text(), diff(ann, bob))).toBe(bob.text())
    expect(applyEdits(bob.text(), diff(bob, ann))).toBe(ann.text())
  }
})

test('the difference names what was done, where a comparison of texts could not know', () => {
  const before = Doc.create(fresh)
  before.edit([{ from: 0, to: 0, insert: 'aaaa' }])
  const after = copyOf(before)
  after.edit([{ from: 1, to: 2, insert: '' }])
  after.edit([{ from: 3, to: 3, insert: 'a' }])
  expect(diff(before, after)).toEqual([
    { from: 1, to: 2, insert: '' },
    { from: 4, to: 4, insert: 'a' },
  ])
  expect(diff(after, copyOf(after))).toEqual([])
})

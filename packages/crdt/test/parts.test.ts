import { pick, randomEdits, randomText, seededRandom, seeds } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { Doc, decodeUpdate, emptyVersion, incarnation, partsOf, replicaId } from '../src/index.ts'

const open = (replica: number): Doc =>
  Doc.create({
    replica: replicaId(replica),
    incarnation: incarnation('0'.repeat(32)),
  })

test.each(seeds(15))('parts of an update, in any order, are the update, seed %i', (seed) => {
  const random = seededRandom(seed)
  const docs = [open(1), open(2), open(3)]
  for (let i = 0; i < 60; i++) {
    const doc = pick(random, docs)
    const update = doc.edit(randomEdits(random, doc.text()))
    if (random() < 0.7) for (const other of docs) other.apply(update)
  }
  for (const doc of docs) for (const other of docs) doc.apply(other.updateSince(doc.version()))
  const doc = pick(random, docs)
  const parts = partsOf(doc, doc.updateSince(emptyVersion), 300)
  expect(parts.length).toBeGreaterThan(1)
  const copy = open(9)
  for (const part of parts.toSorted(() => random() - 0.5)) {
    const decoded = decodeUpdate(part.bytes)
    if (!decoded.ok) throw new Error(decoded.error.message)
    copy.apply(decoded.value)
    expect(copy.waiting).toBe(0)
    expect(copy.text()).not.toMatch(/\p{Surrogate}/u)
  }
  expect(copy.text()).toBe(doc.text())
  expect(copy.stateHash()).toBe(doc.stateHash())
})

test('a part is no longer than it may be, and what fits is one part', () => {
  const doc = open(1)
  const update = doc.edit([{ from: 0, to: 0, insert: randomText(seededRandom(1), 20_000) }])
  expect(partsOf(doc, update, 1_000_000)).toEqual([update])
  const parts = partsOf(doc, update, 4000)
  expect(parts.length).toBeLessThan(40)
  for (const part of parts) expect(part.bytes.length).toBeLessThanOrEqual(4000)
})

test('deletions are parted as well', () => {
  const doc = open(1)
  doc.edit([{ from: 0, to: 0, insert: 'ab'.repeat(5000) }])
  const copy = open(2)
  copy.apply(doc.updateSince(emptyVersion))
  const edits = Array.from({ length: 5000 }, (_, i) => ({
    from: 2 * i,
    to: 2 * i + 1,
    insert: '',
  }))
  const parts = partsOf(doc, doc.edit(edits), 1000)
  expect(parts.length).toBeGreaterThan(5)
  for (const part of parts) copy.apply(part)
  expect(copy.text()).toBe('b'.repeat(5000))
  expect(copy.stateHash()).toBe(doc.stateHash())
})

test('what is deleted and what is inserted in its place are parted, also where their ids touch', () => {
  const doc = open(1)
  const copy = open(2)
  copy.apply(doc.edit([{ from: 0, to: 0, insert: 'old '.repeat(20) }]))
  const parts = partsOf(doc, doc.edit([{ from: 0, to: 80, insert: 'new '.repeat(50) }]), 40)
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) {
    const decoded = decodeUpdate(part.bytes)
    if (!decoded.ok) throw new Error(decoded.error.message)
    copy.apply(decoded.value)
  }
  expect(copy.text()).toBe(doc.text())
})

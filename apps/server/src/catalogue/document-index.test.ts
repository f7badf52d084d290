import { randomIncarnation } from '@manyhands/crdt'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { seededRandom } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { type Committed, DocumentIndex, hasBucket } from './document-index.ts'

const random = seededRandom(3)
const incarnation = randomIncarnation(random)
const documents = Array.from({ length: 1000 }, () => randomDocumentId(random))

function committed(state: number, values: Partial<Committed> = {}): Committed {
  return {
    incarnation,
    stateHash: state.toString(16).padStart(16, '0'),
    registers: new Map(),
    turn: 1,
    changedAt: 1,
    length: 1,
    ...values,
  }
}

function indexOf(entries: readonly (readonly [DocumentId, Committed])[]): DocumentIndex {
  const index = new DocumentIndex()
  for (const [document, value] of entries) index.put(document, value)
  return index
}

test('[R4] the same documents have the same hashes, in whatever order and however often they were put', () => {
  const entries = documents.map((document, i) => [document, committed(i)] as const)
  const twice = indexOf([...entries.map(([document]) => [document, committed(7)] as const), ...entries].reverse())
  for (const [document, value] of entries) twice.put(document, value)
  expect(twice.hashes()).toEqual(indexOf(entries).hashes())
  expect(twice.size).toBe(1000)
})

test('[R4] a document that differs in anything is found in its bucket, and few others with it', () => {
  const entries = documents.map((document, i) => [document, committed(i)] as const)
  const title = new Map([['title', { value: 'A', stamp: '1' }]])
  const differences = [
    committed(5000),
    committed(3, { incarnation: randomIncarnation(random) }),
    committed(3, { registers: title }),
  ]
  const [document] = [documents[3]]
  if (document === undefined) throw new Error('There are 1000 documents')
  for (const difference of differences) {
    const [ours, theirs] = [indexOf(entries), indexOf(entries)]
    theirs.put(document, difference)
    const bits = ours.differing(theirs.hashes())
    const listed = [...ours.documentsIn(bits)].map((entry) => entry.document)
    expect(listed).toContain(document)
    expect(listed.length).toBeLessThan(20)
    expect(hasBucket(bits, document)).toBe(true)
  }
})

test('[R4] a title that was given elsewhere with the same stamp is the same title', () => {
  const registers = (): Committed['registers'] => new Map([['title', { value: 'A', stamp: '1' }]])
  const [document] = documents
  if (document === undefined) throw new Error('There are 1000 documents')
  const [ours, theirs] = [1, 2].map(() => indexOf([[document, committed(1, { registers: registers() })]]))
  expect(ours?.hashes()).toEqual(theirs?.hashes())
})

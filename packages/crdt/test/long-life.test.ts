import { below, seededRandom } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { applyEdits, check, type Doc, type Edit } from '../src/index.ts'
import { newDoc } from './people.ts'

test('a document that lives long and stays small keeps its text, and is saved small', { timeout: 60_000 }, () => {
  const random = seededRandom(4)
  const doc = newDoc(1)
  let text = 'x'.repeat(5000)
  doc.edit([{ from: 0, to: 0, insert: text }])
  for (let i = 0; i < 100_000; i++) {
    const from = below(random, doc.length)
    const letter = String.fromCharCode(97 + (i % 26))
    const edits: readonly Edit[] =
      doc.length > 5000
        ? [{ from, to: Math.min(doc.length, from + 8), insert: '' }]
        : [{ from, to: from, insert: letter.repeat(1 + below(random, 15)) }]
    doc.edit(edits)
    text = applyEdits(text, edits)
    if (i % 10_000 === 0) expect(doc.text()).toBe(text)
  }
  expect(doc.text()).toBe(text)
  check(doc)
  const pieces = doc.idsIn(0, doc.length).length
  const bytes = doc.encode().length
  console.log(`5 kB after 100,000 edits: ${bytes} bytes for ${pieces} pieces`)
  expect(bytes).toBeLessThan(3 * 5000 + 12 * pieces)
})

/** The levels of runs above each character. */
function depths(doc: Doc): readonly number[] {
  return Array.from({ length: doc.length }, (_, i) => {
    const anchor = doc.anchorAt(i, 'before')
    return typeof anchor === 'object' ? (anchor.key?.steps.length ?? 0) : 0
  })
}

const TIMES = 2000

function grown(doc: Doc, place: (i: number) => number): number {
  for (let i = 0; i < TIMES; i++) {
    const from = place(i)
    doc.edit([{ from, to: from, insert: 'x' }])
  }
  check(doc)
  return Math.max(...depths(doc))
}

test('keys stay short: appending and prepending do not deepen them', () => {
  expect(grown(newDoc(), (i) => i)).toBe(1)
  expect(grown(newDoc(), () => 0)).toBeLessThanOrEqual(3)
})

test('keys stay short: always before the same word, and always behind it', () => {
  for (const at of [0, 4]) {
    const doc = newDoc()
    doc.edit([{ from: 0, to: 0, insert: 'word' }])
    expect(grown(doc, () => at)).toBeLessThanOrEqual(3)
  }
})

test('keys stay short: at random places, as deep as a logarithm', () => {
  const random = seededRandom(6)
  const doc = newDoc()
  expect(grown(doc, () => below(random, doc.length + 1))).toBeLessThanOrEqual(40)
})

test('keys stay short: two who write in turn, below each other and on top of each other', () => {
  for (const place of [(i: number): number => i, (): number => 0]) {
    const docs = [newDoc(1), newDoc(2)] as const
    for (let i = 0; i < TIMES; i++) {
      const [writer, reader] = i % 2 === 0 ? docs : ([docs[1], docs[0]] as const)
      reader.apply(writer.edit([{ from: place(i), to: place(i), insert: 'x' }]))
    }
    expect(docs[0].text()).toBe(docs[1].text())
    expect(Math.max(...depths(docs[0]))).toBeLessThanOrEqual(3)
  }
})

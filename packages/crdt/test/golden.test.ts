import { readFileSync } from 'node:fs'
import { PlainDoc, readPlainAnchor } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { Doc, decodeAnchor, decodeUpdate, decodeVersion, encodeAnchor, encodeVersion, replicaId } from '../src/index.ts'
import { hex, unhex } from './corpus.ts'
import { INCARNATION, newDoc } from './people.ts'

// The bytes of format version 1, each with the history that makes it: what is written here is read for ever.
const ANN = 0x0000000000a1
const BOB = 0xb0b000000002

interface Golden {
  readonly name: string
  /** What was told before. */
  readonly before: readonly Uint8Array[]
  readonly bytes: Uint8Array
  readonly text: string
}

function histories(): readonly Golden[] {
  const [ann, bob] = [newDoc(ANN), newDoc(BOB)]
  const told: Uint8Array[] = []
  const list: Golden[] = []
  const ids = (doc: Doc, at: number) => doc.authorOf(at).id
  const tells = (name: string, doc: Doc, ...edits: Parameters<Doc['edit']>[0]): void => {
    const { bytes } = doc.edit(edits)
    const update = decodeUpdate(bytes)
    if (!update.ok) throw new Error(update.error.message)
    for (const other of [ann, bob]) if (other !== doc) other.apply(update.value)
    list.push({ name, before: [...told], bytes, text: doc.text() })
    told.push(bytes)
  }
  tells('run-first', ann, { from: 0, to: 0, insert: 'Hello' })
  tells('typing', ann, { from: 5, to: 5, insert: '!' })
  tells('run-of-another-inside', bob, { from: 5, to: 5, insert: ', wörld 😀' })
  tells('run-of-three-levels', ann, { from: 7, to: 7, insert: 'whole ' })
  tells('run-with-digit', ann, { from: 0, to: 0, insert: '¡' })
  tells('run-with-digit-again', bob, { from: 0, to: 0, insert: '> ' })
  tells('run-with-source', bob, { from: 2, to: 2, insert: 'Hello', source: ids(bob, 3) })
  tells('deletion', bob, { from: 2, to: 7, insert: '' })
  tells('deletion-of-one', ann, { from: 2, to: 3, insert: '' })
  tells('several-of-a-replacement', ann, { from: 2, to: 7, insert: 'Good morning' })
  tells('several-of-two-places', bob, { from: 0, to: 2, insert: '' }, { from: 4, to: 6, insert: 'OD' })
  tells('several-deletions', ann, { from: 10, to: 17, insert: '' })
  tells('run-to-type-on', bob, { from: bob.length, to: bob.length, insert: '0123456789012345678901234567' })
  tells('typing-far-into-a-run', bob, { from: bob.length, to: bob.length, insert: 'end' })
  const end = ann.length
  tells('run-at-the-end', ann, { from: end, to: end, insert: '. '.repeat(17) })
  const dots = Array.from({ length: 17 }, (_, i) => ({ from: end + 2 * i, to: end + 2 * i + 1, insert: '' }))
  tells('columns-of-seventeen-places', ann, ...dots)
  const since = newDoc(7)
  list.push({
    name: 'columns-of-everything',
    before: [],
    bytes: ann.updateSince(since.version()).bytes,
    text: ann.text(),
  })
  list.push({ name: 'state', before: [], bytes: ann.encode(), text: ann.text() })
  list.push({ name: 'state-of-nothing', before: [], bytes: newDoc(ANN).encode(), text: '' })
  return list
}

/** Digits in lines of 32 bytes. */
function lines(bytes: Uint8Array): string {
  return hex(bytes).replace(/.{1,64}/g, '$&\n')
}

function read(name: string): Uint8Array {
  return unhex(readFileSync(new URL(`golden/${name}.hex`, import.meta.url), 'utf8'))
}

test.each(histories())('$name', async ({ name, before, bytes, text }) => {
  await expect(lines(bytes)).toMatchFileSnapshot(`golden/${name}.hex`)
  const doc = newDoc(9)
  const twin = new PlainDoc()
  for (const each of [...before, read(name)]) {
    const update = decodeUpdate(each)
    if (!update.ok) throw new Error(update.error.message)
    doc.apply(update.value)
    twin.apply(each)
  }
  expect([doc.text(), twin.text()]).toEqual([text, text])
})

test('every shape has its golden bytes', () => {
  const shapes = new Set(histories().map(({ bytes }) => (bytes[0] ?? 0) & 31))
  expect([0, 1, 2, 3, 4, 5, 31].filter((shape) => !shapes.has(shape))).toEqual([])
  expect([...shapes].some((shape) => shape > 5 && shape < 31)).toBe(true)
})

test('a saved document is loaded, and saved again as the same bytes', () => {
  const bytes = read('state')
  const doc = Doc.load(bytes, { replica: replicaId(9) })
  expect(doc.ok && [hex(doc.value.encode()), doc.value.incarnation]).toEqual([hex(bytes), INCARNATION])
})

test('versions', async () => {
  const short = newDoc(ANN)
  short.edit([{ from: 0, to: 0, insert: 'abcdef' }])
  const other = newDoc(BOB)
  const third = other.edit([{ from: 0, to: 0, insert: 'xy' }])
  other.edit([{ from: 2, to: 2, insert: 'z' }])
  short.apply(third)
  short.edit([{ from: 1, to: 3, insert: '' }])
  const long = newDoc(ANN)
  long.edit([{ from: 0, to: 0, insert: '.'.repeat(3000) }])
  long.edit([{ from: 1000, to: 1100, insert: '' }])
  for (const [name, doc] of [
    ['version', short],
    ['version-in-sections', long],
  ] as const) {
    const bytes = encodeVersion(doc.version())
    await expect(lines(bytes)).toMatchFileSnapshot(`golden/${name}.hex`)
    const decoded = decodeVersion(read(name))
    expect(decoded.ok && hex(encodeVersion(decoded.value))).toBe(hex(bytes))
    const twin = new PlainDoc()
    twin.apply(doc.encode())
    expect(hex(twin.version())).toBe(hex(bytes))
    expect(twin.stateHash()).toBe(doc.stateHash())
  }
  expect([short.stateHash(), long.stateHash()]).toMatchInlineSnapshot(`
    [
      "d3b75df2c90511f3",
      "d05c2115334cdf8d",
    ]
  `)
})

test('anchors', async () => {
  const doc = newDoc(BOB)
  doc.edit([{ from: 0, to: 0, insert: 'x'.repeat(300) }])
  for (const [name, anchor] of [
    ['anchor-start', 'start'],
    ['anchor-end', 'end'],
    ['anchor-before', doc.anchorAt(200, 'before')],
    ['anchor-after', doc.anchorAt(200, 'after')],
  ] as const) {
    await expect(lines(encodeAnchor(anchor))).toMatchFileSnapshot(`golden/${name}.hex`)
    const decoded = decodeAnchor(read(name))
    expect(decoded.ok && doc.indexOf(decoded.value)).toBe(doc.indexOf(anchor))
    expect(decoded.ok && decoded.value).toEqual(readPlainAnchor(read(name)))
  }
})

import { PlainDoc, readPlainUpdate } from '@manyhands/testkit'
import { expect } from 'vitest'
import {
  applyEdits,
  check,
  Doc,
  decodeUpdate,
  encodeAnchor,
  encodeVersion,
  replicaId,
  type Update,
} from '../src/index.ts'
import { INCARNATION, newDoc, Person } from './people.ts'

/** Bytes of every kind, from two people's work on one document, in the order in which they can be applied. */
export interface Corpus {
  readonly updates: readonly Uint8Array[]
  readonly states: readonly Uint8Array[]
  readonly versions: readonly Uint8Array[]
  readonly anchors: readonly Uint8Array[]
}

export function corpus(): Corpus {
  const ann = new Person(replicaId(3))
  const bob = new Person(replicaId(2 ** 40 + 9))
  const updates: Update[] = []
  const states: Uint8Array[] = []
  const versions: Uint8Array[] = []
  const anchors: Uint8Array[] = [encodeAnchor('start'), encodeAnchor('end')]
  const share = (from: Person, to: Person): void => {
    const told = from.takeUpdates()
    to.hears(told)
    updates.push(...told)
    versions.push(encodeVersion(from.doc.version()))
    states.push(from.doc.encode())
    anchors.push(encodeAnchor(from.doc.anchorAt(from.doc.length >> 1, 'after')))
  }
  share(ann.types('the text').pastes(' of 😀 é 漢\n'), bob)
  share(bob.goes(4).types('new ').goes(0).typesBackwards('in '), ann)
  share(ann.goes(6).types('x').erases(6, 7).erases(2, 9).pastes('between'), bob)
  share(
    bob.does({ from: 1, to: 3, insert: 'A' }, { from: 5, to: 5, insert: 'BB' }, { from: 8, to: 12, insert: '' }),
    ann,
  )
  const source = ann.doc.authorOf(2).id
  share(ann.does({ from: 4, to: 4, insert: 'copy', source }).goes(6).types('in the copy'), bob)
  share(bob.goes(5).pastes('a long one, to be typed on for more than twenty-seven').types(' characters'), ann)
  share(ann.erases(0, 12).goes(3).types('1').goes(3).types('2').goes(3).types('3'), bob)
  const since = bob.doc.version()
  share(ann.goes(9).types('last').does({ from: 0, to: 2, insert: '' }), bob)
  updates.push(ann.doc.updateSince(since))
  return { updates: updates.map(({ bytes }) => bytes), states, versions, anchors }
}

/** A document that has taken in all updates of the corpus, with its twin. */
export function full(bytes: Corpus): { readonly doc: Doc; readonly twin: PlainDoc } {
  const doc = newDoc(5)
  const twin = new PlainDoc()
  for (const update of bytes.updates) {
    apply(doc, update)
    twin.apply(update)
  }
  return { doc, twin }
}

/** Named in no bytes: a copy refuses the runs that it has yet to make itself, and a twin is nobody's copy. */
const NOBODY = replicaId(0x7f3a51c2e9d4)

/** Ids that the twin, which notes each of them, is asked to note. */
const PLENTY = 20_000

/**
 * Gives bytes to a document as an update: both readers must agree on whether they are one. If they are, the document must stay in
 * order and answer the right edits, and an empty document must become what an empty twin becomes. Answers whether they are one.
 */
export function feed(doc: Doc, bytes: Uint8Array): boolean {
  const decoded = decodeUpdate(bytes)
  const plain = readPlainUpdate(bytes)
  if (decoded.ok !== (plain !== null)) {
    throw new Error(
      `The readers disagree: ${decoded.ok ? 'read' : decoded.error.message}, by the twin ${plain === null ? 'refused' : 'read'}`,
    )
  }
  if (!decoded.ok || plain === null) {
    if (!decoded.ok) {
      expectTyped(decoded.error, bytes)
      expectVersionNamed(decoded.error.code, bytes[0])
    }
    return false
  }
  apply(doc, bytes)
  check(doc)
  const fresh = Doc.create({ replica: NOBODY, incarnation: decoded.value.incarnation ?? INCARNATION })
  apply(fresh, bytes)
  check(fresh)
  const ids = plain.covered.reduce((sum, { from, to }) => sum + to - from, 0)
  if (ids < PLENTY) {
    const twin = new PlainDoc()
    twin.apply(bytes)
    if (twin.text() !== fresh.text()) throw new Error(`The texts differ: ${fresh.text()}, by the twin ${twin.text()}`)
    if (twin.stateHash() !== fresh.stateHash()) throw new Error('The hashes differ')
  }
  if (plain.incarnation !== null) {
    const loaded = Doc.load(bytes, { replica: replicaId(5) })
    if (!loaded.ok) throw new Error('A state that can be read cannot be loaded')
    check(loaded.value)
    if (loaded.value.text() !== fresh.text()) throw new Error('Loaded and applied are two texts')
    if (loaded.value.stateHash() !== fresh.stateHash()) throw new Error('Loaded and applied are two hashes')
  }
  return true
}

/** Whether the document can be saved, and loaded again as it is. */
export function expectSavable(doc: Doc): void {
  const bytes = doc.encode()
  const loaded = Doc.load(bytes, { replica: replicaId(6) })
  if (!loaded.ok) throw new Error(`What was saved cannot be loaded: ${loaded.error.message}`)
  check(loaded.value)
  expect(loaded.value.text()).toBe(doc.text())
  expect(loaded.value.stateHash()).toBe(doc.stateHash())
  expect(hex(loaded.value.encode())).toBe(hex(bytes))
}

const CODES = new Set(['truncated', 'trailing-bytes', 'unknown-format', 'not-canonical', 'out-of-range', 'bad-text'])

export function expectTyped(
  error: { readonly code: string; readonly offset: number; readonly message: string },
  bytes: Uint8Array,
): void {
  if (!CODES.has(error.code) || !(error.offset >= 0 && error.offset <= bytes.length) || error.message === '') {
    throw new Error(`Not a typed error: ${JSON.stringify(error)}`)
  }
}

/** FORMAT.md names one code, that of other versions: of bytes that are wrong in several ways, the readers may name any other. */
function expectVersionNamed(code: string, head: number | undefined): void {
  const isOther = head !== undefined && head >> 5 !== 1
  if (isOther && code !== 'unknown-format') throw new Error(`Another version is called ${code}`)
}

function apply(doc: Doc, bytes: Uint8Array): void {
  const update = decodeUpdate(bytes)
  if (!update.ok) throw new Error(update.error.message)
  const before = doc.text()
  if (applyEdits(before, doc.apply(update.value)) !== doc.text())
    throw new Error('The edits answered do not lead to the text')
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

export function unhex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits.replace(/\s/g, ''), 'hex'))
}

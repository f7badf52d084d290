import { Buffer } from 'node:buffer'
import { below, randomText, seededRandom, wholeIndex } from '@manyhands/testkit'
import { describe, expect, test, vi } from 'vitest'
import {
  applyEdits,
  check,
  Doc,
  decodeAnchor,
  decodeUpdate,
  decodeVersion,
  type Edit,
  emptyVersion,
  encodeAnchor,
  encodeVersion,
  incarnation,
  includes,
  type ReplicaId,
  randomIncarnation,
  randomReplicaId,
  replicaId,
} from '../src/index.ts'
import { INCARNATION, meet, newDoc, Person, people } from './people.ts'

const insert = (at: number, text: string): readonly Edit[] => [{ from: at, to: at, insert: text }]
const remove = (from: number, to: number): readonly Edit[] => [{ from, to, insert: '' }]

/** As whoever writes JavaScript can say it. */
function copied(replica: number, seq: number): readonly Edit[] {
  return [{ from: 0, to: 0, insert: 'xy', source: { replica: replica as ReplicaId, seq } }]
}

function two(): readonly [Person, Person] {
  return [new Person(replicaId(1)), new Person(replicaId(2))]
}

describe('names', () => {
  test('a replica id is a whole number from 1 to 2^48 − 1', () => {
    for (const n of [0, -1, 1.5, Number.NaN, 2 ** 48, Number.POSITIVE_INFINITY])
      expect(() => replicaId(n)).toThrow(RangeError)
    expect([replicaId(1), replicaId(2 ** 48 - 1)]).toEqual([1, 2 ** 48 - 1])
    expect([randomReplicaId(() => 0), randomReplicaId(() => 1 - 2 ** -53)].every((id) => id >= 1 && id < 2 ** 48)).toBe(
      true,
    )
  })

  test('no document is made or loaded for a replica that cannot be', () => {
    const bytes = newDoc().encode()
    for (const n of [0, 1.5, 2 ** 48]) {
      const replica = n as ReplicaId
      expect(() => Doc.create({ replica, incarnation: INCARNATION })).toThrow(RangeError)
      expect(() => Doc.load(bytes, { replica })).toThrow(RangeError)
    }
  })

  test('an incarnation is 32 lower-case hex digits', () => {
    for (const hex of ['', 'A'.repeat(32), '0'.repeat(31), '0'.repeat(33), 'g'.repeat(32)])
      expect(() => incarnation(hex)).toThrow(RangeError)
    expect(randomIncarnation(() => 0.999)).toBe('f'.repeat(32))
  })
})

describe('an edit that cannot be done throws a RangeError that says why, and changes nothing', () => {
  const refused: readonly [string, readonly Edit[], RegExp][] = [
    ['behind the end', insert(6, 'x'), /Cannot replace \[6, 6\): the text has 5 characters/],
    ['before the start', insert(-1, 'x'), /Cannot replace \[-1, -1\)/],
    ['at no whole number', insert(0.5, 'x'), /Cannot replace \[0.5, 0.5\)/],
    ['at NaN', insert(Number.NaN, 'x'), /Cannot replace/],
    ['backwards', [{ from: 2, to: 1, insert: '' }], /Cannot replace \[2, 1\)/],
    ['reaching behind the end', remove(4, 6), /Cannot replace \[4, 6\): the text has 5 characters/],
    ['out of order', [...insert(3, 'x'), ...insert(1, 'y')], /edits rise from 3/],
    ['overlapping', [...remove(0, 1), ...remove(0, 1)], /edits rise from 1/],
    ['inside a surrogate pair', insert(2, 'x'), /inside a surrogate pair/],
    ['ending inside a surrogate pair', remove(0, 2), /inside a surrogate pair/],
    ['beginning inside a surrogate pair', remove(2, 3), /inside a surrogate pair/],
    ['of an unpaired high surrogate', insert(0, 'x\ud83d'), /half of a surrogate pair/],
    ['of an unpaired low surrogate', insert(0, '\ude00x'), /half of a surrogate pair/],
    ['of two high surrogates', insert(0, '\ud83d\ud83d\ude00'), /half of a surrogate pair/],
    ['of a copy of a negative seq', copied(1, -1), /A seq outside its limits/],
    ['of a copy of half a seq', copied(1, 0.5), /A seq outside its limits/],
    ['of a copy of a seq that nobody reaches', copied(1, 2 ** 31 - 1), /A seq outside its limits/],
    ['of a copy of nobody’s character', copied(0, 1), /A replica id/],
    ['of a copy of a character of a replica that cannot be', copied(2 ** 50, 1), /A replica id/],
    ['the last of several', [...insert(0, 'good'), ...remove(4, 9)], /the text has 5 characters/],
  ]
  test.each(refused)('%s', (_, edits, why) => {
    const doc = newDoc()
    doc.edit(insert(0, 'a😀bc'))
    const before = [doc.stateHash(), Buffer.from(doc.encode()).toString('hex')]
    expect(() => doc.edit(edits)).toThrow(RangeError)
    expect(() => doc.edit(edits)).toThrow(why)
    expect([doc.stateHash(), Buffer.from(doc.encode()).toString('hex')]).toEqual(before)
    check(doc)
    const other = newDoc(2)
    other.apply(doc.edit(insert(1, '!')))
    expect(doc.text()).toBe('a!😀bc')
  })

  test('a copy may be of the last character a replica can have', () => {
    const doc = newDoc()
    expect(decodeUpdate(doc.edit(copied(2 ** 48 - 1, 2 ** 31 - 2)).bytes).ok).toBe(true)
    expect(Doc.load(doc.encode(), { replica: replicaId(2) }).ok).toBe(true)
  })

  test('text is read only where it is', () => {
    const doc = newDoc()
    doc.edit(insert(0, 'abc'))
    for (const [from, to] of [
      [-1, 1],
      [0, 4],
      [2, 1],
      [0.5, 2],
      [1, 2.5],
      [Number.NaN, 1],
    ] as const) {
      expect(() => doc.slice(from, to)).toThrow(RangeError)
      expect(() => doc.idsIn(from, to)).toThrow(RangeError)
    }
    for (const index of [-1, 1.5, 3, 4]) expect(() => doc.authorOf(index)).toThrow(RangeError)
    for (const index of [-1, 1.5, 4]) expect(() => doc.anchorAt(index, 'after')).toThrow(RangeError)
  })
})

describe('a surrogate pair', () => {
  test('is deleted and replaced whole', () => {
    const [ann, bob] = two()
    ann.pastes('a😀b')
    meet(ann, bob)
    bob.does({ from: 1, to: 3, insert: '👍' })
    expect(meet(ann, bob)).toBe('a👍b')
    ann.erases(1, 3)
    expect(meet(ann, bob)).toBe('ab')
  })

  test('that two people write at one place stays whole', () => {
    const [ann, bob] = two()
    ann.types('😀😀')
    bob.types('👍👍')
    expect(['😀😀👍👍', '👍👍😀😀']).toContain(meet(ann, bob))
  })
})

describe('an update', () => {
  test('of no edits says nothing', () => {
    const doc = newDoc()
    for (const update of [doc.edit([]), doc.edit(insert(0, '')), doc.updateSince(doc.version())]) {
      expect([update.isEmpty, update.inserts, update.covers]).toEqual([true, [], []])
      expect(newDoc(2).apply(update)).toEqual([])
    }
  })

  test('says what it inserts and what it speaks for, before and after it was bytes', () => {
    const doc = newDoc(1)
    const all = [
      doc.edit(insert(0, 'abc')),
      doc.edit(insert(3, 'de')),
      doc.edit(remove(1, 2)),
      doc.edit(remove(1, 3)),
      doc.edit([{ from: 0, to: 1, insert: 'xyz' }]),
    ]
    const said = all.map(({ inserts, covers }) => [inserts, covers])
    const range = (from: number, to: number) => ({ replica: 1, from, to })
    expect(said).toEqual([
      [[range(0, 3)], [range(0, 3)]],
      [[range(3, 5)], [range(3, 5)]],
      [[], [range(1, 2)]],
      [[], [range(2, 4)]],
      [[range(5, 8)], [range(0, 1), range(5, 8)]],
    ])
    const read = all.map(({ bytes }) => decodeUpdate(bytes))
    expect(read.map((result) => result.ok && [result.value.inserts, result.value.covers])).toEqual(said)
    expect(all.every(({ isEmpty, incarnation }) => !isEmpty && incarnation === null)).toBe(true)
  })

  test('that comes twice, or of a character that is deleted already, changes nothing', () => {
    const [ann, bob] = [newDoc(1), newDoc(2)]
    const typed = ann.edit(insert(0, 'abc'))
    const gone = ann.edit(remove(1, 2))
    expect(bob.apply(gone)).toEqual([])
    expect(bob.apply(typed)).toEqual([{ from: 0, to: 0, insert: 'ac' }])
    for (const update of [typed, gone, typed]) expect(bob.apply(update)).toEqual([])
    expect(bob.text()).toBe('ac')
    expect(bob.stateHash()).toBe(ann.stateHash())
  })

  test('answers disjoint, rising edits of the text before', () => {
    const random = seededRandom(5)
    const [ann, bob] = two()
    ann.pastes(randomText(random, 40))
    meet(ann, bob)
    for (let i = 0; i < 40; i++) {
      const text = ann.doc.text()
      const from = wholeIndex(text, below(random, text.length + 1))
      ann.does({
        from,
        to: wholeIndex(text, Math.min(text.length, from + below(random, 4))),
        insert: randomText(random, 2),
      })
    }
    const before = bob.doc.text()
    const edits = bob.doc.apply(ann.doc.updateSince(bob.doc.version()))
    expect(applyEdits(before, edits)).toBe(ann.doc.text())
    edits.forEach(({ from, to }, i) => {
      expect(from).toBeGreaterThanOrEqual(edits[i - 1]?.to ?? 0)
      expect(to).toBeLessThanOrEqual(before.length)
    })
  })
})

describe('typing whose run has not come', () => {
  test('waits, is neither text nor known, and appears when the run comes', () => {
    const [ann, bob] = [newDoc(1), newDoc(2)]
    const first = ann.edit(insert(0, 'ab'))
    const second = ann.edit(insert(2, 'c'))
    const third = ann.edit(insert(3, 'd'))
    expect(bob.apply(third)).toEqual([])
    expect(bob.apply(third)).toEqual([])
    expect([bob.waiting, bob.text()]).toEqual([1, ''])
    expect(includes(emptyVersion, bob.version())).toBe(true)
    expect(bob.apply(first)).toEqual([{ from: 0, to: 0, insert: 'abd' }])
    expect([bob.waiting, bob.text()]).toEqual([0, 'abd'])
    bob.apply(second)
    expect(bob.text()).toBe('abcd')
    expect(bob.stateHash()).toBe(ann.stateHash())
  })

  test('is answered by a sync, also where it is dead by then', () => {
    const [ann, bob] = [newDoc(1), newDoc(2)]
    ann.edit(insert(0, 'ab'))
    bob.apply(ann.edit(insert(2, 'c')))
    ann.edit(remove(0, 3))
    expect(bob.waiting).toBe(1)
    bob.apply(ann.updateSince(bob.version()))
    expect([bob.waiting, bob.text(), bob.stateHash()]).toEqual([0, '', ann.stateHash()])
  })

  test('goes on with a run that others have deleted whole', () => {
    const [ann, bob] = two()
    ann.types('abc')
    meet(ann, bob)
    bob.erases(0, 3)
    ann.types('def')
    expect(meet(ann, bob)).toBe('def')
    const late = newDoc(3)
    late.apply(bob.doc.updateSince(late.version()))
    ann.goes(3).types('!')
    for (const update of ann.takeUpdates()) late.apply(update)
    expect([late.text(), late.waiting]).toEqual(['def!', 0])
  })

  test('is dropped, and not kept for ever, where there is too much of it', () => {
    const [ann, bob] = [newDoc(1), newDoc(2)]
    ann.edit(insert(0, 'a'))
    const long = 'x'.repeat(300_000)
    for (let i = 0; i < 6; i++) bob.apply(ann.edit(insert(ann.length, long)))
    expect(bob.waiting).toBeGreaterThan(0)
    expect(bob.waiting).toBeLessThanOrEqual(1_000_000)
    bob.apply(ann.updateSince(bob.version()))
    expect([bob.waiting, bob.stateHash()]).toEqual([0, ann.stateHash()])
    expect(bob.text()).toBe(ann.text())
  })
})

describe('a version', () => {
  test('includes another if it knows every id that that one knows', () => {
    const [ann, bob] = [newDoc(1), newDoc(2)]
    const first = ann.edit(insert(0, 'abc'))
    const before = ann.version()
    const second = ann.edit(insert(3, 'def'))
    expect([includes(ann.version(), before), includes(before, ann.version()), includes(before, before)]).toEqual([
      true,
      false,
      true,
    ])
    expect([includes(before, emptyVersion), includes(emptyVersion, before)]).toEqual([true, false])
    bob.apply(first)
    bob.apply(second)
    bob.edit(insert(0, '!'))
    expect([includes(bob.version(), ann.version()), includes(ann.version(), bob.version())]).toEqual([true, false])
    expect(bob.version().has(replicaId(1), 5)).toBe(true)
    expect([bob.version().has(replicaId(1), 6), bob.version().has(replicaId(3), 0), bob.version().size]).toEqual([
      false,
      false,
      7,
    ])
  })

  test('needs not be made to count which of some ids are unknown', () => {
    const [ann, bob] = [newDoc(1), newDoc(2)]
    bob.apply(ann.edit(insert(0, 'abc')))
    bob.apply(ann.edit(remove(1, 2)))
    const ids = [replicaId(1), replicaId(3)].map((replica) => ({ replica, from: 1, to: 10 }))
    expect([bob.unknown(ids), bob.unknown([])]).toEqual([7 + 9, 0])
  })

  test('is enough to be told what is missing: little after 100 missed edits in a long document', () => {
    const random = seededRandom(8)
    const [ann, bob] = two()
    for (let i = 0; i < 3000; i++) {
      const text = ann.doc.text()
      if (text.length > 0 && i % 3 === 0) ann.goes(wholeIndex(text, below(random, text.length)))
      ann.pastes(randomText(random, 8))
      if (i % 7 === 0) ann.erases(Math.max(0, wholeIndex(ann.doc.text(), ann.caret - 3)), ann.caret)
    }
    meet(ann, bob)
    const length = ann.doc.length
    for (let i = 0; i < 100; i++) {
      const text = ann.doc.text()
      const at = wholeIndex(text, below(random, text.length))
      if (i % 4 === 0) ann.erases(at, wholeIndex(text, Math.min(at + 3, text.length)))
      else ann.goes(at).types('word')
    }
    const missed = ann.takeUpdates().reduce((sum, { bytes }) => sum + bytes.length, 0)
    const asked = encodeVersion(bob.doc.version())
    const answer = ann.doc.updateSince(bob.doc.version())
    bob.doc.apply(answer)
    expect(bob.doc.stateHash()).toBe(ann.doc.stateHash())
    console.log(
      `${length} characters; 100 edits of ${missed} bytes; asked with ${asked.length}, answered with ${answer.bytes.length}`,
    )
    expect(asked.length + answer.bytes.length).toBeLessThanOrEqual(2 * missed + 1024)
  })

  test('of a length that is given leaves replicas out, of which all is sent then', () => {
    const [ann, bob] = [newDoc(1), newDoc(2)]
    for (let replica = 10; replica < 60; replica++) {
      const doc = newDoc(replica)
      ann.apply(doc.edit([{ from: 0, to: 0, insert: 'word' }]))
      if (replica % 2 === 0) ann.apply(doc.edit([{ from: 0, to: 2, insert: '' }]))
    }
    bob.apply(ann.updateSince(bob.version()))
    ann.edit([{ from: 7, to: 9, insert: 'new' }])
    const whole = encodeVersion(bob.version())
    for (const bytes of [whole.length + 7, whole.length - 1, 300, 20, 0]) {
      const said = encodeVersion(bob.version(), bytes)
      const version = decodeVersion(said)
      if (!version.ok) throw new Error(version.error.message)
      expect(said.length).toBeLessThanOrEqual(Math.max(1, bytes))
      expect(includes(bob.version(), version.value)).toBe(true)
      const other = newDoc(3)
      other.apply(bob.updateSince(other.version()))
      other.apply(ann.updateSince(version.value))
      expect(other.stateHash()).toBe(ann.stateHash())
    }
    expect(encodeVersion(bob.version(), whole.length + 7)).toEqual(whole)
  })

  test('tells of a single deletion long ago without naming all others', () => {
    const [ann, bob] = two()
    ann.pastes('0123456789'.repeat(3000))
    for (let at = 29_000; at > 0; at -= 7) ann.erases(at, at + 1)
    meet(ann, bob)
    ann.erases(100, 101)
    const answer = ann.doc.updateSince(bob.doc.version())
    bob.doc.apply(answer)
    expect(bob.doc.stateHash()).toBe(ann.doc.stateHash())
    expect(answer.bytes.length).toBeLessThan(400)
  })
})

describe('a saved document', () => {
  test('is loaded with its incarnation, and can be given to an empty copy as an update', () => {
    const doc = newDoc(1)
    doc.edit(insert(0, 'text'))
    const loaded = Doc.load(doc.encode(), { replica: replicaId(9) })
    if (!loaded.ok) throw new Error(loaded.error.message)
    expect([loaded.value.incarnation, loaded.value.text(), loaded.value.replica]).toEqual([INCARNATION, 'text', 9])
    const update = decodeUpdate(doc.encode())
    if (!update.ok) throw new Error(update.error.message)
    expect(update.value.incarnation).toBe(INCARNATION)
    const empty = newDoc(3)
    empty.apply(update.value)
    expect(empty.stateHash()).toBe(doc.stateHash())
  })

  test('of another incarnation changes nothing, in a copy with text and in an empty one', () => {
    const other = Doc.create({ replica: replicaId(2), incarnation: incarnation('b'.repeat(32)) })
    other.edit(insert(0, 'BBB'))
    const update = decodeUpdate(other.encode())
    if (!update.ok) throw new Error(update.error.message)
    for (const text of ['AAA', '']) {
      const doc = newDoc(1)
      doc.edit(insert(0, text))
      const before = doc.stateHash()
      expect(doc.apply(update.value)).toEqual([])
      expect([doc.text(), doc.stateHash()]).toEqual([text, before])
    }
  })

  test('is not any update', () => {
    const doc = newDoc(1)
    const loaded = Doc.load(doc.edit(insert(0, 'text')).bytes, { replica: replicaId(9) })
    expect(loaded.ok || loaded.error.code).toBe('not-a-document')
    const broken = Doc.load(doc.encode().slice(0, 9), { replica: replicaId(9) })
    expect(broken.ok || broken.error.code).toBe('truncated')
  })

  test('empty, or with all its text deleted, is a saved document too', () => {
    const doc = newDoc(1)
    for (const edits of [[], insert(0, 'text'), remove(0, 4)]) {
      doc.edit(edits)
      const loaded = Doc.load(doc.encode(), { replica: replicaId(9) })
      expect(loaded.ok && [loaded.value.text(), loaded.value.stateHash()]).toEqual([doc.text(), doc.stateHash()])
    }
  })

  test('can be written on by its author of before, in a run of a new place', () => {
    const doc = newDoc(1)
    doc.edit(insert(0, 'abc'))
    const loaded = Doc.load(doc.encode(), { replica: replicaId(1) })
    if (!loaded.ok) throw new Error(loaded.error.message)
    const other = newDoc(2)
    other.apply(doc.updateSince(other.version()))
    other.apply(loaded.value.edit(insert(3, 'def')))
    expect(other.text()).toBe('abcdef')
    check(loaded.value)
  })
})

describe('the text of what was deleted', () => {
  /** The characters for which there is room. */
  const held = (doc: Doc): number => doc.inside.units.length

  test('leaves memory when a million characters go at once, one by one, or elsewhere', () => {
    const paste = insert(0, 'x'.repeat(1_000_000))
    const ann = newDoc(1)
    const pasted = ann.edit(paste)
    const [bob, carl] = [newDoc(2), newDoc(3)]
    for (const doc of [bob, carl]) doc.apply(pasted)
    const gone = ann.edit(remove(0, 1_000_000))
    bob.apply(gone)
    carl.apply(ann.updateSince(carl.version()))
    for (const doc of [ann, bob, carl]) {
      doc.edit(insert(0, 'a little'))
      expect(held(doc)).toBeLessThan(100)
    }
    const dora = newDoc(4)
    dora.edit(insert(0, 'x'.repeat(200_000)))
    for (let left = 200_000; left > 0; left--) dora.edit(remove(left >> 1, (left >> 1) + 1))
    expect(held(dora)).toBeLessThan(82_000)
  })

  test('and what lives beside it stays as it is', () => {
    const ann = newDoc(1)
    ann.edit(insert(0, 'The beginning, and the end'))
    ann.edit(insert(14, 'x'.repeat(300_000)))
    const edits = [...remove(4, 5), ...remove(14, 300_014), ...insert(300_018, 'also ')]
    const before = ann.text()
    ann.edit(edits)
    expect(ann.text()).toBe(applyEdits(before, edits))
    check(ann)
  })
})

describe('an anchor', () => {
  test('of a living character is looked up without a look at the copies in the document', () => {
    const doc = newDoc()
    doc.edit(insert(0, 'abc'))
    const anchor = doc.anchorAt(1, 'after')
    doc.edit([{ from: 3, to: 3, insert: 'a', source: doc.authorOf(0).id }])
    const look = vi.spyOn(doc.inside.runs.source, Symbol.iterator)
    expect([doc.indexOf(anchor), look.mock.calls.length]).toEqual([1, 0])
    doc.edit(remove(0, 1))
    expect([doc.indexOf(anchor), look.mock.calls.length]).toEqual([3, 1])
  })

  test('at the edges of the text is a token, and stays there', () => {
    const doc = newDoc()
    doc.edit(insert(0, 'abc'))
    expect([doc.anchorAt(0, 'after'), doc.anchorAt(3, 'before')]).toEqual(['start', 'end'])
    doc.edit([...insert(0, '>>'), ...insert(3, '<<')])
    expect([doc.indexOf('start'), doc.indexOf('end')]).toEqual([0, 7])
  })

  test('sticks to its character', () => {
    const doc = newDoc()
    doc.edit(insert(0, 'abc'))
    const [before, after] = [doc.anchorAt(1, 'before'), doc.anchorAt(1, 'after')]
    doc.edit(insert(1, 'xyz'))
    expect([doc.indexOf(before), doc.indexOf(after)]).toEqual([4, 1])
    doc.edit(insert(0, '--'))
    expect([doc.indexOf(before), doc.indexOf(after)]).toEqual([6, 3])
  })

  test('of a dead character is where that was, also in a copy that never had it alive', () => {
    const [ann, bob] = two()
    ann.pastes('one two three')
    const anchors = [4, 5, 7].flatMap((at) => [ann.doc.anchorAt(at, 'before'), ann.doc.anchorAt(at, 'after')])
    ann.erases(3, 8)
    ann.goes(3).types('__')
    const loaded = Doc.load(ann.doc.encode(), { replica: replicaId(5) })
    if (!loaded.ok) throw new Error(loaded.error.message)
    bob.doc.apply(ann.doc.updateSince(bob.doc.version()))
    expect(ann.doc.text()).toBe('one__three')
    for (const doc of [ann.doc, bob.doc, loaded.value]) {
      const before = doc.stateHash()
      const places = anchors.map((anchor) => doc.indexOf(anchor))
      // The new text stands on one side of all that was deleted, or among it.
      for (const place of places) expect([3, 5]).toContain(place)
      expect(places).toEqual(anchors.map((anchor) => ann.doc.indexOf(anchor)))
      check(doc)
      expect(doc.stateHash()).toBe(before)
    }
  })

  test('without a key, of a character that is dead or was never here, is nowhere', () => {
    const [ann, bob] = two()
    ann.pastes('abc')
    const decoded = decodeAnchor(encodeAnchor(ann.doc.anchorAt(2, 'after')))
    if (!decoded.ok) throw new Error(decoded.error.message)
    expect([ann.doc.indexOf(decoded.value), bob.doc.indexOf(decoded.value)]).toEqual([2, null])
    ann.erases(0, 3)
    expect(ann.doc.indexOf(decoded.value)).toBeNull()
  })

  test('of a character that was moved or restored is at its living copy', () => {
    const doc = newDoc()
    doc.edit(insert(0, 'move me.'))
    const anchors = [doc.anchorAt(2, 'after'), doc.anchorAt(2, 'before')]
    const source = doc.authorOf(0).id
    doc.edit([...remove(0, 7), { from: 8, to: 8, insert: 'move me', source }])
    expect(doc.text()).toBe('.move me')
    expect(anchors.map((anchor) => doc.indexOf(anchor))).toEqual([3, 3])
    expect(doc.authorOf(3)).toEqual({ id: { replica: 1, seq: 10 }, source: { replica: 1, seq: 2 } })
  })

  test('is as many bytes as it says, and reads back', () => {
    const doc = newDoc(2 ** 48 - 1)
    doc.edit(insert(0, 'abc'))
    for (const anchor of ['start', 'end', doc.anchorAt(1, 'before'), doc.anchorAt(1, 'after')] as const) {
      const bytes = encodeAnchor(anchor)
      const read = decodeAnchor(bytes)
      expect(bytes.length).toBeLessThanOrEqual(12)
      const { id, side } = typeof anchor === 'string' ? { id: null, side: null } : anchor
      expect(read.ok && read.value).toEqual(id ? { id, side } : anchor)
    }
  })

  test('keeps its place through everybody’s edits', () => {
    const random = seededRandom(11)
    const [ann, bob] = two()
    ann.pastes('.'.repeat(50)).goes(25).pastes('#')
    meet(ann, bob)
    const anchors = [ann.doc.anchorAt(26, 'after'), ann.doc.anchorAt(25, 'before')]
    for (let i = 0; i < 200; i++) {
      for (const person of [ann, bob]) {
        const text = person.doc.text()
        const from = below(random, text.length + 1)
        const to = Math.min(text.length, from + below(random, 3))
        if (!text.slice(from, to).includes('#')) person.does({ from, to, insert: 'ab'.slice(below(random, 3)) })
      }
      const at = meet(ann, bob).indexOf('#')
      for (const { doc } of [ann, bob]) expect(anchors.map((anchor) => doc.indexOf(anchor))).toEqual([at + 1, at])
    }
  })
})

describe('who wrote what', () => {
  test('is known of each character, and of ranges', () => {
    const [ann, bob] = two()
    ann.pastes('aaaa')
    meet(ann, bob)
    bob.goes(2).pastes('bb')
    meet(ann, bob)
    expect([0, 2, 5].map((index) => ann.doc.authorOf(index))).toEqual([
      { id: { replica: 1, seq: 0 }, source: null },
      { id: { replica: 2, seq: 0 }, source: null },
      { id: { replica: 1, seq: 3 }, source: null },
    ])
    expect(ann.doc.idsIn(1, 6)).toEqual([
      { replica: 1, from: 1, to: 2 },
      { replica: 2, from: 0, to: 2 },
      { replica: 1, from: 2, to: 4 },
    ])
    bob.erases(2, 4)
    meet(ann, bob)
    expect(ann.doc.idsIn(0, 4)).toEqual([{ replica: 1, from: 0, to: 4 }])
    expect(ann.doc.idsIn(2, 2)).toEqual([])
  })

  test('of a copy: the original, in every copy of the document, saved or told', () => {
    const [cat, ann, bob] = people(3, 4)
    if (!cat || !ann || !bob) throw new Error('Three people')
    cat.pastes('original')
    meet(cat, ann, bob)
    ann.does({ from: 8, to: 8, insert: 'igi', source: cat.doc.authorOf(2).id })
    ann.goes(10).types('-')
    meet(cat, ann, bob)
    const loaded = Doc.load(bob.doc.encode(), { replica: replicaId(9) })
    if (!loaded.ok) throw new Error(loaded.error.message)
    for (const doc of [cat.doc, ann.doc, bob.doc, loaded.value]) {
      expect(doc.text()).toBe('originalig-i')
      expect([8, 9, 10, 11].map((index) => doc.authorOf(index).source?.seq ?? null)).toEqual([2, 3, null, 4])
      expect(doc.authorOf(11).source?.replica).toBe(cat.doc.replica)
    }
  })
})

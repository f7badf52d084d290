import { env } from 'node:process'
import { below, pick, type Random, readPlainAnchor, seededRandom } from '@manyhands/testkit'
import { describe, expect, test } from 'vitest'
import { encodeRun } from '../src/codec/run.ts'
import {
  check,
  Doc,
  decodeAnchor,
  decodeUpdate,
  decodeVersion,
  type Edit,
  emptyVersion,
  encodeAnchor,
  encodeVersion,
  replicaId,
} from '../src/index.ts'
import { RIGHT, Runs } from '../src/runs.ts'
import { corpus, expectSavable, expectTyped, feed, full, hex, unhex } from './corpus.ts'
import { newDoc } from './people.ts'

const isDeep = env.MANYHANDS_DEEP === '1'
const bytes = corpus()
const everyUpdate = [...bytes.updates, ...bytes.states]

/** Runs a check over bytes and says which bytes failed it. */
function each(list: Iterable<Uint8Array>, check: (bytes: Uint8Array) => void): void {
  for (const bytes of list) {
    try {
      check(bytes)
    } catch (error) {
      throw new Error(`Bytes ${hex(bytes)}`, { cause: error })
    }
  }
}

function* flips(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice()
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    yield flipped
  }
}

function* truncations(bytes: Uint8Array): Generator<Uint8Array> {
  for (let end = 0; end < bytes.length; end++) yield bytes.slice(0, end)
}

describe('an update', () => {
  test('is read by both readers, and one that has been read is the one that was made', () => {
    const doc = newDoc(5)
    each(everyUpdate, (update) => {
      expect(feed(doc, update)).toBe(true)
      const read = decodeUpdate(update)
      expect(read.ok && hex(read.value.bytes)).toBe(hex(update))
    })
    expectSavable(doc)
  })

  test('has parts that are simple: none within a part, none of another kind', () => {
    const death = '24 0300 0000 0000 09'
    const heads = Array.from({ length: 256 }, (_, head) => head)
    const taken = heads.filter((head) => {
      const part = `${head.toString(16).padStart(2, '0')} 0500 0000 0000 28 61`
      return feed(newDoc(5), unhex(`3f 00 08 ${death} 09 ${part}`))
    })
    // A deletion, and typing at the offsets 1 to 25.
    expect(taken).toEqual([0x23, ...heads.slice(0x26, 0x3f)])
  })

  test('that is cut short anywhere is refused, or valid: then all its numbers are whole and only text is missing', () => {
    for (const update of everyUpdate) {
      const { doc } = full(bytes)
      each(truncations(update), (cut) => feed(doc, cut))
      expectSavable(doc)
    }
  })

  test('with bytes left over is refused, or has more text', () => {
    for (const update of everyUpdate)
      each([Uint8Array.of(...update, 0), Uint8Array.of(...update, 128)], (longer) => feed(newDoc(), longer))
  })

  test('with any one bit flipped is refused, or valid', () => {
    for (const update of everyUpdate) {
      const { doc } = full(bytes)
      each(flips(update), (flipped) => feed(doc, flipped))
      expectSavable(doc)
    }
  })

  test('of random bytes is refused, or valid', () => {
    const random = seededRandom(1)
    const { doc } = full(bytes)
    const noise = Array.from({ length: isDeep ? 1_000_000 : 20_000 }, () => {
      const length = 1 + below(random, 40)
      return Uint8Array.from({ length }, (_, i) =>
        i === 0 ? 32 + below(random, 32) : below(random, random() < 0.7 ? 12 : 256),
      )
    })
    each(noise, (update) => feed(doc, update))
    expectSavable(doc)
  })

  // MUTATIONS=… how many; SEED=… of which chance, in deep runs what the clock says.
  const mutations = Number(env.MUTATIONS ?? (isDeep ? 10_000_000 : 20_000))
  const seed = Number(env.SEED ?? (isDeep ? Date.now() : 2))
  test(`mutated ${mutations} times, SEED=${seed}, is refused, or valid`, { timeout: 12 * 3_600_000 }, () => {
    const random = seededRandom(seed)
    let { doc } = full(bytes)
    for (let i = 0; i < mutations; i++) {
      if (i % 500 === 499) {
        expectSavable(doc)
        doc = full(bytes).doc
      }
      each([mutated(random, pick(random, everyUpdate))], (update) => feed(doc, update))
    }
  })
})

/** One to three random changes: a byte, a few bytes cut out or put in, a number made very long, another update's end. */
function mutated(random: Random, bytes: Uint8Array): Uint8Array {
  let list = [...bytes]
  for (let changes = 1 + below(random, 3); changes > 0; changes--) {
    const at = below(random, list.length + 1)
    const kind = below(random, 6)
    if (kind === 0) list[Math.min(at, list.length - 1)] = below(random, 256)
    else if (kind === 1) list[Math.min(at, list.length - 1)] = below(random, 8)
    else if (kind === 2) list.splice(at, 1 + below(random, 4))
    else if (kind === 3) list.splice(at, 0, ...Array.from({ length: 1 + below(random, 3) }, () => below(random, 40)))
    else if (kind === 4) list.splice(at, below(random, 2), ...pick(random, EDGES))
    else list = [...list.slice(0, at), ...pick(random, everyUpdate).slice(at)]
    if (list.length === 0) list.push(32)
  }
  return Uint8Array.from(list)
}

/** Numbers at the edges of what is allowed, as varints. */
const EDGES = [
  2 ** 31 - 1,
  2 ** 31 - 2,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 60,
  16383,
  16384 * 32,
].map(varint)

function varint(n: number): number[] {
  return n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))]
}

describe('a version', () => {
  test('in any mutilation is refused, or one that encodes to the same bytes and can be answered', () => {
    const { doc } = full(bytes)
    const random = seededRandom(3)
    const check = (version: Uint8Array): void => {
      const decoded = decodeVersion(version)
      if (!decoded.ok) return expectTyped(decoded.error, version)
      expect(hex(encodeVersion(decoded.value))).toBe(hex(version))
      const fresh = Doc.load(doc.encode(), { replica: replicaId(7) })
      const before = doc.stateHash()
      if (fresh.ok) fresh.value.apply(doc.updateSince(decoded.value))
      expect(fresh.ok && fresh.value.stateHash()).toBe(before)
    }
    for (const version of bytes.versions) {
      each([version, ...truncations(version), ...flips(version)], check)
      each(
        Array.from({ length: isDeep ? 100_000 : 300 }, () => mutated(random, version)),
        check,
      )
    }
  })

  test('of nothing is one byte', () => {
    expect(hex(encodeVersion(emptyVersion))).toBe('00')
    expect(hex(encodeVersion(newDoc().version()))).toBe('00')
  })
})

test('an anchor in any mutilation is refused, or one that encodes to the same bytes and can be looked up', () => {
  const { doc } = full(bytes)
  for (const anchor of bytes.anchors) {
    expect(anchor.length).toBeLessThanOrEqual(12)
    each([anchor, ...truncations(anchor), ...flips(anchor)], (mutilated) => {
      const decoded = decodeAnchor(mutilated)
      expect(decoded.ok ? decoded.value : null).toEqual(readPlainAnchor(mutilated))
      if (!decoded.ok) return expectTyped(decoded.error, mutilated)
      expect(hex(encodeAnchor(decoded.value))).toBe(hex(mutilated))
      const index = doc.indexOf(decoded.value)
      if (index !== null) expect(index).toBeLessThanOrEqual(doc.length)
    })
  }
})

describe('bytes that lie about how much follows are refused at once, and nothing is allocated for it', () => {
  const huge = hex(Uint8Array.from(varint(2 ** 40)))
  const replica = '010000000000'
  const filler = '00'.repeat(16)
  const lies = {
    'replicas of columns': `20${huge}${filler}`,
    'replicas of a state': `21${filler}${huge}${filler}`,
    'covered ranges': `2001${replica}${huge}${filler}`,
    'covered ids': `2001${replica}0100${huge}00`,
    runs: `2001${replica}010001${huge}${filler}`,
    'levels of a run’s head': `2001${replica}01000101${huge}00000000`,
    'a span': `2001${replica}01000101050000000000${huge}61`,
    'levels of a path': `22${huge}${filler}`,
    'a deletion': `23${replica}00${huge}`,
    'the place of typing': `26${replica}${huge}61`,
    'a number that never ends': `24${replica}${'80'.repeat(500)}01`,
    'a number that never ends, of the highest bytes': `24${replica}${'ff'.repeat(500)}01`,
  }
  test.each(Object.entries(lies))('%s', (_, digits) => {
    const lie = unhex(digits)
    expect(decodeUpdate(lie).ok).toBe(false)
    // The least of many times: a busy machine and a collection of garbage are not its fault.
    const costs = Array.from({ length: 20 }, () => costOf(() => decodeUpdate(lie)))
    expect(Math.min(...costs.map(({ milliseconds }) => milliseconds))).toBeLessThan(20)
    expect(Math.min(...costs.map(({ bytes }) => Math.abs(bytes)))).toBeLessThan(200_000)
  })

  test('a version’s replicas and ranges', () => {
    for (const digits of [`${huge}${filler}`, `01${replica}${huge}${filler}`, `01${replica}0000${huge}${filler}`]) {
      expect(decodeVersion(unhex(digits)).ok).toBe(false)
    }
  })
})

function costOf(work: () => void): { readonly milliseconds: number; readonly bytes: number } {
  const before = process.memoryUsage()
  const start = performance.now()
  work()
  const milliseconds = performance.now() - start
  const after = process.memoryUsage()
  return { milliseconds, bytes: after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers }
}

describe('hundreds of thousands of ranges are taken in, in time linear in them: this ends', () => {
  const count = 2 ** 18
  const head = '01 4d0000000000'
  /** One id, three not, and so on. */
  const ranges = (first: number): number[] => [first, 0, ...Array.from({ length: count - 1 }, () => [2, 0]).flat()]
  const number = (n: number): number[] => [(n & 127) | 128, ((n >> 7) & 127) | 128, n >> 14]

  test('dead ids between dead ids', () => {
    const covers = (first: number): Uint8Array =>
      Uint8Array.from([...unhex(`20${head}`), ...number(count), ...ranges(first), 0])
    const [ann, bob] = [newDoc(1), newDoc(1)]
    for (const doc of [ann, bob]) doc.edit([{ from: 0, to: 0, insert: 'x' }])
    for (const update of [covers(0), covers(2)]) expect(feed(ann, update)).toBe(true)
    for (const update of [covers(2), covers(0)]) expect(feed(bob, update)).toBe(true)
    expect(ann.version().size).toBe(1 + 2 * count)
    expect(ann.stateHash()).toBe(bob.stateHash())
  })

  test('a version that knows an id here and there, and other deaths', () => {
    const ann = newDoc(0x4d)
    ann.edit([{ from: 0, to: 0, insert: 'x'.repeat(4 * count) }])
    ann.edit([{ from: 0, to: 4 * count, insert: '' }])
    const hashes = new Uint8Array(8 + 4 * 64)
    const version = decodeVersion(Uint8Array.from([...unhex(head), ...number(count - 1), ...ranges(0), ...hashes]))
    if (!version.ok) throw new Error(version.error.message)
    expect(ann.updateSince(version.value).covers).toEqual([{ replica: 0x4d, from: 0, to: 4 * count }])
  })
})

describe('text is UTF-8 in its one form', () => {
  const typing = (digits: string): Uint8Array => unhex(`26 010000000000 01 ${digits}`)
  const good = {
    ascii: '61',
    two: 'c280',
    three: 'e0a080',
    four: 'f0908080',
    last: 'f48fbfbf',
    high: 'eda0bd',
    low: 'edb880',
  }
  test.each(Object.entries(good))('read: %s', (_, digits) => {
    expect(feed(newDoc(), typing(digits))).toBe(true)
    expect(feed(newDoc(), typing(`61${digits}61`))).toBe(true)
  })

  const bad = {
    'a pair in two halves': 'eda0bdedb880',
    'more than a pair, in halves': 'f09f9880eda0bdedb880',
    'two bytes for one': 'c1bf',
    'three bytes for two': 'e09fbf',
    'four bytes for three': 'f08fbfbf',
    'beyond the last code point': 'f4908080',
    'a first byte of five': 'f8888080',
    'a byte out of place': '80',
    'a first byte alone': 'c2',
    'a first byte with an ASCII one': 'c261',
    'three bytes cut short': 'e0a0',
  }
  test.each(Object.entries(bad))('refused: %s', (_, digits) => {
    expect(feed(newDoc(), typing(digits))).toBe(false)
    expect(feed(newDoc(), typing(`61${digits}`))).toBe(false)
  })

  test('two lone halves in the wrong order are two lone halves', () => {
    expect(feed(newDoc(), typing('edb880eda0bd'))).toBe(true)
  })
})

describe('numbers have one form', () => {
  test.each(['8000', '818000', 'ffffffff8f00'])('%s is refused', (digits) => {
    expect(feed(newDoc(), unhex(`24 010000000000 ${digits}`))).toBe(false)
  })

  test('the greatest seq is 2^31 − 2', () => {
    expect(feed(newDoc(), unhex('24 010000000000 feffffff07'))).toBe(true)
    expect(feed(newDoc(), unhex('24 010000000000 ffffffff07'))).toBe(false)
  })

  test('a replica is not 0', () => {
    expect(feed(newDoc(), unhex('24 000000000000 01'))).toBe(false)
  })
})

describe('named bytes that were wrong once', () => {
  test('a number of more than eight bytes is not a number, and is refused', () => {
    for (const length of [8, 9, 140, 146, 147, 148, 150, 300]) {
      expect(decodeUpdate(unhex(`24010000000000${'80'.repeat(length)}01`)).ok).toBe(false)
    }
  })

  test('a replica that a path has named is not named again in full', () => {
    const doc = newDoc(1)
    doc.edit([{ from: 0, to: 0, insert: 'ab' }])
    const other = newDoc(2)
    other.apply(doc.updateSince(other.version()))
    const update = other.edit([{ from: 1, to: 1, insert: 'c' }]).bytes
    const back = newDoc(1)
    back.apply(doc.updateSince(back.version()))
    expect(hex(update)).toContain('00020000000000')
    // Level 3 by replica 1 again: as number 1, and as 0 and six bytes.
    const path = (named: string): Uint8Array =>
      unhex(`22 02 05 00 00010000000000 00 05 00 00020000000000 00 05 00 ${named} 07 61`)
    expect(decodeUpdate(path('01')).ok).toBe(true)
    expect(decodeUpdate(path('00010000000000')).ok).toBe(false)
  })

  const state = '21 00112233445566778899aabbccddeeff 01 010000000000'

  test('a replica of which nothing is told is not listed', () => {
    expect(feed(newDoc(9), unhex('20 00 00'))).toBe(true)
    expect(feed(newDoc(9), unhex('20 02 010000000000 020000000000 00 00 00'))).toBe(false)
    // 1:0 is dead, and 2 has nothing to do with it.
    expect(feed(newDoc(9), unhex('20 01 010000000000 01 00 00 00'))).toBe(true)
    expect(feed(newDoc(9), unhex('20 02 010000000000 020000000000 01 00 00 00 00'))).toBe(false)
  })

  test('one update does not list two runs of one id', () => {
    // [0, 1) covered; two runs on the start token, with digits 1 and 2, the first of them with the character.
    const twoRuns = (first: string): Uint8Array =>
      unhex(`${state} 01 00 00 02 07 2f 00 00 00 00 00 ${first} 02 04 00 00 61`)
    expect(feed(newDoc(9), twoRuns('0a'))).toBe(true)
    expect(decodeUpdate(twoRuns('00')).ok).toBe(false)
  })

  test('a run that goes on beyond the first character of the next one is refused, or loaded in order', () => {
    // [0, 11) covered; run 0 with characters 0 and 10, run 5 with character 5.
    feed(newDoc(9), unhex(`${state} 01 00 0a 02 05 27 00 00 00 00 00 0a 02 00 01 08 00 00 00 616263`))
  })

  test('a run that goes on beyond the next one is not forgotten before its text has come', () => {
    const doc = newDoc(9)
    // The characters 0 to 4 are dead. Then run 0 with character 7, and run 5 with character 5.
    feed(doc, unhex('23 010000000000 00 03'))
    expect(feed(doc, unhex(`${state} 01 05 03 02 05 27 00 00 00 00 00 0a 02 07 00 00 00 6162`))).toBe(true)
    expect(doc.text()).toBe('ab')
  })
})

test('what hangs too deep in one copy is unknown to it, not dead: a copy in which it has room keeps it', () => {
  const [deep, liar, bob, carl] = [newDoc(1), newDoc(1), newDoc(2), newDoc(3)]
  for (let i = 0; i < 16_384; i++) deep.edit([{ from: i, to: i, insert: 'ab' }])
  // The liar is the same replica, and has the deepest run of the other one near the top.
  liar.edit([{ from: 0, to: 0, insert: 'x'.repeat(2 * 16_383) }])
  liar.edit([{ from: 0, to: 0, insert: 'ab' }])
  bob.apply(liar.updateSince(bob.version()))
  bob.edit([{ from: 1, to: 1, insert: 'Y' }])
  bob.edit([{ from: 1, to: 1, insert: 'Z' }])
  const twoRuns = bob.updateSince(liar.version())
  deep.apply(twoRuns)
  check(deep)
  expect(deep.text()).not.toMatch(/[YZ]/)
  carl.apply(bob.updateSince(carl.version()))
  carl.apply(deep.updateSince(carl.version()))
  expect(carl.text()).toContain('Y')
})

/** One level of a path: the run `first` of a replica, on the right of character `anchor` of the one above. */
interface Level {
  readonly replica: number
  readonly first: number
  readonly anchor?: number
  readonly digit?: number
}

/** The update that brings a run with its path, as whoever writes bytes can write it, of other replicas too. */
function runBytes(path: readonly Level[], text: string): Uint8Array {
  const runs = new Runs()
  let run = 0
  for (const { replica, first, anchor = 0, digit = 0 } of path) {
    run = runs.put(runs.learn(replicaId(replica)), first, run, anchor, RIGHT, digit)
  }
  return encodeRun(runs, run, text)
}

describe('a run of which two places are told stays where it is, and what hangs on the other one cannot spoil the document', () => {
  /** Whether a newcomer can read what there is, and edit anywhere so that others can read it. */
  function expectUsable(doc: Doc): void {
    expectSavable(doc)
    expect(decodeUpdate(doc.updateSince(emptyVersion).bytes).ok).toBe(true)
    for (let at = 0; at <= doc.length; at++) {
      const loaded = Doc.load(doc.encode(), { replica: replicaId(99) })
      if (!loaded.ok) throw new Error(loaded.error.message)
      expect(decodeUpdate(loaded.value.edit([{ from: at, to: at, insert: '!!' }]).bytes).ok).toBe(true)
    }
  }

  /** 8:0 hangs on a character of 9:5; */
  const TRUE = [
    runBytes([{ replica: 9, first: 5 }], 'abc'),
    runBytes(
      [
        { replica: 9, first: 5 },
        { replica: 8, first: 0, anchor: 2 },
      ],
      'xyz',
    ),
  ]
  /** and here it is outermost, and an earlier run of 9 hangs on it. */
  const FALSE = runBytes(
    [
      { replica: 8, first: 0 },
      { replica: 9, first: 2, anchor: 2 },
    ],
    'ABC',
  )

  test('a digit that only the deeper place has', () => {
    const doc = newDoc(3)
    const deep = [9, 8, 9, 8, 9, 8].map((replica, i): Level => ({ replica, first: 10 + (i >> 1) }))
    expect(feed(doc, runBytes([{ replica: 9, first: 13 }], 'P'))).toBe(true)
    const evil = runBytes([...deep, { replica: 9, first: 13 }, { replica: 7, first: 0, digit: 2 ** 27 }], 'Q')
    expect(feed(doc, evil)).toBe(true)
    expectUsable(doc)
    expect(doc.text()).toBe('P')
  })

  test('below a run that its replica made later', () => {
    const doc = newDoc(3)
    for (const update of TRUE) expect(feed(doc, update)).toBe(true)
    expect(feed(doc, FALSE)).toBe(true)
    expectUsable(doc)
    expect(doc.text()).toBe('abcxyz')
  })

  test('what hangs on it in columns', () => {
    const [doc, liar] = [newDoc(3), newDoc(4)]
    for (const update of TRUE) expect(feed(doc, update)).toBe(true)
    expect(feed(liar, FALSE)).toBe(true)
    expect(feed(doc, liar.updateSince(emptyVersion).bytes)).toBe(true)
    expectUsable(doc)
    expect(doc.text()).toBe('abcxyz')
  })

  /** Text of 9 on a run that 1, who has made five characters, has yet to make. */
  const PREMATURE = [5, 1000].map((first) =>
    runBytes(
      [
        { replica: 1, first, digit: 9 },
        { replica: 9, first, anchor: 700 },
      ],
      '~',
    ),
  )

  test('a run that I have yet to make is nobody else’s to tell: what hangs on it waits for a sync, and I type on anywhere', () => {
    const liar = newDoc(4)
    for (const update of PREMATURE) expect(feed(liar, update)).toBe(true)
    const inColumns = liar.updateSince(emptyVersion).bytes
    for (const updates of [PREMATURE, [inColumns]]) {
      for (let at = 0; at <= 5; at++) {
        const ann = newDoc(1)
        ann.edit([{ from: 0, to: 0, insert: 'Hello' }])
        for (const update of updates) expect(feed(ann, update)).toBe(true)
        expect(ann.text()).toBe('Hello')
        const bob = newDoc(2)
        bob.apply(ann.updateSince(emptyVersion))
        expect(feed(bob, ann.edit([{ from: at, to: at, insert: 'x' }]).bytes)).toBe(true)
        expect(bob.text()).toBe(ann.text())
        check(ann)
        expectUsable(ann)
      }
    }
  })

  test('told of my next run before I have anything, I type all the same', () => {
    const ann = newDoc(1)
    const liar = newDoc(4)
    const evil = runBytes(
      [
        { replica: 1, first: 0, digit: 9 },
        { replica: 9, first: 0 },
      ],
      '~',
    )
    expect(feed(liar, evil)).toBe(true)
    ann.apply(liar.updateSince(emptyVersion))
    ann.edit([{ from: 0, to: 0, insert: 'x' }])
    check(ann)
    expectUsable(ann)
  })

  test('loaded with my next run in it, a document takes no text of mine, and can be saved', () => {
    const liar = newDoc(1)
    liar.edit([{ from: 0, to: 0, insert: 'Hello' }])
    const bob = newDoc(2)
    bob.apply(liar.updateSince(emptyVersion))
    for (const update of PREMATURE) expect(feed(bob, update)).toBe(true)
    const ann = Doc.load(bob.encode(), { replica: replicaId(1) })
    if (!ann.ok) throw new Error(ann.error.message)
    for (let at = 0; at <= ann.value.length; at++) {
      expect(() => ann.value.edit([{ from: at, to: at, insert: 'x' }])).toThrow(RangeError)
    }
    ann.value.edit([{ from: 0, to: 1, insert: '' }])
    check(ann.value)
    expectUsable(ann.value)
  })

  test('a copy that has lost its newest runs is told of them by others, in any order', () => {
    const ann = newDoc(1)
    const updates = [ann.edit([{ from: 0, to: 0, insert: 'Hello' }])]
    const saved = ann.encode()
    for (let i = 0; i < 5; i++) updates.push(ann.edit([{ from: 1, to: 1, insert: 'ab' }]))
    const bob = newDoc(2)
    for (const update of updates) bob.apply(update)
    bob.edit([{ from: 2, to: 2, insert: 'B' }])
    const restored = (): Doc => {
      const loaded = Doc.load(saved, { replica: replicaId(1) })
      if (!loaded.ok) throw new Error(loaded.error.message)
      return loaded.value
    }
    const [inColumns, oneByOne] = [restored(), restored()]
    inColumns.apply(bob.updateSince(inColumns.version()))
    for (const update of updates.toReversed()) expect(feed(oneByOne, update.bytes)).toBe(true)
    expect(inColumns.text()).toBe(bob.text())
    expect(oneByOne.stateHash()).toBe(ann.stateHash())
    for (const doc of [inColumns, oneByOne]) {
      doc.edit([{ from: 3, to: 3, insert: 'x' }])
      check(doc)
      expectUsable(doc)
    }
  })

  test('where somebody hangs text on a character that I have yet to type, I cannot type beside it; elsewhere I can', () => {
    const ann = newDoc(1)
    ann.edit([{ from: 0, to: 0, insert: 'Hello' }])
    const evil = runBytes(
      [
        { replica: 1, first: 0 },
        { replica: 9, first: 0, anchor: 700 },
      ],
      '~',
    )
    expect(feed(ann, evil)).toBe(true)
    expect(ann.text()).toBe('Hello~')
    expect(() => ann.edit([{ from: 6, to: 6, insert: 'x' }])).toThrow(RangeError)
    expect(decodeUpdate(ann.edit([{ from: 2, to: 2, insert: 'x' }]).bytes).ok).toBe(true)
    check(ann)
    expectUsable(ann)
  })
})

test('who is told thousands of lies about runs, their own among them, types on and can save', () => {
  const random = seededRandom(4)
  for (let history = 0; history < (isDeep ? 20_000 : 300); history++) {
    const [ann, liar] = [newDoc(1), newDoc(4)]
    for (let step = 0; step < 12; step++) {
      const lie = runBytes(randomPath(random), 'abc'.slice(below(random, 3)))
      const at = below(random, ann.length + 1)
      const to = Math.min(ann.length, at + (random() < 0.3 ? 2 : 0))
      if (random() < 0.4) tryToEdit(ann, { from: at, to, insert: 'xy' })
      else if (random() < 0.6) apply(ann, lie)
      else if (apply(liar, lie)) apply(ann, liar.updateSince(emptyVersion).bytes)
      check(ann)
    }
    expectSavable(ann)
    expect(decodeUpdate(ann.updateSince(emptyVersion).bytes).ok).toBe(true)
  }

  /** There may be no place for it. */
  function tryToEdit(doc: Doc, edit: Edit): void {
    try {
      doc.edit([edit])
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }

  /** Answers whether it is an update at all. */
  function apply(doc: Doc, bytes: Uint8Array): boolean {
    const update = decodeUpdate(bytes)
    if (update.ok) doc.apply(update.value)
    return update.ok
  }
})

function randomPath(random: Random): readonly Level[] {
  return Array.from({ length: 1 + below(random, 4) }, () => ({
    replica: pick(random, [1, 8, 9]),
    first: below(random, 12),
    anchor: below(random, 6),
    digit: below(random, 3),
  })).map((level, i) => (i === 0 ? { ...level, anchor: 0 } : level))
}

test('columns with a run below one that its replica made later are refused', () => {
  // 9:5 "a", on it 8:0 "b", on that 9:0 or 9:6 "c".
  const columns = (first: string): Uint8Array =>
    unhex(
      `20 02 080000000000 090000000000 01 00 00 01 00 14 03 05 05 05 00 00 00 01 0a 00 00 01 ${first} 00 00 00 00 00 00 616263`,
    )
  expect(feed(newDoc(3), columns('02'))).toBe(true)
  expect(feed(newDoc(3), columns('09'))).toBe(false)
})

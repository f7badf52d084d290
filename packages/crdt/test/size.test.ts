import { below, seededRandom } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { check, Doc, decodeUpdate, replicaId, type Update } from '../src/index.ts'
import { newDoc } from './people.ts'

/** Time is printed, not asserted, but for a bound that only something linear in the document would break. */
function timed(what: string, work: () => void): number {
  const start = performance.now()
  work()
  const milliseconds = performance.now() - start
  console.log(`${what}: ${milliseconds.toFixed(0)} ms`)
  return milliseconds
}

test('100,000 random single-character edits of a document of 1 MB, and the same at another copy', {
  timeout: 120_000,
}, () => {
  const random = seededRandom(1)
  const [ann, bob] = [newDoc(1), newDoc(2)]
  bob.apply(ann.edit([{ from: 0, to: 0, insert: 'lorem ipsum dolor sit amet '.repeat(38_000) }]))
  const units = [...ann.text()]
  const updates: Update[] = []
  const local = timed('100,000 random edits of 1 MB, here', () => {
    for (let i = 0; i < 100_000; i++) {
      const at = below(random, ann.length)
      updates.push(ann.edit(i % 3 === 0 ? [{ from: at, to: at + 1, insert: '' }] : [{ from: at, to: at, insert: 'x' }]))
    }
  })
  const remote = timed('the same, there', () => {
    for (const update of updates) {
      const read = decodeUpdate(update.bytes)
      if (read.ok) bob.apply(read.value)
    }
  })
  expect(local).toBeLessThan(30_000)
  expect(remote).toBeLessThan(60_000)
  expect(units.length).toBeGreaterThan(1_000_000)
  expect(bob.stateHash()).toBe(ann.stateHash())
  expect(bob.text()).toBe(ann.text())
  check(ann)
  check(bob)
  timed('save and load', () => {
    const loaded = Doc.load(ann.encode(), { replica: replicaId(3) })
    expect(loaded.ok && loaded.value.text()).toBe(ann.text())
    if (loaded.ok) check(loaded.value)
  })
})

test('two characters typed, then between them, for ever: each time one level deeper, and right all the same', {
  timeout: 60_000,
}, () => {
  const [ann, bob] = [newDoc(1), newDoc(2)]
  let expected = ''
  timed('3,000 times between', () => {
    for (let i = 0; i < 3000; i++) {
      const pair = String.fromCharCode(97 + (i % 26), 65 + (i % 26))
      bob.apply(ann.edit([{ from: i, to: i, insert: pair }]))
      expected = expected.slice(0, i) + pair + expected.slice(i)
    }
  })
  expect(ann.text()).toBe(expected)
  expect(bob.text()).toBe(expected)
  expect(bob.stateHash()).toBe(ann.stateHash())
  check(ann)
  const loaded = Doc.load(ann.encode(), { replica: replicaId(3) })
  expect(loaded.ok && loaded.value.text()).toBe(expected)
  const late = newDoc(4)
  late.apply(ann.updateSince(late.version()))
  expect(late.text()).toBe(expected)
})

test('the same down to the deepest level that bytes may say is refused there, and the document lives on', {
  timeout: 120_000,
}, () => {
  const [ann, bob] = [newDoc(1), newDoc(2)]
  for (let i = 0; i < 16_384; i++) {
    const update = ann.edit([{ from: i, to: i, insert: 'ab' }])
    if (i < 16_380) continue
    const read = decodeUpdate(update.bytes)
    if (!read.ok) throw new Error(`Edit ${i} made what cannot be read: ${read.error.message}`)
  }
  const before = ann.stateHash()
  expect(() => ann.edit([{ from: 16_384, to: 16_384, insert: 'x' }])).toThrow(RangeError)
  expect(() =>
    ann.edit([
      { from: 0, to: 1, insert: '' },
      { from: 16_384, to: 16_384, insert: 'x' },
    ]),
  ).toThrow(RangeError)
  expect(ann.stateHash()).toBe(before)
  ann.edit([{ from: 20, to: 20, insert: 'elsewhere' }])
  bob.apply(ann.updateSince(bob.version()))
  expect(bob.text()).toBe(ann.text())
  const saved = Doc.load(ann.encode(), { replica: replicaId(3) })
  expect(saved.ok && saved.value.text()).toBe(ann.text())
})

test('typing that waits for runs that never come costs others nothing', { timeout: 60_000 }, () => {
  const [ann, bob, eve] = [newDoc(1), newDoc(2), newDoc(3)]
  for (let i = 0; i < 20_000; i++) {
    eve.edit([{ from: 0, to: 0, insert: 'a' }])
    bob.apply(eve.edit([{ from: 1, to: 1, insert: 'b' }]))
  }
  expect(bob.waiting).toBeGreaterThan(0)
  bob.apply(ann.edit([{ from: 0, to: 0, insert: 'x'.repeat(20_000) }]))
  const spent = timed('10,000 deletions while 20,000 updates wait', () => {
    for (let i = 0; i < 5000; i++) {
      bob.apply(ann.edit([{ from: i, to: i + 1, insert: '' }]))
      bob.apply(ann.edit([{ from: i, to: i + 1, insert: 'y' }]))
    }
  })
  expect(spent).toBeLessThan(10_000)
  expect(bob.text()).toBe(ann.text())
})

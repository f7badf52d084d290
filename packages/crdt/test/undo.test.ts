import { below, pick, seededRandom } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { MAX_SEQ } from '../src/ids.ts'
import {
  applyEdits,
  check,
  Doc,
  decodeUpdate,
  type Edit,
  replicaId,
  type Selection,
  UndoHistory,
  type Update,
} from '../src/index.ts'
import { deletion } from '../src/update.ts'
import { newDoc } from './people.ts'

/** Ann undoes; bob is told, and types between. */
function both(): { ann: Doc; bob: Doc; history: UndoHistory; later: () => number; meet: () => string } {
  const [ann, bob] = [newDoc(1), newDoc(2)]
  let time = 0
  const meet = (): string => {
    ann.apply(bob.updateSince(ann.version()))
    bob.apply(ann.updateSince(bob.version()))
    check(ann)
    check(bob)
    expect(bob.text()).toBe(ann.text())
    expect(bob.stateHash()).toBe(ann.stateHash())
    return ann.text()
  }
  return { ann, bob, history: new UndoHistory(ann), later: () => (time += 10_000), meet }
}

const insert = (at: number, text: string): readonly Edit[] => [{ from: at, to: at, insert: text }]
const replace = (from: number, to: number, text: string): readonly Edit[] => [{ from, to, insert: text }]

test('typing within half a second is undone together, and what came later is not', () => {
  const { ann, history } = both()
  for (const [i, letter] of [...'one'].entries()) history.edit(insert(i, letter), { time: i * 100 })
  for (const [i, letter] of [...' two'].entries()) history.edit(insert(3 + i, letter), { time: 2000 + i * 100 })
  expect(ann.text()).toBe('one two')
  history.undo()
  expect(ann.text()).toBe('one')
  history.undo()
  expect([ann.text(), history.canUndo, history.canRedo]).toEqual(['', false, true])
  expect(history.undo()).toBeNull()
  history.redo()
  history.redo()
  expect([ann.text(), history.canUndo, history.canRedo, history.redo()]).toEqual(['one two', true, false, null])
})

test('typing elsewhere, or after a separation, is undone apart', () => {
  const { ann, history } = both()
  history.edit(insert(0, 'ab'), { time: 0 })
  history.edit(insert(0, 'c'), { time: 10 })
  history.undo()
  expect(ann.text()).toBe('ab')
  history.edit(insert(2, 'd'), { time: 20 })
  history.separate()
  history.edit(insert(3, 'e'), { time: 30 })
  history.undo()
  expect(ann.text()).toBe('abd')
})

test('what others did stays: inside my text, around it, and where they deleted some of it', () => {
  const { ann, bob, history, later, meet } = both()
  history.edit(insert(0, 'mine and mine'), { time: later() })
  meet()
  bob.edit([...insert(4, ' YOURS'), ...replace(9, 13, '')])
  expect(meet()).toBe('mine YOURS and ')
  history.undo()
  expect(meet()).toBe(' YOURS')
  history.redo()
  expect(meet()).toBe('mine YOURS and ')
  expect(ann.text()).toBe(bob.text())
})

test('what I deleted comes back where it was, between what others wrote there', () => {
  const { bob, history, later, meet } = both()
  bob.edit(insert(0, 'one two three'))
  meet()
  history.edit(replace(4, 8, ''), { time: later() })
  meet()
  bob.edit([...insert(0, '>'), ...insert(9, '<')])
  expect(meet()).toBe('>one three<')
  history.undo()
  expect(meet()).toBe('>one two three<')
  history.redo()
  expect(meet()).toBe('>one three<')
})

test('what comes back is still its author’s, however often it goes and comes', () => {
  const { ann, bob, history, later, meet } = both()
  bob.edit(insert(0, 'yours'))
  meet()
  const anchor = ann.anchorAt(2, 'after')
  history.edit(replace(1, 4, ''), { time: later() })
  for (let i = 0; i < 3; i++) {
    history.undo()
    expect(meet()).toBe('yours')
    expect([0, 1, 2, 3, 4].map((index) => ann.authorOf(index).source ?? ann.authorOf(index).id)).toEqual(
      [0, 1, 2, 3, 4].map((seq) => ({ replica: 2, seq })),
    )
    expect([ann.indexOf(anchor), bob.indexOf(anchor)]).toEqual([2, 2])
    history.redo()
    expect(meet()).toBe('ys')
  }
  history.undo()
  bob.edit(insert(0, '-'))
  expect(meet()).toBe('-yours')
  expect(bob.authorOf(2)).toEqual({ id: { replica: 1, seq: expect.any(Number) }, source: { replica: 2, seq: 1 } })
})

test('a replacement is undone whole', () => {
  const { history, later, ann, meet } = both()
  history.edit(insert(0, 'good morning'), { time: later() })
  history.edit([...replace(0, 4, 'bad'), ...replace(5, 12, 'night')], { time: later() })
  expect(ann.text()).toBe('bad night')
  history.undo()
  expect(meet()).toBe('good morning')
  history.redo()
  expect(meet()).toBe('bad night')
})

test('a surrogate pair comes back as one', () => {
  const { history, later, meet } = both()
  history.edit(insert(0, 'a😀b'), { time: later() })
  history.edit(replace(1, 3, ''), { time: later() })
  history.undo()
  expect(meet()).toBe('a😀b')
})

test.each([
  ['half of a pair', '\ud83d', 2, ''],
  ['something between the halves of a pair', 'x', 4, ''],
  ['something between the halves of a pair, and takes it away', 'x', 4, 'x'],
])('what I deleted comes back after a foreign writer has put in %s', (_, foreign, at, taken) => {
  const { ann, bob, history, later, meet } = both()
  history.edit(insert(0, 'one😀two'), { time: later() })
  meet()
  // `restore` checks no pairs, as a foreign writer may not.
  bob.restore(insert(at, foreign))
  meet()
  if (taken !== '') bob.restore(replace(at, at + taken.length, ''))
  const before = meet()
  history.edit(replace(0, ann.length, ''), { time: later() })
  expect(meet()).toBe('')
  history.undo()
  expect(meet()).toBe(before)
  history.redo()
  expect(meet()).toBe('')
})

test('what I typed is taken out even where it makes one pair with a foreign half', () => {
  const { bob, history, later, meet } = both()
  bob.restore(insert(0, '\ud83d'))
  meet()
  history.edit(insert(1, '😀'), { time: later() })
  meet()
  bob.restore(replace(1, 2, ''))
  expect(meet()).toBe('😀')
  history.undo()
  expect(meet()).toBe('\ud83d')
})

test('what two deleted at once and both bring back, one after the other, is there once', () => {
  const { ann, bob, history, later, meet } = both()
  const his = new UndoHistory(bob)
  ann.edit(insert(0, 'one two three'))
  for (let i = 0; i < 3; i++) {
    meet()
    history.edit(replace(2, 8, ''), { time: later() })
    his.edit(replace(4, 10, ''), { time: later() })
    expect(meet()).toBe('onree')
    history.undo()
    expect(meet()).toBe('one two ree')
    his.undo()
    expect(meet()).toBe('one two three')
  }
})

test('what is there twice, because two brought it back without knowing, can be taken out once or twice, and comes back as often', () => {
  const { ann, bob, history, later, meet } = both()
  const his = new UndoHistory(bob)
  ann.edit(insert(0, 'one two three'))
  meet()
  history.edit(replace(4, 8, ''), { time: later() })
  his.edit(replace(4, 8, ''), { time: later() })
  meet()
  history.undo()
  his.undo()
  expect(meet()).toBe('one two two three')
  for (const [from, to] of [
    [4, 8],
    [8, 12],
    [3, 14],
  ] as const) {
    history.edit(replace(from, to, ''), { time: later() })
    meet()
    history.undo()
    expect(meet()).toBe('one two two three')
  }
})

test('what I deleted, somebody brought back and I deleted again at once comes back once', () => {
  const { ann: bob, bob: ann, history, later, meet } = both()
  const hers = new UndoHistory(ann)
  ann.edit(insert(0, 'a[bc]d'))
  meet()
  const deletion = hers.edit(replace(2, 4, ''), { time: later() })
  const restoration = hers.undo()?.update
  history.edit(replace(2, 3, ''), { time: 0 })
  for (const update of [deletion, restoration]) if (update) bob.apply(update)
  expect(bob.text()).toBe('a[bc]d')
  history.edit(replace(2, 3, ''), { time: 100 })
  history.edit(replace(2, 3, ''), { time: 200 })
  history.undo()
  expect(meet()).toBe('a[bc]d')
})

test('what cannot be undone, because no ids are left, stays to be undone, and nothing changes', () => {
  const { ann, history, later } = both()
  history.edit(insert(0, 'one'), { time: later() })
  history.edit(replace(0, 3, ''), { time: later() })
  ann.apply(deletion(ann.replica, 3, MAX_SEQ))
  expect(() => history.undo()).toThrow(RangeError)
  expect([ann.text(), history.canUndo, history.canRedo]).toEqual(['', true, false])
})

test('a word that was replaced 16,000 times comes back everywhere, also where somebody else took it out and back', {
  timeout: 60_000,
}, () => {
  const { ann, bob, history, later, meet } = both()
  const his = new UndoHistory(bob)
  const count = 16_000
  ann.edit(insert(0, 'ou '.repeat(count)))
  const edits = Array.from({ length: count }, (_, i): Edit => ({ from: 3 * i, to: 3 * i + 2, insert: 'o' }))
  history.edit(edits, { time: later() })
  for (const which of ['undo', 'redo'] as const) {
    const before = ann.text()
    const undone = history[which]()
    expect(ann.text()).toBe(which === 'undo' ? 'ou '.repeat(count) : 'o '.repeat(count))
    expect(applyEdits(before, undone?.edits ?? [])).toBe(ann.text())
  }
  meet()
  his.edit(replace(0, bob.length, ''), { time: later() })
  his.undo()
  meet()
  history.undo()
  expect(meet()).toBe('ou '.repeat(count))
})

test('the selection of before comes back, where its characters are by then', () => {
  const { bob, history, later, meet } = both()
  history.edit(insert(0, 'one two'), { time: later(), selection: [0, 0] })
  history.edit(replace(4, 7, 'three'), { time: later(), selection: [4, 7] })
  meet()
  bob.edit(insert(0, '>>> '))
  meet()
  const undone = history.undo()
  expect(undone?.selection).toEqual([8, 11] satisfies Selection)
  expect(meet()).toBe('>>> one two')
})

test('without a selection, it is behind what changed', () => {
  const { history, later } = both()
  history.edit(insert(0, 'one two'), { time: later() })
  history.edit(replace(0, 3, ''), { time: later() })
  expect(history.undo()?.selection).toEqual([3, 3])
})

test('a new edit ends what could be redone', () => {
  const { history, later, ann } = both()
  history.edit(insert(0, 'a'), { time: later() })
  history.undo()
  history.edit(insert(0, 'b'), { time: later() })
  expect([history.canRedo, history.redo(), ann.text()]).toEqual([false, null, 'b'])
})

test('a refused edit leaves nothing to be undone', () => {
  const { history, later, ann } = both()
  history.edit(insert(0, 'a'), { time: later() })
  expect(() => history.edit(insert(5, 'x'), { time: later() })).toThrow(RangeError)
  history.undo()
  expect([ann.text(), history.canUndo]).toEqual(['', false])
})

test('edits answered by undo and redo lead from the text before to the text after, and all back again', () => {
  for (let seed = 0; seed < 30; seed++) {
    const random = seededRandom(seed)
    const { ann, bob, history, later, meet } = both()
    const texts: string[] = ['']
    for (let i = 0; i < 12; i++) {
      const at = below(random, ann.length + 1)
      history.edit(replace(at, Math.min(ann.length, at + below(random, 4)), 'abcdef'.slice(below(random, 6))), {
        time: later(),
      })
      texts.push(ann.text())
    }
    const turn = (which: 'undo' | 'redo', expected: string | undefined): void => {
      const before = ann.text()
      const undone = history[which]()
      expect(applyEdits(before, undone?.edits ?? [])).toBe(ann.text())
      expect(ann.text()).toBe(expected)
    }
    for (let i = 11; i >= 0; i--) turn('undo', texts[i])
    for (let i = 1; i <= 12; i++) turn('redo', texts[i])
    for (let i = 11; i >= 4; i--) turn('undo', texts[i])
    bob.apply(ann.updateSince(bob.version()))
    meet()
  }
})

test('what I deleted of a text and of what somebody restored in its place is answered in the order in which it comes back', () => {
  const { ann: bob, bob: ann, history, later, meet } = both()
  const hers = new UndoHistory(ann)
  ann.edit(insert(0, 'a[bc]d'))
  meet()
  const deletion = hers.edit(replace(2, 4, ''), { time: later() })
  const restoration = hers.undo()?.update
  const gone = ann.edit(replace(2, 3, ''))
  history.edit(replace(2, 3, ''), { time: 0 })
  for (const update of [deletion, restoration, gone]) if (update) bob.apply(update)
  expect(bob.text()).toBe('a[c]d')
  history.edit(replace(2, 3, ''), { time: 100 })
  const undone = history.undo()
  expect(applyEdits('a[]d', undone?.edits ?? [])).toBe(bob.text())
  expect(meet()).toBe('a[bc]d')
})

test('text that came back deep inside other text can be written before and behind, and everybody can read it', () => {
  for (let depth = 1; depth < 30; depth++) {
    const { ann, bob, history, later, meet } = both()
    for (let i = 0; i < depth; i++) ann.edit(insert(i, 'ab'))
    meet()
    history.edit(replace(depth, depth + 1, ''), { time: later() })
    history.undo()
    const before = meet()
    for (const at of [depth, depth + 2]) {
      const update = decodeUpdate(ann.edit(insert(at, '!')).bytes)
      if (!update.ok) throw new Error(`Depth ${depth}: ${update.error.message}`)
      bob.apply(update.value)
    }
    expect(meet()).toBe(`${before.slice(0, depth)}!${before.slice(depth, depth + 1)}!${before.slice(depth + 1)}`)
  }
})

/** Three people edit, undo and redo; what they tell each other comes late, and partly in another order. */
function threePeople(seed: number): void {
  const random = seededRandom(seed)
  const docs = [5, 3, 8].map(newDoc)
  const histories = docs.map((doc) => new UndoHistory(doc))
  const inboxes = docs.map((): Update[] => [])
  let time = 0
  for (let step = 0; step < 60; step++) {
    const who = below(random, docs.length)
    const [doc, history, inbox] = [docs[who], histories[who], inboxes[who]]
    if (!doc || !history || !inbox) continue
    const before = doc.text()
    const told = (update: Update | undefined): void => {
      for (const other of inboxes) if (update && other !== inbox) other.push(update)
    }
    time += random() < 0.7 ? 10 : 5000
    const chance = random()
    if (chance < 0.5) {
      const at = below(random, doc.length + 1)
      const to = Math.min(doc.length, at + (chance < 0.3 ? 1 + below(random, 4) : 0))
      const text = at === to || random() < 0.3 ? pick(random, ['ab', 'cd', 'e']) : ''
      told(history.edit(replace(at, to, text), { time }))
    } else if (chance < 0.8) {
      const undone = chance < 0.7 ? history.undo() : history.redo()
      expect(applyEdits(before, undone?.edits ?? [])).toBe(doc.text())
      told(undone?.update)
    } else {
      for (let i = below(random, inbox.length + 1); i > 0; i--) {
        const [update] = inbox.splice(random() < 0.5 ? 0 : below(random, inbox.length), 1)
        const shown = doc.text()
        const edits = update ? doc.apply(update) : []
        expect(applyEdits(shown, edits)).toBe(doc.text())
      }
    }
    check(doc)
  }
  docs.forEach((doc, i) => {
    for (const update of inboxes[i] ?? []) doc.apply(update)
  })
  const whole = docs.map((doc) => ({ text: doc.text(), hash: doc.stateHash(), authors: authorsOf(doc) }))
  for (const doc of docs) {
    const loaded = Doc.load(doc.encode(), { replica: replicaId(99) })
    if (!loaded.ok) throw new Error(loaded.error.message)
    whole.push({ text: loaded.value.text(), hash: loaded.value.stateHash(), authors: authorsOf(loaded.value) })
  }
  for (const one of whole) expect(one).toEqual(whole[0])
}

function authorsOf(doc: Doc): readonly unknown[] {
  return Array.from({ length: doc.length }, (_, i) => doc.authorOf(i))
}

test('three who edit, undo and redo are shown what their documents have, and end with one text, one hash and the same authors', () => {
  for (let seed = 0; seed < 200; seed++) {
    try {
      threePeople(seed)
    } catch (error) {
      throw new Error(`threePeople(${seed})`, { cause: error })
    }
  }
})

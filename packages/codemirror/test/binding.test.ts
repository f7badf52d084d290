import { EditorSelection } from '@codemirror/state'
import type { Update } from '@manyhands/crdt'
import { below, calm, Network, pick, type Random, randomText, seededRandom, seeds } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { HeadlessEditor } from './headless-editor.ts'
import { LocalShared } from './local-shared.ts'

/** Two people with an editor each, and a network between them. */
class Pair {
  readonly network: Network<Update>
  readonly people = [1, 2].map((replica) => {
    const shared = new LocalShared(replica)
    return { name: `${replica}`, shared, editor: new HeadlessEditor(shared) }
  })

  constructor(random: Random) {
    this.network = new Network(random, { ...calm, duplicate: 0.2, reorder: 0.5 })
    for (const { name, shared } of this.people) this.network.join(name, (update) => shared.hear(update))
  }

  say(): void {
    for (const { name, shared } of this.people) {
      for (const update of shared.updates.splice(0)) this.network.broadcast(name, update)
    }
  }

  /** Everything arrives; where its order left gaps, they ask for what they lack. */
  settle(): void {
    this.say()
    this.network.deliverAll()
    const [a, b] = this.people.map(({ shared }) => shared)
    a?.hear(b?.doc.updateSince(a.doc.version()) ?? neverSaid())
    b?.hear(a?.doc.updateSince(b.doc.version()) ?? neverSaid())
  }

  mustAgree(): void {
    for (const { shared, editor } of this.people) expect(editor.text).toBe(shared.text())
  }
}

function neverSaid(): never {
  throw new Error('A pair has two')
}

/** What happens in editors, wild as it is: half surrogate pairs, foreign line breaks, ranges that end anywhere. */
function happens(random: Random, editor: HeadlessEditor): void {
  const { length } = editor.state.doc
  const dice = random()
  if (dice < 0.1) return editor.undo()
  const ends = Array.from({ length: random() < 0.2 ? 4 : 2 }, () => below(random, length + 1)).sort((a, b) => a - b)
  const wild = ['\r\n', '\r', '\uD83D', '\uDE00', '😀', '\u0301']
  const changes = ends.flatMap((from, i) => {
    if (i % 2 === 1) return []
    const to = random() < 0.3 ? Math.min(ends[i + 1] ?? from, from + 6) : from
    const insert = random() < 0.25 ? pick(random, wild) : randomText(random, 1 + below(random, 3))
    return [{ from, to, insert: to > from && random() < 0.5 ? '' : insert }]
  })
  editor.dispatch({ changes, userEvent: 'input' })
}

test.each(seeds(60))('two editors end with the text of the document, whatever is typed, seed %i', (seed) => {
  const random = seededRandom(seed)
  const pair = new Pair(random)
  for (let i = 0; i < 60; i++) {
    happens(random, pick(random, pair.people).editor)
    if (random() < 0.3) pair.say()
    if (random() < 0.3 && pair.network.pending > 0) pair.network.deliverSome()
    pair.mustAgree()
  }
  pair.settle()
  pair.mustAgree()
  const [a, b] = pair.people
  expect(a?.editor.text).toBe(b?.editor.text)
  expect(a?.editor.text).not.toMatch(/\p{Surrogate}|\r/u)
})

test.each(seeds(60))('what others do while something is composed is shown when it ends, seed %i', (seed) => {
  const random = seededRandom(seed)
  const pair = new Pair(random)
  for (let i = 0; i < 60; i++) {
    const { editor } = pick(random, pair.people)
    const dice = random()
    if (dice < 0.2) editor.compose()
    else if (dice < 0.4) editor.endComposition()
    happens(random, editor)
    if (random() < 0.5) pair.say()
    if (random() < 0.5 && pair.network.pending > 0) pair.network.deliverSome()
  }
  for (const { editor } of pair.people) editor.endComposition()
  pair.mustAgree()
  pair.settle()
  pair.mustAgree()
  const [a, b] = pair.people
  expect(a?.editor.text).toBe(b?.editor.text)
})

test('a composition stands beside what another wrote in its line meanwhile', () => {
  const [ann, ben] = new Pair(seededRandom(1)).people
  if (!ann || !ben) return neverSaid()
  ann.editor.dispatch({ changes: { from: 0, insert: 'Hello world' } })
  for (const update of ann.shared.updates.splice(0)) ben.shared.hear(update)
  ann.editor.compose()
  ann.editor.dispatch({ changes: { from: 5, insert: ' n' } })
  ben.editor.dispatch({
    changes: [
      { from: 0, insert: 'Ben: ' },
      { from: 11, insert: '!' },
    ],
  })
  for (const update of ben.shared.updates.splice(0)) ann.shared.hear(update)
  ann.editor.dispatch({ changes: { from: 5, to: 7, insert: ' 日' } })
  expect([ann.editor.text, ann.shared.text()]).toEqual(['Hello 日 world', 'Ben: Hello 日 world!'])
  ann.editor.endComposition()
  expect(ann.editor.text).toBe('Ben: Hello 日 world!')
})

test('what another writes in other lines is shown while something is composed', () => {
  const [ann, ben] = new Pair(seededRandom(1)).people
  if (!ann || !ben) return neverSaid()
  ann.editor.dispatch({ changes: { from: 0, insert: 'one\ntwo\nthree' }, selection: EditorSelection.single(7) })
  for (const update of ann.shared.updates.splice(0)) ben.shared.hear(update)
  ann.editor.compose()
  ben.editor.dispatch({
    changes: [
      { from: 0, insert: 'zero\n' },
      { from: 5, insert: '!' },
      { from: 13, insert: '!' },
    ],
  })
  for (const update of ben.shared.updates.splice(0)) ann.shared.hear(update)
  expect(ann.editor.text).toBe('zero\none\ntwo\nthree!')
  ann.editor.dispatch({ changes: { from: 12, insert: ' 日' }, selection: EditorSelection.single(14) })
  ann.editor.endComposition()
  expect(ann.editor.text).toBe('zero\none\nt!wo 日\nthree!')
})

test('the caret stays with the text around it while others type everywhere', () => {
  const [ann, ben] = new Pair(seededRandom(1)).people
  if (!ann || !ben) return neverSaid()
  const exchange = (): void => {
    for (const update of ann.shared.updates.splice(0)) ben.shared.hear(update)
    for (const update of ben.shared.updates.splice(0)) ann.shared.hear(update)
  }
  ann.editor.dispatch({ changes: { from: 0, insert: 'one two three' }, selection: EditorSelection.single(4, 7) })
  exchange()
  for (const [from, insert] of [
    [13, '!'],
    [7, '<'],
    [4, '>'],
    [0, '# '],
  ] as const) {
    ben.editor.dispatch({ changes: { from, insert } })
  }
  exchange()
  const { from, to } = ann.editor.state.selection.main
  expect(ann.editor.text).toBe('# one >two< three!')
  expect(ann.editor.state.sliceDoc(from, to)).toBe('two')
})

test('undo of mine leaves what others did since, and puts my selection back', () => {
  const [ann, ben] = new Pair(seededRandom(1)).people
  if (!ann || !ben) return neverSaid()
  ann.editor.dispatch({ changes: { from: 0, insert: 'a b c' } })
  ann.editor.dispatch({ selection: { anchor: 2, head: 3 } })
  ann.editor.dispatch({ changes: { from: 2, to: 3, insert: 'BBB' }, selection: { anchor: 5 } })
  for (const update of ann.shared.updates.splice(0)) ben.shared.hear(update)
  ben.editor.dispatch({ changes: { from: 0, insert: '> ' } })
  for (const update of ben.shared.updates.splice(0)) ann.shared.hear(update)
  ann.editor.undo()
  expect(ann.editor.text).toBe('> a b c')
  expect(ann.editor.text).toBe(ann.shared.text())
  expect(ann.editor.state.selection.main).toMatchObject({ anchor: 4, head: 5 })
})

import { EditorState } from '@codemirror/state'
import { type Anchor, replicaId } from '@manyhands/crdt'
import { expect, test } from 'vitest'
import { cursorField, cursorsOf, type RemoteMember, sameCursors, showCursors } from '../src/cursors.ts'

/** Character `seq` of a text that one replica typed from its beginning to its end. */
const behind = (seq: number): Anchor => ({ id: { replica: replicaId(1), seq }, side: 'after' })

const indexIn =
  (length: number) =>
  (anchor: Anchor): number | null => {
    if (typeof anchor === 'string') return anchor === 'start' ? 0 : length
    return anchor.id.seq < length ? anchor.id.seq + 1 : null
  }

const ana = (anchor: Anchor, head: Anchor = anchor): RemoteMember => ({
  member: 1,
  state: { person: { name: 'Ana', color: '#aa3377' }, selection: { anchor, head }, idle: false },
})

test('a cursor is where its anchors are', () => {
  expect(cursorsOf([ana(behind(0), behind(3))], indexIn(9), [])).toMatchObject([
    { member: 1, name: 'Ana', color: '#aa3377', anchor: 1, head: 4, moves: 0, idle: false },
  ])
})

test('who is not in the text has no cursor', () => {
  const elsewhere: RemoteMember = { member: 2, state: { ...ana('start').state, selection: null } }
  expect(cursorsOf([elsewhere], indexIn(9), [])).toEqual([])
})

test('a cursor whose text has not come yet is out of sight, or stays where it was', () => {
  expect(cursorsOf([ana(behind(20))], indexIn(9), [])).toEqual([])
  const before = cursorsOf([ana(behind(4))], indexIn(9), [])
  expect(cursorsOf([ana(behind(20))], indexIn(9), before)).toMatchObject([{ anchor: 5, head: 5 }])
})

test('a move is counted, a word about something else is not', () => {
  const first = cursorsOf([ana(behind(2))], indexIn(9), [])
  const renamed: RemoteMember = { member: 1, state: { ...ana(behind(2)).state, idle: true } }
  const second = cursorsOf([renamed], indexIn(9), first)
  expect(second).toMatchObject([{ moves: 0, idle: true }])
  expect(cursorsOf([ana(behind(3))], indexIn(9), second)).toMatchObject([{ moves: 1 }])
  expect(sameCursors(first, second)).toBe(false)
  expect(sameCursors(first, cursorsOf([ana(behind(2))], indexIn(9), first))).toBe(true)
})

test('between two words from its person a cursor moves with the text', () => {
  let state = EditorState.create({ doc: 'hello world', extensions: cursorField })
  const cursors = cursorsOf([ana(behind(4), behind(8))], indexIn(11), [])
  state = state.update({ effects: showCursors.of(cursors) }).state
  state = state.update({
    changes: [
      { from: 0, to: 3, insert: 'X' },
      { from: 5, insert: '!' },
    ],
  }).state
  expect(state.doc.toString()).toBe('Xlo! world')
  expect(state.field(cursorField)).toMatchObject([{ anchor: 3, head: 8, moves: 0 }])
})

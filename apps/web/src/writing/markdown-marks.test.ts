import { EditorSelection, EditorState, type StateCommand, type Transaction } from '@codemirror/state'
import { expect, test } from 'vitest'
import { bold, bulletList, code, italic, link, numberedList, taskList } from './markdown-marks.ts'

/** A text with its selection in it: `|` is the caret, `<` and `>` are its two ends. */
function after(drawn: string, ...commands: readonly StateCommand[]): string {
  const caret = drawn.indexOf('|')
  const [from, to] = caret < 0 ? [drawn.indexOf('<'), drawn.indexOf('>') - 1] : [caret, caret]
  let state = EditorState.create({
    doc: drawn.replace(/[|<>]/g, ''),
    selection: EditorSelection.single(from, to),
  })
  const dispatch = (transaction: Transaction): void => {
    state = transaction.state
  }
  for (const command of commands) command({ state, dispatch })
  const { anchor, head } = state.selection.main
  const text = state.doc.toString()
  if (anchor === head) return `${text.slice(0, head)}|${text.slice(head)}`
  return `${text.slice(0, anchor)}<${text.slice(anchor, head)}>${text.slice(head)}`
}

test('marks go around what is selected, and away again', () => {
  expect(after('one <two> three', bold)).toBe('one **<two>** three')
  expect(after('one <two> three', bold, bold)).toBe('one <two> three')
  expect(after('one < two >three', italic)).toBe('one < *two* >three')
  expect(after('<x>', code, code)).toBe('<x>')
  expect(after('one <**two**>', bold)).toBe('one <two>')
})

test('italic and bold do not take each other’s stars', () => {
  expect(after('<x>', bold, italic)).toBe('***<x>***')
  expect(after('<x>', bold, italic, bold)).toBe('*<x>*')
  expect(after('<x>', italic, bold, italic)).toBe('**<x>**')
})

test('a caret in a word means the word, and one beside none is put between two marks', () => {
  expect(after('one tw|o', bold)).toBe('one **tw|o**')
  expect(after('one two|', bold)).toBe('one **two|**')
  expect(after('one **tw|o**', bold)).toBe('one tw|o')
  expect(after('one  | two', bold)).toBe('one  **|** two')
  expect(after('|', bold, bold)).toBe('|')
})

test('each line has marks of its own, behind what makes a list of it', () => {
  expect(after('<- one\n\n- two>', bold)).toBe('<- **one**\n\n- **two**>')
  expect(after('<- one\n\n- two>', bold, bold)).toBe('<- one\n\n- two>')
})

test('a link has its words, and the caret is where the address belongs', () => {
  expect(after('see <this>', link)).toBe('see [this](|)')
  expect(after('see this|', link)).toBe('see [this](|)')
  expect(after('see <https://example.org/a>', link)).toBe('see [|](https://example.org/a)')
  expect(after('|', link)).toBe('[|]()')
})

test('lines become items, items of another kind, and lines again', () => {
  expect(after('one|', bulletList)).toBe('- one|')
  expect(after('|', bulletList)).toBe('- |')
  expect(after('- one|', bulletList)).toBe('one|')
  expect(after('<one\n\n  two>', numberedList)).toBe('1. <one\n\n  2. two>')
  expect(after('<1. one\n2. two>', taskList)).toBe('<- [ ] one\n- [ ] two>')
  expect(after('- [x] one|', bulletList)).toBe('- one|')
  expect(after('<one\n>two', bulletList)).toBe('- <one\n>two')
})

test('who may only read changes nothing', () => {
  const state = EditorState.create({ doc: 'x', extensions: EditorState.readOnly.of(true) })
  const never = (): void => expect.unreachable()
  for (const command of [bold, link, bulletList]) expect(command({ state, dispatch: never })).toBe(false)
})

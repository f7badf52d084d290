/** Markdown by keys: bold, italic, code, links and lists, put around or before what is selected and taken away again. */
import {
  type ChangeSpec,
  EditorSelection,
  type EditorState,
  type Line,
  type SelectionRange,
  type StateCommand,
} from '@codemirror/state'

interface Span {
  readonly from: number
  readonly to: number
}

/** What stands at the beginning of a line and is not part of its words. */
const LINE_MARKS = /^\s*(?:(?:#{1,6}|>|[-*+](?: \[[ x]\])?|\d+[.)])\s+)*/i

export const bold: StateCommand = toggle('**')
export const italic: StateCommand = toggle('*')
export const code: StateCommand = toggle('`')

/** Around every part of the selection that has words, line by line, or around the word the caret is in. */
function toggle(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false
    dispatch(
      state.update(
        state.changeByRange((range) => toggled(state, range, mark)),
        { userEvent: 'input', scrollIntoView: true },
      ),
    )
    return true
  }
}

function toggled(
  state: EditorState,
  range: SelectionRange,
  mark: string,
): { readonly range: SelectionRange; readonly changes: readonly ChangeSpec[] } {
  const spans = spansIn(state, range).map((span) => within(state, span, mark))
  const [first] = spans
  if (range.empty && (first === undefined || first.from === first.to)) return around(state, range.head, mark)
  const marked = spans.length > 0 && spans.every((span) => isMarked(state, span, mark))
  const changes = spans.flatMap(({ from, to }): ChangeSpec[] =>
    marked
      ? [
          { from: from - mark.length, to: from },
          { from: to, to: to + mark.length },
        ]
      : [
          { from, insert: mark },
          { from: to, insert: mark },
        ],
  )
  const made = state.changes(changes)
  // One span is selected without its marks, several with all of them; a caret stays behind the letter it is behind.
  const inwards = range.anchor < range.head === (spans.length === 1) ? 1 : -1
  const anchor = made.mapPos(range.anchor, inwards)
  const head = made.mapPos(range.head, inwards === 1 ? -1 : 1)
  if (!range.empty) return { changes, range: EditorSelection.range(anchor, head) }
  return { changes, range: EditorSelection.cursor(made.mapPos(range.head, range.head === first?.to ? -1 : 1)) }
}

/** Two marks with the caret between them, or, where they are there already and empty, none. */
function around(
  state: EditorState,
  at: number,
  mark: string,
): { readonly range: SelectionRange; readonly changes: readonly ChangeSpec[] } {
  const n = mark.length
  if (isMarked(state, { from: at, to: at }, mark)) {
    return { changes: [{ from: at - n, to: at + n }], range: EditorSelection.cursor(at - n) }
  }
  return { changes: [{ from: at, insert: mark + mark }], range: EditorSelection.cursor(at + n) }
}

/** The words of a selection, without the white space and the marks of lists around them. */
function spansIn(state: EditorState, range: SelectionRange): readonly Span[] {
  if (range.empty) {
    const word = state.wordAt(range.head)
    return word === null ? [] : [word]
  }
  return linesOf(state, range).flatMap((line) => {
    const marks = LINE_MARKS.exec(line.text)?.[0].length ?? 0
    const from = Math.max(range.from, line.from + marks)
    const to = Math.min(range.to, line.to)
    if (from >= to) return []
    const words = state.sliceDoc(from, to)
    const [before, after] = [words.length - words.trimStart().length, words.length - words.trimEnd().length]
    return before === words.length ? [] : [{ from: from + before, to: to - after }]
  })
}

/** Without the marks that were selected together with the words. */
function within(state: EditorState, { from, to }: Span, mark: string): Span {
  const [sign = ''] = mark
  const count = Math.min(run(state, from, 1, sign), run(state, to, -1, sign))
  return to - from > 2 * count ? { from: from + count, to: to - count } : { from, to }
}

/** One star is italic, two are bold, three are both. */
function isMarked(state: EditorState, { from, to }: Span, mark: string): boolean {
  const [sign = ''] = mark
  const count = Math.min(run(state, from, -1, sign), run(state, to, 1, sign))
  if (sign !== '*') return count >= mark.length
  return mark.length === 2 ? count >= 2 : count % 2 === 1
}

/** How many of a sign stand there, of three at most. */
function run(state: EditorState, at: number, step: 1 | -1, sign: string): number {
  let n = 0
  while (n < 3) {
    const from = step === 1 ? at + n : at - n - 1
    if (from < 0 || state.sliceDoc(from, from + 1) !== sign) break
    n += 1
  }
  return n
}

/** What is selected becomes the words of a link, or, if it is an address, where the link leads; the caret is where the other belongs. */
export const link: StateCommand = ({ state, dispatch }) => {
  if (state.readOnly) return false
  const linked = state.changeByRange((range) => {
    const { from, to } = range.empty ? (state.wordAt(range.head) ?? range) : range
    const words = state.sliceDoc(from, to)
    const isAddress = /^https?:\/\/\S+$/.test(words)
    const insert = isAddress ? `[](${words})` : `[${words}]()`
    const caret = isAddress || words === '' ? from + 1 : from + insert.length - 1
    return { changes: [{ from, to, insert }], range: EditorSelection.cursor(caret) }
  })
  dispatch(state.update(linked, { userEvent: 'input', scrollIntoView: true }))
  return true
}

const ITEM = /^(\s*)([-*+] \[[ x]\] |[-*+] |\d+[.)] )?/i

interface ListKind {
  readonly is: RegExp
  readonly mark: (n: number) => string
}

export const bulletList: StateCommand = list({ is: /^[-*+] (?!\[[ x]\] )/i, mark: () => '- ' })
export const numberedList: StateCommand = list({ is: /^\d+[.)] /, mark: (n) => `${n}. ` })
export const taskList: StateCommand = list({ is: /^[-*+] \[[ x]\] /i, mark: () => '- [ ] ' })

/** Of all lines that are selected; where all are of that kind already, they become plain lines. */
function list({ is, mark }: ListKind): StateCommand {
  return ({ state, dispatch }) => {
    if (state.readOnly) return false
    const chosen = [
      ...new Map(state.selection.ranges.flatMap((range) => linesOf(state, range)).map((l) => [l.from, l])),
    ]
      .map(([, line]) => line)
      .filter(({ text }, _, all) => all.length === 1 || text.trim() !== '')
    const plain = chosen.every(({ text }) => is.test(text.trimStart()))
    const changes = chosen.map((line, i) => {
      const [, indent = '', before = ''] = ITEM.exec(line.text) ?? []
      const from = line.from + indent.length
      return { from, to: from + before.length, insert: plain ? '' : mark(i + 1) }
    })
    const made = state.changes(changes)
    const selection = EditorSelection.create(
      state.selection.ranges.map(({ anchor, head }) =>
        EditorSelection.range(made.mapPos(anchor, 1), made.mapPos(head, 1)),
      ),
      state.selection.mainIndex,
    )
    dispatch(state.update({ changes: made, selection, userEvent: 'input', scrollIntoView: true }))
    return true
  }
}

/** A selection that ends before the first letter of a line does not reach that line. */
function linesOf({ doc }: EditorState, { from, to }: SelectionRange): readonly Line[] {
  const first = doc.lineAt(from).number
  const end = doc.lineAt(to)
  const last = end.number > first && end.from === to ? end.number - 1 : end.number
  return Array.from({ length: last - first + 1 }, (_, i) => doc.line(first + i))
}

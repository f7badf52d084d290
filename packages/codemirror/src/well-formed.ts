import { type ChangeSpec, EditorState, type Extension, type Text, type Transaction } from '@codemirror/state'
import { fromShared } from './remote.ts'

/**
 * What is typed or pasted here reaches the document well-formed: `\r\n` and `\r` become `\n`, and a surrogate without its
 * other half becomes U+FFFD. Half a pair comes from a keyboard that sends an emoji in two events, from broken clipboard
 * text, and from a deletion that stops inside a pair.
 */
export const wellFormed: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(fromShared)) return transaction
  const changes = repairsOf(transaction)
  return changes.length === 0 ? transaction : [transaction, { changes, sequential: true }]
})

function repairsOf(transaction: Transaction): readonly ChangeSpec[] {
  const repairs = new Map<number, ChangeSpec>()
  transaction.changes.iterChangedRanges((_from, _to, from, to) => {
    for (const repair of repairsIn(transaction.newDoc, from, to)) repairs.set(repair.from, repair)
  })
  return [...repairs.values()]
}

interface Repair {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** Line breaks are looked for in what was inserted, half pairs also in the characters next to it, which may have lost one. */
function repairsIn(text: Text, from: number, to: number): readonly Repair[] {
  const start = Math.max(0, from - 2)
  const found = text.sliceString(start, to + 2).matchAll(/\r\n?|\p{Surrogate}/gu)
  return [...found].flatMap(({ 0: match, index }) => {
    const at = start + index
    const lineBreak = match.startsWith('\r')
    const concerned = lineBreak ? at >= from && at < to : at >= from - 1 && at <= to
    return concerned ? [{ from: at, to: at + match.length, insert: lineBreak ? '\n' : '\uFFFD' }] : []
  })
}

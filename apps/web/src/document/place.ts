/** Where the caret is, counted from 1. */
import type { EditorState } from '@codemirror/state'

export interface Place {
  readonly line: number
  readonly column: number
}

export function isSamePlace(a: Place, b: Place): boolean {
  return a.line === b.line && a.column === b.column
}

export function placeOf(state: EditorState): Place {
  const head = state.selection.main.head
  const line = state.doc.lineAt(head)
  return { line: line.number, column: head - line.from + 1 }
}

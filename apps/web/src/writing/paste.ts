/** In Markdown a table from a spreadsheet is pasted as a table. Pasting as plain text pastes what is there. */
import { syntaxTree } from '@codemirror/language'
import type { EditorState, Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { markdownTable } from './table-paste.ts'

export const tablePaste: Extension = EditorView.domEventHandlers({
  paste(event, view) {
    const { state } = view
    const { clipboardData } = event
    if (clipboardData === null || state.readOnly || inCode(state)) return false
    if (!isTableAlone(clipboardData.getData('text/html'))) return false
    const table = markdownTable(clipboardData.getData('text/plain'))
    if (table === null) return false
    event.preventDefault()
    view.dispatch(state.replaceSelection(apart(state, table)), { userEvent: 'input.paste', scrollIntoView: true })
    return true
  },
})

/** Spreadsheets bring a table and nothing beside it; a piece of a page may have one among its prose. */
function isTableAlone(html: string): boolean {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  if (body.querySelectorAll('table').length !== 1) return false
  for (const element of body.querySelectorAll('table, style')) element.remove()
  return body.textContent?.trim() === ''
}

/** A table begins on a line of its own, below an empty one. */
function apart({ doc, selection }: EditorState, table: string): string {
  const line = doc.lineAt(selection.main.from)
  if (selection.main.from > line.from) return `\n\n${table}`
  const above = line.number > 1 ? doc.line(line.number - 1).text.trim() : ''
  return above === '' ? table : `\n${table}`
}

function inCode(state: EditorState): boolean {
  for (let node = syntaxTree(state).resolveInner(state.selection.main.from, -1); node.parent; node = node.parent) {
    if (/Code/.test(node.name)) return true
  }
  return false
}

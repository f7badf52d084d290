/** Finding in the text, with its panel and its keys. In a file of its own, which no visit waits for. */
import { search, searchKeymap } from '@codemirror/search'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { matchCount } from './match-count.ts'

export { gotoLine, openSearchPanel, selectNextOccurrence } from '@codemirror/search'

export function finding(): Extension {
  return [
    search({
      top: true,
      // With some lines around it, and not at the edge of the panel.
      scrollToMatch: (range) => EditorView.scrollIntoView(range, { y: 'nearest', yMargin: 96 }),
    }),
    matchCount(),
    keymap.of(searchKeymap),
  ]
}

/** What is looked for is shown while it is typed, as browsers do it: from where one is, and round the end. */
import { getSearchQuery, SearchQuery, searchPanelOpen } from '@codemirror/search'
import {
  EditorSelection,
  type EditorState,
  type Extension,
  type SelectionRange,
  type StateEffect,
} from '@codemirror/state'
import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/** Between two letters nobody reads. */
const PAUSE = 120

/** With some lines around it, and not at the edge of the panel. */
export function scrollToMatch(match: SelectionRange): StateEffect<unknown> {
  return EditorView.scrollIntoView(match, { y: 'nearest', yMargin: 96 })
}

export const findAsYouType: Extension = ViewPlugin.define((view) => new Finder(view))

class Finder {
  private readonly view: EditorView
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(view: EditorView) {
    this.view = view
  }

  /** Where the panel opens with what is selected, one is there already. */
  update({ state, startState }: ViewUpdate): void {
    const wasOpen = searchPanelOpen(state) && searchPanelOpen(startState)
    if (!wasOpen || findsTheSame(getSearchQuery(state), getSearchQuery(startState))) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.find(), PAUSE)
  }

  destroy(): void {
    clearTimeout(this.timer)
  }

  private find(): void {
    const { state } = this.view
    const query = getSearchQuery(state)
    const match = searchPanelOpen(state) && query.valid ? firstMatch(state, query) : null
    if (match === null) return
    const selection = EditorSelection.range(match.from, match.to)
    this.view.dispatch({ selection, effects: scrollToMatch(selection), userEvent: 'select.search' })
  }
}

/** Whatever it is replaced by. */
export function findsTheSame(a: SearchQuery, b: SearchQuery): boolean {
  const { search, caseSensitive, literal, regexp, wholeWord } = b
  return a.eq(new SearchQuery({ search, caseSensitive, literal, regexp, wholeWord, replace: a.replace }))
}

/** The first one that does not begin before the selection; where there is none, the first of all. */
export function firstMatch(
  state: EditorState,
  query: SearchQuery,
): { readonly from: number; readonly to: number } | null {
  for (const from of [state.selection.main.from, 0]) {
    const found = query.getCursor(state, from).next()
    if (!found.done) return found.value
  }
  return null
}

/** How many matches there are and which of them is selected, beside the field in which one looks for them. */
import { getSearchQuery, type SearchQuery, searchPanelOpen } from '@codemirror/search'
import type { EditorState, Extension, SelectionRange } from '@codemirror/state'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

export interface MatchWords {
  readonly none: string
  /** `at` is null where none is selected; `more` where there are more than were counted. */
  readonly count: (at: number | null, all: number, more: boolean) => string
}

/** Nobody steps through more. */
const MOST = 1000
/** A letter that is typed or an edit by somebody is not worth a search of the whole text each time. */
const PAUSE = 120

export interface Matches {
  readonly all: number
  readonly at: number | null
  readonly more: boolean
}

export function matchCount(words: MatchWords): Extension {
  return ViewPlugin.define((view) => new Counter(view, words))
}

class Counter {
  private readonly view: EditorView
  private readonly words: MatchWords
  private readonly shown = document.createElement('span')
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(view: EditorView, words: MatchWords) {
    this.view = view
    this.words = words
    this.shown.className = 'match-count'
    this.shown.setAttribute('role', 'status')
    this.count()
  }

  update({ state, startState, docChanged, selectionSet }: ViewUpdate): void {
    const opened = searchPanelOpen(state) !== searchPanelOpen(startState)
    const asked = !getSearchQuery(state).eq(getSearchQuery(startState))
    if (opened || asked || ((docChanged || selectionSet) && searchPanelOpen(state))) this.count()
  }

  destroy(): void {
    clearTimeout(this.timer)
    this.shown.remove()
  }

  /** Now and then while somebody types, and not once they pause: with many people somebody always does. */
  private count(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.show()
    }, PAUSE)
  }

  private show(): void {
    const { state, dom } = this.view
    const field = dom.querySelector('.cm-search [name="search"]')
    if (field === null) return
    const query = getSearchQuery(state)
    this.shown.textContent = query.search === '' ? '' : this.sentence(query, state)
    if (this.shown.previousElementSibling !== field) field.after(this.shown)
  }

  private sentence(query: SearchQuery, state: EditorState): string {
    const matches = query.valid ? matchesIn(state, query, state.selection.main) : null
    if (matches === null || matches.all === 0) return this.words.none
    return this.words.count(matches.at, matches.all, matches.more)
  }
}

/** Of the first so many. */
export function matchesIn(state: EditorState, query: SearchQuery, selected: SelectionRange): Matches {
  const cursor = query.getCursor(state)
  let at: number | null = null
  let all = 0
  for (let found = cursor.next(); !found.done; found = cursor.next()) {
    if (all === MOST) return { all, at, more: true }
    all += 1
    if (found.value.from === selected.from && found.value.to === selected.to) at = all
  }
  return { all, at, more: false }
}

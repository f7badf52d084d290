/** What the editor can do: the shared text, other people's cursors, finding, and the usual keys. */
import { defaultKeymap, indentWithTab } from '@codemirror/commands'
import { search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, type StateEffect } from '@codemirror/state'
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightSpecialChars,
  keymap,
  placeholder,
  type ViewUpdate,
} from '@codemirror/view'
import type { Client } from '@manyhands/client'
import { remoteCursors, sharedText } from '@manyhands/codemirror'
import { keyLabels } from '../actions/keys.ts'
import type { Texts } from '../texts-en.ts'
import { isMac } from '../ui/platform.ts'
import { findAsYouType, scrollToMatch } from './find-as-you-type.ts'
import { matchCount } from './match-count.ts'
import { openReplace } from './text-actions.ts'

export interface EditorListener {
  readonly textChanged: (state: EditorState) => void
  readonly caretMoved: (state: EditorState) => void
}

export type EditorWords = Texts['editor']

const theme = new Compartment()
const permission = new Compartment()
const language = new Compartment()

export function editorState(client: Client, listener: EditorListener, words: EditorWords): EditorState {
  return EditorState.create({
    doc: client.text(),
    extensions: [
      sharedText(client),
      remoteCursors(client),
      theme.of([]),
      permission.of([]),
      language.of(saying(words)),
      view(),
      keys,
      EditorView.updateListener.of((update) => report(update, listener)),
    ],
  })
}

export function setDark(dark: boolean): StateEffect<unknown> {
  return theme.reconfigure(EditorView.darkTheme.of(dark))
}

export function setReadOnly(readOnly: boolean): StateEffect<unknown> {
  return permission.reconfigure([EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)])
}

/** In another language the editor draws itself anew, and forgets where one reads. */
export function setWords(view: EditorView, words: EditorWords): void {
  const place = view.scrollSnapshot()
  view.dispatch({ effects: language.reconfigure(saying(words)) })
  view.dispatch({ effects: place })
}

/** What the editor says, in the language of the page. The text itself is in whatever language it is in. */
function saying(words: EditorWords): Extension {
  return [
    EditorState.phrases.of(words.phrases),
    matchCount(words.matches),
    // With a tabindex, who may only read can still scroll by keys.
    EditorView.contentAttributes.of({ 'aria-label': words.label, tabindex: '0' }),
    placeholder(() => hint(words)),
  ]
}

function view(): Extension {
  return [
    EditorState.allowMultipleSelections.of(true),
    // On a Mac, Ctrl with a press opens the context menu.
    EditorView.clickAddsSelectionRange.of((event) => event.altKey || (isMac() ? event.metaKey : event.ctrlKey)),
    drawSelection(),
    dropCursor(),
    highlightSpecialChars(),
    search({ top: true, scrollToMatch }),
    findAsYouType,
  ]
}

// On a Mac Alt makes another letter of F, which the editor sees through and the page does not.
const keys: Extension = keymap.of([
  { key: 'Mod-Alt-f', run: openReplace },
  ...searchKeymap,
  ...defaultKeymap,
  indentWithTab,
])

function report(update: ViewUpdate, listener: EditorListener): void {
  if (update.docChanged) listener.textChanged(update.state)
  if (update.docChanged || update.selectionSet) listener.caretMoved(update.state)
}

function hint(words: EditorWords): HTMLElement {
  const element = document.createElement('span')
  element.className = 'hint'
  const lines: string[] = [words.hint, words.hintShare]
  if (matchMedia('(pointer: fine)').matches) lines.push(words.hintKeys((key) => keyLabels(key, isMac()).join(' ')))
  element.append(...lines.map(hintLine))
  return element
}

function hintLine(text: string): HTMLElement {
  const line = document.createElement('span')
  line.textContent = text
  return line
}

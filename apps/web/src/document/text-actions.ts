/** The ways into the text: to it, and to words in it. */
import { getSearchQuery, openSearchPanel } from '@codemirror/search'
import type { EditorView } from '@codemirror/view'
import { Search } from 'lucide-react'
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'

/** First what to look for, where that is not known yet. */
export function openReplace(view: EditorView): boolean {
  openSearchPanel(view)
  if (getSearchQuery(view.state).search !== '') view.dom.querySelector<HTMLInputElement>('[name=replace]')?.select()
  return true
}

export const TO_TEXT = 'to-text'

export function textActions(view: EditorView): readonly Action[] {
  return [
    {
      id: 'find',
      group: 'text',
      text: () => texts.actions.find,
      keys: ['Mod-f'],
      icon: Search,
      run: () => openSearchPanel(view),
    },
    {
      id: 'replace',
      group: 'text',
      text: () => texts.actions.replace,
      keys: ['Mod-Alt-f', 'Mod-h'],
      run: () => openReplace(view),
      available: () => !view.state.readOnly,
    },
    {
      id: TO_TEXT,
      group: 'text',
      text: () => texts.actions.toText,
      keys: ['Mod-. t'],
      run: () => view.focus(),
    },
  ]
}

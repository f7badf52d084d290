/** What the keys of Markdown do: heard by the editor while the text is Markdown, and shown as actions. */
import type { StateCommand } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'
import { bold, bulletList, code, italic, link, numberedList, taskList } from './markdown-marks.ts'

export interface MarkdownKey {
  readonly name: keyof typeof texts.writing.format
  readonly key: string
  readonly run: StateCommand
}

export const markdownKeys: readonly MarkdownKey[] = [
  { name: 'bold', key: 'Mod-b', run: bold },
  { name: 'italic', key: 'Mod-i', run: italic },
  { name: 'code', key: 'Mod-e', run: code },
  { name: 'link', key: 'Mod-k', run: link },
  { name: 'numberedList', key: 'Mod-Shift-7', run: numberedList },
  { name: 'bulletList', key: 'Mod-Shift-8', run: bulletList },
  { name: 'taskList', key: 'Mod-Shift-9', run: taskList },
]

export function markdownActions(view: EditorView): readonly Action[] {
  return markdownKeys.map(({ name, key, run }) => ({
    id: `markdown-${name}`,
    group: 'text',
    text: () => texts.writing.format[name],
    keys: [key],
    heardBy: 'editor',
    run: () => {
      view.focus()
      run(view)
    },
    available: () => !view.state.readOnly,
  }))
}

/** Calls somebody when the text has changed, a moment later, however often it changed meanwhile. */
import type { Extension } from '@codemirror/state'
import { type EditorView, ViewPlugin } from '@codemirror/view'

const MOMENT = 80

export function onTextChange(changed: (view: EditorView) => void): Extension {
  return ViewPlugin.define((view) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    return {
      update({ docChanged }) {
        if (!docChanged) return
        timer ??= setTimeout(() => {
          timer = undefined
          changed(view)
        }, MOMENT)
      },
      destroy: () => clearTimeout(timer),
    }
  })
}

import type { EditorView } from '@codemirror/view'

/** Not every keyboard of a phone tells of its keys. */
const SIGNS = ['keydown', 'beforeinput', 'compositionend'] as const

/**
 * Calls after the view has heard that something is typed. On Android a view waits with Enter and Backspace for the next frame, and
 * loses them if it is changed before that: so what is to be shown is asked for anew, and comes in that frame after them. Returns how to
 * stop.
 */
export function onTyping({ dom }: EditorView, call: () => void): () => void {
  for (const sign of SIGNS) dom.addEventListener(sign, call)
  return () => {
    for (const sign of SIGNS) dom.removeEventListener(sign, call)
  }
}

/** A press on a box of a task list ticks it in the text, for everyone. */
import type { EditorView } from '@codemirror/view'
import { isElement } from './links-in-frame.ts'
import type { ShownBlocks } from './shown-blocks.ts'

const BOX = /^([\s>]*(?:[-+*]|\d+[.)])\s+\[)([ xX])\]/

export function toggleTask(view: EditorView, blocks: ShownBlocks, event: MouseEvent): void {
  const { target } = event
  if (!isElement(target) || target.localName !== 'input') return
  // The text says whether it is ticked; the preview shows it a moment later.
  event.preventDefault()
  const number = blocks.lineOf(target)
  if (number === null || view.state.readOnly || number >= view.state.doc.lines) return
  const line = view.state.doc.line(number + 1)
  const [, before, mark] = BOX.exec(line.text) ?? []
  if (before === undefined) return
  const from = line.from + before.length
  view.dispatch({ changes: { from, to: from + 1, insert: mark === ' ' ? 'x' : ' ' }, userEvent: 'input' })
}

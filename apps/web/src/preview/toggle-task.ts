/** A press on a box of a task list ticks it in the text, for everyone. */
import type { Text } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { isElement } from './links-in-frame.ts'
import { movedLine } from './moved-line.ts'
import type { ShownBlocks } from './shown-blocks.ts'

const BOX = /^([\s>]*(?:[-+*]|\d+[.)])\s+\[)([ xX])\]/

/** `lines`: the text that the blocks show. */
export function toggleTask(view: EditorView, blocks: ShownBlocks, lines: readonly string[], event: MouseEvent): void {
  const { target } = event
  if (!isElement(target) || target.localName !== 'input') return
  // The text says whether it is ticked; the preview shows it a moment later.
  event.preventDefault()
  const line = blocks.lineOf(target)
  const changes = line === null || view.state.readOnly ? null : ticked(line, lines, view.state.doc)
  if (changes !== null) view.dispatch({ changes, userEvent: 'input' })
}

interface Ticked {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** The same box in the text as it is now. Null: the line says something else by now, and nobody pressed that. */
export function ticked(line: number, lines: readonly string[], text: Text): Ticked | null {
  const now = text.toJSON()
  const number = movedLine(line, lines, now)
  const [, before, mark] = BOX.exec(lines[line] ?? '') ?? []
  if (before === undefined || now[number] !== lines[line]) return null
  const from = text.line(number + 1).from + before.length
  return { from, to: from + 1, insert: mark === ' ' ? 'x' : ' ' }
}

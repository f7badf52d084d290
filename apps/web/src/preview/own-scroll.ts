/** Tells an editor that somebody has scrolled what stands beside it: that counts as scrolling the editor itself. */
import { StateEffect, type Transaction } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

const scrolled = StateEffect.define<null>()

export function tellScrolled(view: EditorView): void {
  view.dispatch({ effects: scrolled.of(null) })
}

export function isScroll({ effects }: Transaction): boolean {
  return effects.some((effect) => effect.is(scrolled))
}

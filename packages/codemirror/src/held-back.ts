import { type ChangeSet, ChangeSet as Changes, Facet, type Text, type Transaction } from '@codemirror/state'
import type { Edit } from '@manyhands/crdt'
import { editsBetween } from './from-editor.ts'
import type { SelectionEnds } from './shared-text.ts'

/**
 * What others did while a character was being composed: an input method that finds the line it writes in changed gives up, and
 * leaves half of what it had. So it is shown when the composition has ended; until then the editor's text and the shared one
 * differ by it, and what is typed is carried from one to the other. Changes as edits come, and when they are shown.
 */
export class HeldBack {
  /** From the editor's text to the shared one. */
  private changes: ChangeSet | null = null

  get some(): boolean {
    return this.changes !== null
  }

  /** `length`: of the editor's text. */
  hold(edits: readonly Edit[], length: number): void {
    const more = Changes.of([...edits], this.changes?.newLength ?? length)
    this.changes = this.changes?.compose(more) ?? more
  }

  /** What a transaction did in the editor's text, as edits of the shared one. At the same place, what is typed here comes first. */
  pass({ startState, changes }: Transaction): { readonly edits: readonly Edit[]; readonly selection: SelectionEnds } {
    const { anchor, head } = startState.selection.main
    const typed = editsBetween(startState.doc, changes)
    const held = this.changes
    if (held === null) return { edits: typed, selection: [anchor, head] }
    const whole = Changes.of([...typed], startState.doc.length)
    const edits = editsBetween(held.apply(startState.doc), whole.map(held, true))
    this.changes = held.map(whole)
    return { edits, selection: [held.mapPos(anchor, -1), held.mapPos(head, -1)] }
  }

  /** What is to be shown now, as edits of the editor's text. Nothing is held any more. */
  release(text: Text): readonly Edit[] {
    const held = this.changes
    this.changes = null
    return held === null ? [] : editsBetween(text, held)
  }
}

/** What this editor holds back, for those who have only its view. */
export const heldBack: Facet<HeldBack, HeldBack | null> = Facet.define({ combine: (values) => values[0] ?? null })

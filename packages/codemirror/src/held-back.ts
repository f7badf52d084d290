import { type ChangeSet, type ChangeSpec, ChangeSet as Changes, Facet, type Transaction } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { Edit } from '@manyhands/crdt'
import { editsBetween } from './from-editor.ts'
import type { SelectionEnds } from './shared-text.ts'

/**
 * What others did and is not shown yet. In the line where a character is being composed: an input method that finds it changed gives
 * up, and leaves half of what it had. And until the next frame, or a little longer where nobody looks: nobody sees
 * more than one state of the text in a frame, and showing costs more than the edit. Until then the editor's text and the shared one
 * differ by it, and what is typed is carried from one to the other. Changes as edits come, and when they are shown.
 */
export class HeldBack {
  /** From the editor's text to the shared one. */
  private changes: ChangeSet | null = null

  /** Where an index of the shared text is in the editor's. */
  toEditor(index: number): number {
    return this.changes?.invertedDesc.mapPos(index, -1) ?? index
  }

  /** Where an index of the editor's text is in the shared one. */
  toShared(index: number): number {
    return this.changes?.mapPos(index, -1) ?? index
  }

  /** `length`: of the editor's text. */
  hold(edits: readonly Edit[], length: number): void {
    const more = changesOf(edits, this.changes?.newLength ?? length)
    this.changes = this.changes?.compose(more) ?? more
  }

  /** What a transaction did in the editor's text, as edits of the shared one. At the same place, what is typed here comes first. */
  pass({ startState, changes }: Transaction): { readonly edits: readonly Edit[]; readonly selection: SelectionEnds } {
    const { anchor, head } = startState.selection.main
    const selection = [this.toShared(anchor), this.toShared(head)] as const
    const typed = editsBetween(startState.doc, changes)
    const held = this.changes
    if (held === null) return { edits: typed, selection }
    const whole = changesOf(typed, startState.doc.length)
    const edits = editsBetween(held.apply(startState.doc), whole.map(held, true))
    this.changes = held.map(whole)
    return { edits, selection }
  }

  get isEmpty(): boolean {
    return this.changes === null
  }

  /** Whether any of it is in this part of the editor's text. */
  touches({ from, to }: Part): boolean {
    return this.changes !== null && this.changes.touchesRange(from, to) !== false
  }

  /** What is to be shown now, as changes of the editor's text: all, or what does not touch one part of it. The rest is held on. */
  release(kept: Part | null = null): ChangeSet | null {
    const held = this.changes
    if (held === null || kept === null || !this.touches(kept)) {
      this.changes = null
      return held
    }
    const [inside, outside]: [ChangeSpec[], ChangeSpec[]] = [[], []]
    held.iterChanges((from, to, _fromAfter, _toAfter, insert) => {
      const touches = from <= kept.to && to >= kept.from
      ;(touches ? inside : outside).push({ from, to, insert })
    })
    if (outside.length === 0) return null
    const shown = Changes.of(outside, held.length)
    this.changes = Changes.of(inside, held.length).map(shown)
    return shown
  }
}

/** Of the editor's text. */
interface Part {
  readonly from: number
  readonly to: number
}

/** A `\r` is a character of the shared text, and no end of a line. */
function changesOf(edits: readonly Edit[], length: number): ChangeSet {
  return Changes.of([...edits], length, '\n')
}

/** What this editor holds back, for those who have only its view. */
export const heldBack: Facet<HeldBack, HeldBack | null> = Facet.define({ combine: (values) => values[0] ?? null })

/** Where an index of the shared text is in this editor, which may not have shown everything yet. */
export function editorIndex({ state }: EditorView, index: number): number {
  return state.facet(heldBack)?.toEditor(index) ?? index
}

/** Where an index of this editor's text is in the shared one. */
export function sharedIndex({ state }: EditorView, index: number): number {
  return state.facet(heldBack)?.toShared(index) ?? index
}

import type { Anchor, Edit } from '@manyhands/crdt'

/** Where someone's selection begins and where its moving end is, as indexes. */
export type SelectionEnds = readonly [anchor: number, head: number]

/** What an undo or a redo did to the text, and where the selection was then. */
export interface Reversal {
  readonly edits: readonly Edit[]
  readonly selection: SelectionEnds | null
}

/** Text that others write too: all that the editor may know of the other side. A client satisfies it; so does a test. */
export interface SharedText {
  text(): string
  /** What was typed here, and where the selection was before it: that is where undo will put it back. */
  edit(edits: readonly Edit[], at: { readonly selection: SelectionEnds }): void
  undo(): Reversal | null
  redo(): Reversal | null
  /** Hears of every edit that did not come through `edit`, `undo` or `redo`. Returns how to stop. */
  onRemote(listener: (edits: readonly Edit[]) => void): () => void
  anchorAt(index: number, side: 'before' | 'after'): Anchor
  indexOf(anchor: Anchor): number | null
}

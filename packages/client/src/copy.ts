import {
  type Anchor,
  Doc,
  type Edit,
  type Incarnation,
  type ReplicaId,
  UndoHistory,
  type Undone,
  type Update,
  type Version,
} from '@manyhands/crdt'
import { portionsOf } from './portions.ts'

/** Part of what was done here: the update that tells the others, and how many characters it inserts and deletes. */
export interface Change {
  readonly update: Update
  readonly characters: number
}

/**
 * This device's copy of the document: the text, what undo can take back, and who hears of what others did. Changed by its
 * client alone.
 */
export class Copy {
  readonly doc: Doc
  private readonly history: UndoHistory

  constructor(replica: ReplicaId, incarnation: Incarnation) {
    this.doc = Doc.create({ replica, incarnation })
    this.history = new UndoHistory(this.doc)
  }

  /** Does as portions what is too long for one message. */
  edit(
    edits: readonly Edit[],
    at: { readonly time: number; readonly selection?: readonly [number, number] },
  ): readonly Change[] {
    return portionsOf(edits).map((portion) => ({
      update: this.history.edit(portion, at),
      characters: charactersOf(portion),
    }))
  }

  undo(): Undone | null {
    return this.history.undo()
  }

  redo(): Undone | null {
    return this.history.redo()
  }

  /** What the updates changed, one list after another. */
  merge(updates: readonly Update[]): readonly (readonly Edit[])[] {
    return updates.map((update) => this.doc.apply(update)).filter((edits) => edits.length > 0)
  }

  /** What someone at that version lacks. */
  updatesSince(version: Version): readonly Update[] {
    return [this.doc.updateSince(version)]
  }

  /** An empty selection stays behind the character before it; an end of a full one stays at the selected text. */
  selectionAt(anchor: number, head: number): { readonly anchor: Anchor; readonly head: Anchor } {
    return {
      anchor: this.doc.anchorAt(anchor, anchor < head ? 'before' : 'after'),
      head: this.doc.anchorAt(head, head < anchor ? 'before' : 'after'),
    }
  }
}

/** How many characters edits insert and delete. */
export function charactersOf(edits: readonly Edit[]): number {
  return edits.reduce((sum, { from, to, insert }) => sum + insert.length + to - from, 0)
}

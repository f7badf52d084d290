import {
  type Anchor,
  Doc,
  decodeUpdate,
  type Edit,
  emptyVersion,
  type Incarnation,
  incarnation,
  partsOf,
  type ReplicaId,
  replicaId,
  UndoHistory,
  type Undone,
  type Update,
  type Version,
} from '@manyhands/crdt'
import { MAX_MESSAGE_BYTES } from '@manyhands/protocol'
import { portionsOf } from './portions.ts'

/** Part of what was done here: the update that tells the others, and how many characters it inserts and deletes. */
export interface Change {
  readonly update: Update
  readonly characters: number
}

/** What an undo or a redo did, and what to tell the others of it. */
export interface Reverted extends Pick<Undone, 'edits' | 'selection'> {
  readonly changes: readonly Change[]
}

/** An update that tells nothing: what speaks of no text at all is sent with it. */
export const NOTHING: Update = Doc.create({
  replica: replicaId(1),
  incarnation: incarnation('0'.repeat(32)),
}).updateSince(emptyVersion)

/** What is left of a message for the update in a push: the number before it takes nine bytes at most. */
const MAX_UPDATE_BYTES = MAX_MESSAGE_BYTES - 16

/**
 * This device's copy of the document: the text, what undo can take back, and who hears of what others did. Changed by its
 * client alone.
 */
export class Copy {
  readonly doc: Doc
  private readonly history: UndoHistory
  private readonly partBytes: number

  constructor(doc: Doc, partBytes: number) {
    this.doc = doc
    this.history = new UndoHistory(doc)
    this.partBytes = partBytes
  }

  static ofNothing(replica: ReplicaId, incarnation: Incarnation, partBytes: number = MAX_UPDATE_BYTES): Copy {
    return new Copy(Doc.create({ replica, incarnation }), partBytes)
  }

  /** From what a device has kept. Null: it cannot be read. */
  static saved(replica: ReplicaId, bytes: Uint8Array, partBytes: number = MAX_UPDATE_BYTES): Copy | null {
    const doc = Doc.load(bytes, { replica })
    return doc.ok ? new Copy(doc.value, partBytes) : null
  }

  /** Does as portions what is too long for one message. */
  edit(
    edits: readonly Edit[],
    at: { readonly time: number; readonly selection?: readonly [number, number] },
  ): readonly Change[] {
    return portionsOf(edits).flatMap((portion) => this.changes(this.history.edit(portion, at), portion))
  }

  undo(): Reverted | null {
    return this.reverted(this.history.undo())
  }

  redo(): Reverted | null {
    return this.reverted(this.history.redo())
  }

  /** What the update changed. */
  merge(update: Update): readonly Edit[] {
    return this.doc.apply(update)
  }

  /** What someone at that version lacks. */
  updatesSince(version: Version): readonly Update[] {
    return this.fitting(this.doc.updateSince(version))
  }

  /** An empty selection stays behind the character before it; an end of a full one stays at the selected text. */
  selectionAt(anchor: number, head: number): { readonly anchor: Anchor; readonly head: Anchor } {
    return {
      anchor: this.doc.anchorAt(anchor, anchor < head ? 'before' : 'after'),
      head: this.doc.anchorAt(head, head < anchor ? 'before' : 'after'),
    }
  }

  private reverted(undone: Undone | null): Reverted | null {
    if (!undone) return null
    const { update, edits, selection } = undone
    return { edits, selection, changes: this.changes(update, edits) }
  }

  /** The last part to be stored answers for all the characters. */
  private changes(update: Update, edits: readonly Edit[]): readonly Change[] {
    const parts = this.fitting(update)
    const last = parts.length - 1
    return parts.map((part, i) => ({ update: part, characters: i === last ? charactersOf(edits) : 0 }))
  }

  private fitting(update: Update): readonly Update[] {
    return partsOf(this.doc, update, this.partBytes)
  }
}

/** What can be read of what was written down or said: updates may come in any order, and some of them never. */
export function readable(updates: readonly Uint8Array[]): readonly Update[] {
  return updates.map(decodeUpdate).flatMap((update) => (update.ok ? [update.value] : []))
}

/** How many characters edits insert and delete. */
function charactersOf(edits: readonly Edit[]): number {
  return edits.reduce((sum, { from, to, insert }) => sum + insert.length + to - from, 0)
}

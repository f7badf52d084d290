import { Doc, type Edit, incarnation, replicaId, UndoHistory, type Update } from '@manyhands/crdt'
import type { Reversal, SharedText } from '../src/shared-text.ts'

/** A shared text without a client: a document whose updates a test carries to the others by hand. */
export class LocalShared implements SharedText {
  readonly doc: Doc
  /** What was done here and nobody has been told. */
  readonly updates: Update[] = []
  private readonly history: UndoHistory
  private readonly listeners = new Set<(edits: readonly Edit[]) => void>()
  private time = 0

  constructor(replica: number) {
    this.doc = Doc.create({ replica: replicaId(replica), incarnation: incarnation('a'.repeat(32)) })
    this.history = new UndoHistory(this.doc)
  }

  text(): string {
    return this.doc.text()
  }

  edit(edits: readonly Edit[], at: { readonly selection: readonly [number, number] }): void {
    this.time += 1000
    this.updates.push(this.history.edit(edits, { ...at, time: this.time }))
  }

  undo(): Reversal | null {
    return this.told(this.history.undo())
  }

  redo(): Reversal | null {
    return this.told(this.history.redo())
  }

  onRemote(listener: (edits: readonly Edit[]) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  anchorAt(...at: Parameters<Doc['anchorAt']>): ReturnType<Doc['anchorAt']> {
    return this.doc.anchorAt(...at)
  }

  indexOf(...anchor: Parameters<Doc['indexOf']>): number | null {
    return this.doc.indexOf(...anchor)
  }

  /** Hears from another copy. */
  hear(update: Update): void {
    const edits = this.doc.apply(update)
    if (edits.length > 0) for (const listener of this.listeners) listener(edits)
  }

  private told<U extends { readonly update: Update }>(undone: U | null): U | null {
    if (undone) this.updates.push(undone.update)
    return undone
  }
}

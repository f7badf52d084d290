import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import { readDocument, writeDocument } from './fields.ts'

/** Your turns of these documents, and all earlier ones, are on my disk. Sent after the commit and never before. */
export interface Replicated {
  readonly type: 'replicated'
  readonly turns: readonly DocumentTurn[]
}

export interface DocumentTurn {
  readonly document: DocumentId
  readonly turn: number
}

export function writeReplicated(w: Writer, m: Replicated): void {
  for (const { document, turn } of m.turns) {
    writeDocument(w, document)
    w.varint(turn)
  }
}

export function readReplicated(r: Reader): Replicated {
  const turns: DocumentTurn[] = []
  while (!r.done) turns.push({ document: readDocument(r), turn: r.varint() })
  return { type: 'replicated', turns }
}

import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import { readDocument, readStateHash, writeDocument, writeStateHash } from './fields.ts'

/** This is the hash of what is on my disk. Of a document that I do not have nothing is said. */
export interface HashAnswer {
  readonly type: 'hash-answer'
  readonly document: DocumentId
  readonly stateHash: string
}

export function writeHashAnswer(w: Writer, m: HashAnswer): void {
  writeDocument(w, m.document)
  writeStateHash(w, m.stateHash)
}

export function readHashAnswer(r: Reader): HashAnswer {
  return { type: 'hash-answer', document: readDocument(r), stateHash: readStateHash(r) }
}

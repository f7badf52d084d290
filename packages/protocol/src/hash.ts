import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import { readDocument, writeDocument } from './fields.ts'

/** What is the hash of this document on your disk? */
export interface Hash {
  readonly type: 'hash'
  readonly document: DocumentId
}

export function writeHash(w: Writer, m: Hash): void {
  writeDocument(w, m.document)
}

export function readHash(r: Reader): Hash {
  return { type: 'hash', document: readDocument(r) }
}

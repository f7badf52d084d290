import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import { readDocument, writeDocument } from './fields.ts'

/** Why a peer has not taken something of a document. */
export type NotReplicatedReason = 'incomplete' | 'history-mismatch' | 'not-stored' | 'document-too-large' | 'damaged'

/** What you sent of this document is not on my disk. Where it was incomplete: catch up. */
export interface NotReplicated {
  readonly type: 'not-replicated'
  readonly document: DocumentId
  readonly reason: NotReplicatedReason
}

/** A reason's number on the wire is its place in this list: append, never reorder. */
const REASONS: readonly NotReplicatedReason[] = [
  'incomplete',
  'history-mismatch',
  'not-stored',
  'document-too-large',
  'damaged',
]

export function writeNotReplicated(w: Writer, m: NotReplicated): void {
  writeDocument(w, m.document)
  w.byte(REASONS.indexOf(m.reason))
}

export function readNotReplicated(r: Reader): NotReplicated {
  const document = readDocument(r)
  const number = r.byte()
  const reason = REASONS[number] ?? r.fail('out-of-range', `No reason has the number ${number}`)
  return { type: 'not-replicated', document, reason }
}

import type { Incarnation, Version } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import {
  readDocument,
  readIncarnation,
  readLastVersion,
  readOptional,
  writeDocument,
  writeIncarnation,
  writeLastVersion,
  writeOptional,
} from './fields.ts'

/** Send me what I lack of this document. */
export interface CatchUp {
  readonly type: 'catch-up'
  readonly document: DocumentId
  /** Null: I do not know it. */
  readonly incarnation: Incarnation | null
  readonly version: Version
}

export function writeCatchUp(w: Writer, m: CatchUp): void {
  writeDocument(w, m.document)
  writeOptional(w, m.incarnation, writeIncarnation)
  writeLastVersion(w, m.version)
}

export function readCatchUp(r: Reader): CatchUp {
  return {
    type: 'catch-up',
    document: readDocument(r),
    incarnation: readOptional(r, readIncarnation),
    version: readLastVersion(r),
  }
}

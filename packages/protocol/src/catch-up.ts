import type { Incarnation, ReplicaId, Version } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import {
  readDocument,
  readIncarnation,
  readLastVersion,
  readList,
  readOptional,
  writeDocument,
  writeIncarnation,
  writeLastVersion,
  writeList,
  writeOptional,
} from './fields.ts'
import { MAX_PEOPLE } from './limits.ts'

/** Send me what I lack of this document. */
export interface CatchUp {
  readonly type: 'catch-up'
  readonly document: DocumentId
  /** Null: I do not know it. */
  readonly incarnation: Incarnation | null
  /** Replicas that somebody vouched for here: tell me who is behind them, if you have it from themselves. */
  readonly unsure: readonly ReplicaId[]
  readonly version: Version
}

export function writeCatchUp(w: Writer, m: CatchUp): void {
  writeDocument(w, m.document)
  writeOptional(w, m.incarnation, writeIncarnation)
  writeList(w, m.unsure, (writer, replica) => writer.replica(replica))
  writeLastVersion(w, m.version)
}

export function readCatchUp(r: Reader): CatchUp {
  return {
    type: 'catch-up',
    document: readDocument(r),
    incarnation: readOptional(r, readIncarnation),
    unsure: readList(r, MAX_PEOPLE, (reader) => reader.replica()),
    version: readLastVersion(r),
  }
}

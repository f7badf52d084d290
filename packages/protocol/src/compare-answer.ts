import type { Incarnation } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import {
  readDocument,
  readIncarnation,
  readStateHash,
  writeDocument,
  writeIncarnation,
  writeStateHash,
} from './fields.ts'
import { BUCKETS } from './limits.ts'

/** Which buckets differ, and what of each I have. A long list comes in several answers. */
export interface CompareAnswer {
  readonly type: 'compare-answer'
  /** This is the last answer to the comparison. */
  readonly isLast: boolean
  /** One bit for each bucket, the lowest first: 1 where it differs. */
  readonly differing: Uint8Array
  readonly documents: readonly ComparedDocument[]
}

export interface ComparedDocument {
  readonly document: DocumentId
  readonly incarnation: Incarnation
  readonly stateHash: string
  readonly registersHash: string
}

export function writeCompareAnswer(w: Writer, m: CompareAnswer): void {
  w.byte(m.isLast ? 1 : 0)
  w.bytes(m.differing)
  for (const { document, incarnation, stateHash, registersHash } of m.documents) {
    writeDocument(w, document)
    writeIncarnation(w, incarnation)
    writeStateHash(w, stateHash)
    writeStateHash(w, registersHash)
  }
}

export function readCompareAnswer(r: Reader): CompareAnswer {
  const last = r.byte()
  if (last > 1) r.fail('out-of-range', `Neither last nor not: ${last}`)
  const differing = r.bytes(BUCKETS / 8)
  const documents: ComparedDocument[] = []
  while (!r.done) documents.push(readComparedDocument(r))
  return { type: 'compare-answer', isLast: last === 1, differing, documents }
}

function readComparedDocument(r: Reader): ComparedDocument {
  return {
    document: readDocument(r),
    incarnation: readIncarnation(r),
    stateHash: readStateHash(r),
    registersHash: readStateHash(r),
  }
}

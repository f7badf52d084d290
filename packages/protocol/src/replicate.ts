import type { Incarnation, Update } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import {
  readDocument,
  readIncarnation,
  readList,
  readUpdate,
  writeDocument,
  writeIncarnation,
  writeList,
  writeUpdate,
} from './fields.ts'
import { MAX_PEOPLE } from './limits.ts'
import { type ReplicaPerson, readReplicaPerson, writeReplicaPerson } from './replica-person.ts'

/**
 * What my clients did in one document in one turn, or what you lacked of it. Without updates it only asks to hear when all
 * that came before is on disk.
 */
export interface Replicate {
  readonly type: 'replicate'
  readonly document: DocumentId
  readonly incarnation: Incarnation
  /** To be confirmed when it is on disk, with all earlier turns of the document; 0: not to be confirmed. */
  readonly turn: number
  /** Who is behind the replicas, as far as that may be new. */
  readonly people: readonly ReplicaPerson[]
  readonly updates: readonly Update[]
}

export function writeReplicate(w: Writer, m: Replicate): void {
  writeDocument(w, m.document)
  writeIncarnation(w, m.incarnation)
  w.varint(m.turn)
  writeList(w, m.people, writeReplicaPerson)
  for (const update of m.updates) writeUpdate(w, update)
}

export function readReplicate(r: Reader): Replicate {
  const document = readDocument(r)
  const incarnation = readIncarnation(r)
  const turn = r.varint()
  const people = readList(r, MAX_PEOPLE, readReplicaPerson)
  const updates: Update[] = []
  while (!r.done) updates.push(readUpdate(r))
  return { type: 'replicate', document, incarnation, turn, people, updates }
}

import type { ReplicaId } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import { readDocument, readOptional, writeDocument, writeOptional } from './fields.ts'
import { type PresenceState, readPresenceState, writePresenceState } from './presence-state.ts'

/** Where members of mine are in a document. */
export interface PeerPresence {
  readonly type: 'peer-presence'
  readonly document: DocumentId
  readonly whereabouts: readonly Whereabouts[]
}

/** Where somebody is, by the replica they edit with; null: they left. */
export interface Whereabouts {
  readonly replica: ReplicaId
  readonly state: PresenceState | null
}

export function writePeerPresence(w: Writer, m: PeerPresence): void {
  writeDocument(w, m.document)
  for (const { replica, state } of m.whereabouts) {
    w.replica(replica)
    writeOptional(w, state, writePresenceState)
  }
}

export function readPeerPresence(r: Reader): PeerPresence {
  const document = readDocument(r)
  const whereabouts: Whereabouts[] = []
  while (!r.done) whereabouts.push({ replica: r.replica(), state: readOptional(r, readPresenceState) })
  return { type: 'peer-presence', document, whereabouts }
}

import type { ReplicaId } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readOptional, writeOptional } from './fields.ts'
import { MAX_UNCLEAN_TEXT_BYTES } from './limits.ts'
import { cleanName, type Person, readPerson, writePerson } from './person.ts'

/** Who is behind a replica. */
export interface ReplicaPerson {
  readonly replica: ReplicaId
  readonly person: Person
  /** The name of whoever brought its characters, where that was not its author; null when its author did. */
  readonly vouchedBy: string | null
}

export function writeReplicaPerson(w: Writer, { replica, person, vouchedBy }: ReplicaPerson): void {
  w.replica(replica)
  writePerson(w, person)
  writeOptional(w, vouchedBy, (writer, name) => writer.string(cleanName(name)))
}

export function readReplicaPerson(r: Reader): ReplicaPerson {
  return {
    replica: r.replica(),
    person: readPerson(r),
    vouchedBy: readOptional(r, (reader) => cleanName(reader.string(MAX_UNCLEAN_TEXT_BYTES))),
  }
}

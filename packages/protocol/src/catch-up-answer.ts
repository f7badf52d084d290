import type { Incarnation, Update, Version } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import {
  readDocument,
  readIncarnation,
  readLastUpdate,
  readList,
  readOptional,
  readVersion,
  writeDocument,
  writeIncarnation,
  writeLastUpdate,
  writeList,
  writeOptional,
  writeVersion,
} from './fields.ts'
import { MAX_PEOPLE, MAX_REGISTERS } from './limits.ts'
import { type NamedRegister, readRegister, writeRegister } from './register.ts'
import { type ReplicaPerson, readReplicaPerson, writeReplicaPerson } from './replica-person.ts'

/** What your version lacks of a document; a long update comes in several answers. */
export interface CatchUpAnswer {
  readonly type: 'catch-up-answer'
  readonly document: DocumentId
  /** Null: I do not know it. */
  readonly incarnation: Incarnation | null
  /** How many more answers follow. */
  readonly left: number
  /** My copy has lost something: this is what is left of it. */
  readonly isDamaged: boolean
  readonly version: Version
  readonly registers: readonly NamedRegister[]
  readonly people: readonly ReplicaPerson[]
  readonly update: Update
}

export function writeCatchUpAnswer(w: Writer, m: CatchUpAnswer): void {
  writeDocument(w, m.document)
  writeOptional(w, m.incarnation, writeIncarnation)
  w.varint(m.left)
  w.byte(m.isDamaged ? 1 : 0)
  writeVersion(w, m.version)
  writeList(w, m.registers, writeRegister)
  writeList(w, m.people, writeReplicaPerson)
  writeLastUpdate(w, m.update)
}

export function readCatchUpAnswer(r: Reader): CatchUpAnswer {
  return {
    type: 'catch-up-answer',
    document: readDocument(r),
    incarnation: readOptional(r, readIncarnation),
    left: r.varint(),
    isDamaged: readFlag(r),
    version: readVersion(r),
    registers: readList(r, MAX_REGISTERS, readRegister),
    people: readList(r, MAX_PEOPLE, readReplicaPerson),
    update: readLastUpdate(r),
  }
}

function readFlag(r: Reader): boolean {
  const flag = r.byte()
  if (flag > 1) r.fail('out-of-range', `Neither damaged nor not: ${flag}`)
  return flag === 1
}

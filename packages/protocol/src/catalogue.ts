import type { Incarnation } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import type { DocumentId } from './document-id.ts'
import { readDocument, readIncarnation, readList, writeDocument, writeIncarnation, writeList } from './fields.ts'
import { MAX_REGISTERS } from './limits.ts'
import { type NamedRegister, readRegister, writeRegister } from './register.ts'

/** What my clients said of a document beside its text, or what you did not know of that. */
export interface Catalogue {
  readonly type: 'catalogue'
  readonly document: DocumentId
  readonly incarnation: Incarnation
  readonly registers: readonly NamedRegister[]
}

export function writeCatalogue(w: Writer, m: Catalogue): void {
  writeDocument(w, m.document)
  writeIncarnation(w, m.incarnation)
  writeList(w, m.registers, writeRegister)
}

export function readCatalogue(r: Reader): Catalogue {
  return {
    type: 'catalogue',
    document: readDocument(r),
    incarnation: readIncarnation(r),
    registers: readList(r, MAX_REGISTERS, readRegister),
  }
}

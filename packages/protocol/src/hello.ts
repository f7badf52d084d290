import type { Incarnation, ReplicaId, Version } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { type DocumentId, parseDocumentId } from './document-id.ts'
import { readIncarnation, readOptional, readVersion, writeIncarnation, writeOptional, writeVersion } from './fields.ts'
import { MAX_TOKEN_BYTES } from './limits.ts'
import { type LinkKey, parseLinkKey } from './link-key.ts'
import { type Person, readPerson, writePerson } from './person.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from './protocol-version.ts'

/** Which document: its id, or the key of a link to read it. Whoever comes by the latter does not learn the id. */
export type Address = DocumentId | LinkKey

/** The first message of a connection: which document, who, and what of it is here already. */
export interface Hello {
  readonly type: 'hello'
  readonly protocol: number
  readonly document: Address
  readonly replica: ReplicaId
  /** Null: I have no copy, so a document that the server does not know either is not found. */
  readonly incarnation: Incarnation | null
  /** The keys of links to edit the document that this device has been given, the latest first, with spaces between. */
  readonly token: string
  readonly person: Person
  /** Null: send me everything. */
  readonly version: Version | null
}

export function writeHello(w: Writer, m: Hello): void {
  w.varint(m.protocol)
  w.string(m.document)
  w.replica(m.replica)
  writeOptional(w, m.incarnation, writeIncarnation)
  w.string(m.token)
  writePerson(w, m.person)
  writeOptional(w, m.version, writeVersion)
}

export function readHello(r: Reader): Hello {
  return {
    type: 'hello',
    protocol: readProtocol(r),
    document: readAddress(r),
    replica: r.replica(),
    incarnation: readOptional(r, readIncarnation),
    token: r.string(MAX_TOKEN_BYTES),
    person: readPerson(r),
    version: readOptional(r, readVersion),
  }
}

function readAddress(r: Reader): Address {
  const text = r.string()
  return (
    parseDocumentId(text) ??
    parseLinkKey(text) ??
    r.fail(
      'bad-document-id',
      'A document id has 26 letters and digits, and the key of a link 28, without i, l, o, 0 and 1',
    )
  )
}

/** What follows the version may have another form in another version, so reading stops here. */
function readProtocol(r: Reader): number {
  const protocol = r.varint()
  if (protocol < OLDEST_PROTOCOL_VERSION)
    r.fail('client-too-old', `Protocol ${protocol}; the oldest served is ${OLDEST_PROTOCOL_VERSION}`)
  if (protocol > PROTOCOL_VERSION)
    r.fail('server-too-old', `Protocol ${protocol}; the newest served is ${PROTOCOL_VERSION}`)
  return protocol
}

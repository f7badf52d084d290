import type { Incarnation, Update, Version } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import {
  readIncarnation,
  readLastUpdate,
  readList,
  readStateHash,
  readVersion,
  writeIncarnation,
  writeLastUpdate,
  writeList,
  writeStateHash,
  writeVersion,
} from './fields.ts'
import { MAX_ADDRESS_BYTES, MAX_MEMBERS, MAX_REGISTERS, MAX_SERVER_ID_BYTES, MAX_SERVERS } from './limits.ts'
import { type Member, readMember, writeMember } from './presence-state.ts'
import { type Role, readRole, writeRole } from './role.ts'
import { readSharedRegister, type SharedRegister, writeSharedRegister } from './shared-register.ts'

/** The answer to hello: what you lack of the document, what I have of it, and who is here. */
export interface Welcome {
  readonly type: 'welcome'
  readonly protocol: number
  /** Who welcomes you: several servers may stand behind one address. */
  readonly server: string
  /** Your number in this document. */
  readonly member: number
  readonly role: Role
  readonly incarnation: Incarnation
  /** Its title and the like, as far as somebody has said anything. */
  readonly registers: readonly SharedRegister[]
  /** The others. */
  readonly members: readonly Member[]
  /** Addresses to try when this server is gone; empty where there is only this one. */
  readonly servers: readonly string[]
  readonly stateHash: string
  readonly version: Version
  /** What your version lacked. */
  readonly update: Update
}

export function writeWelcome(w: Writer, m: Welcome): void {
  w.varint(m.protocol)
  w.string(m.server)
  w.varint(m.member)
  writeRole(w, m.role)
  writeIncarnation(w, m.incarnation)
  writeList(w, m.registers, writeSharedRegister)
  writeList(w, m.members, writeMember)
  writeList(w, m.servers, writeAddress)
  writeStateHash(w, m.stateHash)
  writeVersion(w, m.version)
  writeLastUpdate(w, m.update)
}

export function readWelcome(r: Reader): Welcome {
  return {
    type: 'welcome',
    protocol: r.varint(),
    server: r.string(MAX_SERVER_ID_BYTES),
    member: r.varint(),
    role: readRole(r),
    incarnation: readIncarnation(r),
    registers: readList(r, MAX_REGISTERS, readSharedRegister),
    members: readList(r, MAX_MEMBERS, readMember),
    servers: readList(r, MAX_SERVERS, readAddress),
    stateHash: readStateHash(r),
    version: readVersion(r),
    update: readLastUpdate(r),
  }
}

function writeAddress(w: Writer, address: string): void {
  w.string(address)
}

function readAddress(r: Reader): string {
  return r.string(MAX_ADDRESS_BYTES)
}

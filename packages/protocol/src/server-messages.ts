import type { Result } from '@manyhands/crdt'
import type { Reader } from '@manyhands/crdt/bytes'
import { type Agreement, readAgreement, writeAgreement } from './agreement.ts'
import { type Bye, readBye, writeBye } from './bye.ts'
import { decodeMessage, encodeMessage } from './codec.ts'
import { type Deflate, encodeDeflated, readDeflated } from './deflated.ts'
import { type MemberPresence, readMemberPresence, writeMemberPresence } from './member-presence.ts'
import type { Refusal } from './refusals.ts'
import { type Refused, readRefused, writeRefused } from './refused.ts'
import { readSharedRegisters, type SharedRegisters, writeSharedRegisters } from './registers.ts'
import { type Resync, readResync, writeResync } from './resync.ts'
import { type RoleChange, readRoleChange, writeRoleChange } from './role.ts'
import { readStored, type Stored, writeStored } from './stored.ts'
import { unreachable } from './unreachable.ts'
import { readUpdates, type Updates, writeUpdates } from './updates.ts'
import { readWelcome, type Welcome, writeWelcome } from './welcome.ts'

/** What a server says to a client. */
export type ServerMessage =
  | Welcome
  | Refused
  | Stored
  | Updates
  | MemberPresence
  | Resync
  | Bye
  | RoleChange
  | SharedRegisters
  | Agreement

/** The first byte. Client and server count apart; a number once given is never given again: 6 was `renamed`. */
const WELCOME = 1
const REFUSED = 2
const STORED = 3
const UPDATES = 4
const PRESENCE = 5
const RESYNC = 7
const BYE = 8
const ROLE = 9
const REGISTERS = 10
/** Another message, deflated. */
const DEFLATED = 11
const AGREEMENT = 12

export function encodeServerMessage(m: ServerMessage): Uint8Array {
  switch (m.type) {
    case 'welcome':
      return encodeMessage(WELCOME, m, writeWelcome)
    case 'refused':
      return encodeMessage(REFUSED, m, writeRefused)
    case 'stored':
      return encodeMessage(STORED, m, writeStored)
    case 'updates':
      return encodeMessage(UPDATES, m, writeUpdates)
    case 'presence':
      return encodeMessage(PRESENCE, m, writeMemberPresence)
    case 'resync':
      return encodeMessage(RESYNC, m, writeResync)
    case 'bye':
      return encodeMessage(BYE, m, writeBye)
    case 'role':
      return encodeMessage(ROLE, m, writeRoleChange)
    case 'registers':
      return encodeMessage(REGISTERS, m, writeSharedRegisters)
    case 'agreement':
      return encodeMessage(AGREEMENT, m, writeAgreement)
    default:
      return unreachable(m)
  }
}

/** A server message in fewer bytes, where that is worth the time: a long text. `deflate` makes raw deflated data. */
export function deflateServerMessage(bytes: Uint8Array, deflate: Deflate): Uint8Array {
  return encodeDeflated(DEFLATED, bytes, deflate)
}

export function decodeServerMessage(bytes: Uint8Array): Result<ServerMessage, Refusal> {
  if (bytes[0] !== DEFLATED) return decodeMessage(bytes, readServerMessage)
  const inside = decodeMessage(bytes.subarray(1), readDeflated)
  return inside.ok ? decodeMessage(inside.value, readServerMessage) : inside
}

function readServerMessage(r: Reader): ServerMessage {
  const type = r.byte()
  switch (type) {
    case WELCOME:
      return readWelcome(r)
    case REFUSED:
      return readRefused(r)
    case STORED:
      return readStored(r)
    case UPDATES:
      return readUpdates(r)
    case PRESENCE:
      return readMemberPresence(r)
    case RESYNC:
      return readResync(r)
    case BYE:
      return readBye(r)
    case ROLE:
      return readRoleChange(r)
    case REGISTERS:
      return readSharedRegisters(r)
    case AGREEMENT:
      return readAgreement(r)
    default:
      return r.fail('unknown-type', `No server message has the number ${type}`)
  }
}

import type { Result } from '@manyhands/crdt'
import { type Reader, Writer } from '@manyhands/crdt/bytes'
import { type Bye, readBye, writeBye } from './bye.ts'
import { decodeMessage } from './codec.ts'
import { type MemberPresence, readMemberPresence, writeMemberPresence } from './member-presence.ts'
import type { Refusal } from './refusals.ts'
import { type Refused, readRefused, writeRefused } from './refused.ts'
import { type Renamed, readRenamed, writeRenamed } from './renamed.ts'
import { type Resync, readResync, writeResync } from './resync.ts'
import { readStored, type Stored, writeStored } from './stored.ts'
import { unreachable } from './unreachable.ts'
import { readUpdates, type Updates, writeUpdates } from './updates.ts'
import { readWelcome, type Welcome, writeWelcome } from './welcome.ts'

/** What a server says to a client. */
export type ServerMessage = Welcome | Refused | Stored | Updates | MemberPresence | Renamed | Resync | Bye

/** The first byte. Client and server count apart; a number once given is never given again. */
const WELCOME = 1
const REFUSED = 2
const STORED = 3
const UPDATES = 4
const PRESENCE = 5
const RENAMED = 6
const RESYNC = 7
const BYE = 8

export function encodeServerMessage(m: ServerMessage): Uint8Array {
  const w = new Writer()
  write(w, m)
  return w.finish()
}

export function decodeServerMessage(bytes: Uint8Array): Result<ServerMessage, Refusal> {
  return decodeMessage(bytes, readServerMessage)
}

function write(w: Writer, m: ServerMessage): void {
  switch (m.type) {
    case 'welcome':
      w.byte(WELCOME)
      return writeWelcome(w, m)
    case 'refused':
      w.byte(REFUSED)
      return writeRefused(w, m)
    case 'stored':
      w.byte(STORED)
      return writeStored(w, m)
    case 'updates':
      w.byte(UPDATES)
      return writeUpdates(w, m)
    case 'presence':
      w.byte(PRESENCE)
      return writeMemberPresence(w, m)
    case 'renamed':
      w.byte(RENAMED)
      return writeRenamed(w, m)
    case 'resync':
      w.byte(RESYNC)
      return writeResync(w, m)
    case 'bye':
      w.byte(BYE)
      return writeBye(w, m)
    default:
      return unreachable(m)
  }
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
    case RENAMED:
      return readRenamed(r)
    case RESYNC:
      return readResync(r)
    case BYE:
      return readBye(r)
    default:
      return r.fail('unknown-type', `No server message has the number ${type}`)
  }
}

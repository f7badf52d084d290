import type { Result } from '@manyhands/crdt'
import type { Reader } from '@manyhands/crdt/bytes'
import { decodeMessage, encodeMessage } from './codec.ts'
import { type Hello, readHello, writeHello } from './hello.ts'
import { type Presence, readPresence, writePresence } from './presence.ts'
import { type Push, readPush, writePush } from './push.ts'
import type { Refusal } from './refusals.ts'
import { readSetRegister, type SetRegister, writeSetRegister } from './set-register.ts'
import { readSync, type Sync, writeSync } from './sync.ts'
import { unreachable } from './unreachable.ts'

/** What a client says to a server. */
export type ClientMessage = Hello | Push | Presence | SetRegister | Sync

/** The first byte. Client and server count apart; a number once given is never given again: 4 was `rename`. */
const HELLO = 1
const PUSH = 2
const PRESENCE = 3
const SYNC = 5
const SET_REGISTER = 6

export function encodeClientMessage(m: ClientMessage): Uint8Array {
  switch (m.type) {
    case 'hello':
      return encodeMessage(HELLO, m, writeHello)
    case 'push':
      return encodeMessage(PUSH, m, writePush)
    case 'presence':
      return encodeMessage(PRESENCE, m, writePresence)
    case 'sync':
      return encodeMessage(SYNC, m, writeSync)
    case 'set-register':
      return encodeMessage(SET_REGISTER, m, writeSetRegister)
    default:
      return unreachable(m)
  }
}

export function decodeClientMessage(bytes: Uint8Array): Result<ClientMessage, Refusal> {
  return decodeMessage(bytes, readClientMessage)
}

function readClientMessage(r: Reader): ClientMessage {
  const type = r.byte()
  switch (type) {
    case HELLO:
      return readHello(r)
    case PUSH:
      return readPush(r)
    case PRESENCE:
      return readPresence(r)
    case SYNC:
      return readSync(r)
    case SET_REGISTER:
      return readSetRegister(r)
    default:
      return r.fail('unknown-type', `No client message has the number ${type}`)
  }
}

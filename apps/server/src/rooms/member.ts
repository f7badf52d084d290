import { deflateRawSync } from 'node:zlib'
import type { Doc, IdRange, ReplicaId, Update, Version } from '@manyhands/crdt'
import {
  deflateServerMessage,
  encodeServerMessage,
  MAX_DOCUMENT_LENGTH,
  MAX_VOUCHED_FOR,
  type Person,
  type PresenceState,
  type Refusal,
  type RefusalReason,
  type Role,
  type ServerMessage,
} from '@manyhands/protocol'
import type { Ticket } from '../access/ticket.ts'
import type { People } from './people.ts'

/** The way to one browser, as a room sees it. */
export interface Outlet {
  send(bytes: Uint8Array): void
  /** Says why, and ends it. */
  refuse(reason: RefusalReason, detail: string): void
  /** So much is on its way that more would only pile up; when it has gone, the room is told by `Room.drained`. */
  readonly congested: boolean
  /** Closes it. */
  end(): void
}

/** Who comes in. */
export interface Newcomer {
  readonly outlet: Outlet
  readonly replica: ReplicaId
  readonly person: Person
  readonly ticket: Ticket
}

/** Two packets of a network: less than that is no faster for being shorter. */
const DEFLATE_FROM = 2048

/** Nobody else is served meanwhile: measured, 4 ms for 130 kB; beyond that zlib's fastest level, 10 ms for a megabyte. */
const DEFLATE_WELL_UP_TO = 131_072
const DEFLATE_UP_TO = 4_194_304

function deflate(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: bytes.length > DEFLATE_WELL_UP_TO ? 1 : 6 })
}

/** Someone in a room. Changed by the room and by nobody else. */
export class Member {
  readonly number: number
  readonly outlet: Outlet
  readonly replica: ReplicaId
  readonly ticket: Ticket
  /** As they were told it last, but for what damage takes away. */
  role: Role
  state: PresenceState
  /** How many more characters of replicas that are not theirs they may bring. */
  private relayable: number = MAX_DOCUMENT_LENGTH
  /** How many more replicas they may be the first to speak of. */
  private vouchable: number = MAX_VOUCHED_FOR
  /**
   * Whether their next push may say less than what it stands for: they said what they had, and push what is lacking here. The
   * rest of what they wait to hear stored is here already, by way of a peer or of the disk.
   */
  restates: boolean
  /** What they have, while they read too slowly to be told more; null while they keep up. */
  behind: Version | null = null

  constructor(number: number, { outlet, replica, person, ticket }: Newcomer, role: Role, restates: boolean) {
    this.number = number
    this.restates = restates
    this.outlet = outlet
    this.replica = replica
    this.ticket = ticket
    this.role = role
    this.state = { person, selection: null, idle: false }
  }

  /**
   * They bring an update. Characters of others are theirs to vouch for, up to so many, and of so many whom nobody knows yet. Those
   * count too that they call dead before anybody here has heard of them: an id that is dead is never typed.
   */
  vouchFor({ inserts, covers }: Update, people: People, doc: Doc): Refusal | null {
    const isForeign = ({ replica }: IdRange): boolean => replica !== this.replica
    const foreign = inserts.filter(isForeign)
    const living = foreign.reduce((sum, { from, to }) => sum + to - from, 0)
    const count = living + doc.unknown(covers.filter(isForeign)) - doc.unknown(foreign)
    const unknown = new Set(foreign.map(({ replica }) => replica).filter((replica) => !people.knows(replica))).size
    if (count > this.relayable || unknown > this.vouchable) {
      return { reason: 'forged-author', detail: 'These characters are of another replica' }
    }
    this.relayable -= count
    this.vouchable -= unknown
    return null
  }

  send(message: ServerMessage): void {
    this.outlet.send(encodeServerMessage(message))
  }

  /** Sends what may be long: deflated, where that makes a difference and does not keep everybody else waiting. */
  sendLong(message: ServerMessage): void {
    const bytes = encodeServerMessage(message)
    const isWorthIt = bytes.length >= DEFLATE_FROM && bytes.length <= DEFLATE_UP_TO
    this.outlet.send(isWorthIt ? deflateServerMessage(bytes, deflate) : bytes)
  }

  /** What was refused is pushed again as it was. */
  refuse(n: number, reason: RefusalReason, detail: string): void {
    this.restates = true
    this.send({ type: 'refused', reason, detail, n })
  }

  resync(n: number, version: Version): void {
    this.relayable = MAX_DOCUMENT_LENGTH
    this.vouchable = MAX_VOUCHED_FOR
    this.restates = true
    this.send({ type: 'resync', n, version })
  }
}

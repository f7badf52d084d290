import type { ReplicaId, Version } from '@manyhands/crdt'
import {
  encodeServerMessage,
  MAX_DOCUMENT_LENGTH,
  type Person,
  type PresenceState,
  type RefusalReason,
  type Role,
  type ServerMessage,
} from '@manyhands/protocol'

/** The way to one browser, as a room sees it. */
export interface Outlet {
  send(bytes: Uint8Array): void
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
  readonly role: Role
}

/** Someone in a room. Changed by the room and by nobody else. */
export class Member {
  readonly number: number
  readonly outlet: Outlet
  readonly replica: ReplicaId
  readonly role: Role
  state: PresenceState
  /** How many more living characters of replicas that are not theirs they may bring. */
  relayable: number = MAX_DOCUMENT_LENGTH
  /**
   * Whether their next push may say less than what it stands for: they said what they had, and push what is lacking here. The
   * rest of what they wait to hear stored is here already, by way of a peer or of the disk.
   */
  restates: boolean
  /** What they have, while they read too slowly to be told more; null while they keep up. */
  behind: Version | null = null

  constructor(number: number, { outlet, replica, person, role }: Newcomer, restates: boolean) {
    this.number = number
    this.restates = restates
    this.outlet = outlet
    this.replica = replica
    this.role = role
    this.state = { person, selection: null, idle: false }
  }

  send(message: ServerMessage): void {
    this.outlet.send(encodeServerMessage(message))
  }

  /** What was refused is pushed again as it was. */
  refuse(n: number, reason: RefusalReason, detail: string): void {
    this.restates = true
    this.send({ type: 'refused', reason, detail, n })
  }

  resync(n: number, version: Version): void {
    this.relayable = MAX_DOCUMENT_LENGTH
    this.restates = true
    this.send({ type: 'resync', n, version })
  }
}

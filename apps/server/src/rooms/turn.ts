/** A turn of the event loop in one room: what came in it, and, when it has ended, who is to hear that it is on disk. */
import type { Update } from '@manyhands/crdt'
import type { ReplicaPerson } from '@manyhands/protocol'
import type { Registers } from '../storage/storage.ts'
import type { Member } from './member.ts'
import type { Delivery } from './others.ts'

/** Counts the turns of all rooms of a server. */
export interface TurnCounter {
  last: number
}

export interface Taken {
  /** Null: a peer brought it. */
  readonly from: Member | null
  readonly update: Update
}

/** The turn that goes on: what has come in it. */
export interface Turn {
  readonly taken: Taken[]
  /** The last push of each member that is to be called stored. */
  readonly pushes: Map<Member, number>
  readonly deliveries: Delivery[]
  readonly people: ReplicaPerson[]
  /** Whether a push in it stands for more than it says. */
  restates: boolean
}

/** A turn that is on its way to the disk. */
export interface EndedTurn {
  readonly pushes: ReadonlyMap<Member, number>
  readonly deliveries: readonly Delivery[]
  /** Null: nothing was written in it. */
  readonly changedAt: number | null
  readonly length: number
  readonly turn: number
  readonly stateHash: string
  readonly registers: Registers
}

export function emptyTurn(): Turn {
  return { taken: [], pushes: new Map(), deliveries: [], people: [], restates: false }
}

/** The last push of each member in them. */
export function pushesIn(turns: readonly EndedTurn[]): Map<Member, number> {
  return new Map(turns.flatMap(({ pushes }) => [...pushes]))
}

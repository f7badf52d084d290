import type { ReplicaPerson } from '@manyhands/protocol'
import type { DocumentIndex } from '../catalogue/document-index.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Self } from './relay.ts'

/** What both ends of a link need of the server that they stand in. */
export interface LinkSurroundings {
  readonly identity: Self & { readonly secret: string }
  /** The nonces of our own greetings that nobody has answered: whoever says one of them is this server itself. */
  readonly greetings: Set<string>
  readonly rooms: Rooms
  readonly index: DocumentIndex
  readonly clock: Clock
  /** Numbers from 0 up to 1, of good chance. */
  readonly random: () => number
  readonly log: Log
  /** Hears of a document that began here as another one than at a peer. */
  readonly mismatched: (document: string, peer: string) => void
  /** What a peer lacks of a document comes in parts of so much: `PART_BYTES`, but for tests. */
  readonly partBytes?: number
}

/** A line is given so much time from its first message to the welcome. */
export const PROVE_WITHIN = 5000

/** Small enough that other documents get their turn between two. */
export const PART_BYTES = 524_288

/** So many people fit a message beside the updates: one has two names, of 256 bytes each. */
const PEOPLE_AT_ONCE = 2000

/** People in the portions in which they are told: at least one. */
export function portionsOf(people: readonly ReplicaPerson[]): readonly (readonly ReplicaPerson[])[] {
  const count = Math.max(1, Math.ceil(people.length / PEOPLE_AT_ONCE))
  return Array.from({ length: count }, (_, i) => people.slice(i * PEOPLE_AT_ONCE, (i + 1) * PEOPLE_AT_ONCE))
}

export function nameOf(nonce: Uint8Array): string {
  return Buffer.from(nonce).toString('hex')
}

/** So many random bytes. */
export function randomBytes(random: () => number, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256))
}

import type { DocumentIndex } from '../catalogue/document-index.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Self } from './relay.ts'

/** What both ends of a link need of the server that they stand in. */
export interface LinkSurroundings {
  readonly identity: Self & { readonly secret: string }
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

/** So many random bytes. */
export function randomBytes(random: () => number, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256))
}

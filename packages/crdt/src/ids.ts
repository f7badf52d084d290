/** One open copy of a document: a tab, a server-side writer, a test. Random, and never used by two copies at once. */
export type ReplicaId = number & { readonly [replicaIdTag]: never }
declare const replicaIdTag: unique symbol

/** Names a document's origin: two states with different incarnations never merge. 128 bits as 32 lower-case hex digits. */
export type Incarnation = string & { readonly [incarnationTag]: never }
declare const incarnationTag: unique symbol

/** The name of one character (a UTF-16 code unit): who inserted it, and as the how-manieth of theirs, from 0. */
export interface Id {
  /** Who inserted it. */
  readonly replica: ReplicaId
  /** How many that replica had inserted before it. */
  readonly seq: number
}

/** The characters `from` ≤ seq < `to` of one replica. */
export interface IdRange {
  /** Who inserted them. */
  readonly replica: ReplicaId
  /** The seq of the first. */
  readonly from: number
  /** The seq after the last. */
  readonly to: number
}

/**
 * 48 bits: six bytes on the wire, and exact in a JavaScript number. A random one has 47 bits of chance: among 10,000 replicas of
 * one document two equal ones are found once in three million documents.
 */
const MAX_REPLICA = 2 ** 48 - 1

/**
 * Characters one replica may insert: what fits a signed 32-bit integer. A tab that inserts 100 characters a second
 * needs eight months to get there, and a tab is one replica only until it is closed.
 */
export const MAX_SEQ: number = 2 ** 31 - 1

/** A replica id from a number. Throws a RangeError unless it is a whole number from 1 to 2^48 − 1. O(1). */
export function replicaId(n: number): ReplicaId {
  if (!isReplicaId(n)) throw new RangeError(`A replica id is a whole number from 1 to 2^48 - 1, not ${n}`)
  return n
}

/** A replica id from a source of chance such as `Math.random`, which answers numbers from 0 up to 1. O(1). */
export function randomReplicaId(random: () => number): ReplicaId {
  return replicaId(1 + Math.floor(random() * 2 ** 24) * 2 ** 23 + Math.floor(random() * 2 ** 23))
}

export function isReplicaId(n: number): n is ReplicaId {
  return Number.isInteger(n) && n >= 1 && n <= MAX_REPLICA
}

/** An incarnation from its 32 lower-case hex digits. Throws a RangeError for anything else. O(1). */
export function incarnation(hex: string): Incarnation {
  if (!isIncarnation(hex)) throw new RangeError('An incarnation is 32 lower-case hex digits')
  return hex
}

/** A new document's incarnation, from a source of chance such as `Math.random`. O(1). */
export function randomIncarnation(random: () => number): Incarnation {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16))
  return incarnation(digits.join(''))
}

function isIncarnation(hex: string): hex is Incarnation {
  return /^[0-9a-f]{32}$/.test(hex)
}

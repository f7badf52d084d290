import { crc32 } from 'node:zlib'
import type { Damage } from './storage.ts'

/** Bytes as they lie on the disk, with what tells whether they are still those that were written. */
export interface Blob {
  /** An update's number. The log is read after a snapshot's. */
  readonly n: number
  readonly checksum: number
  readonly bytes: Uint8Array
}

export interface Snapshot extends Blob {
  /** What is damaged or missing up to this number was so when the snapshot was written, which holds it. */
  readonly heals: number
}

/** What the disk has of one document's log. */
export interface Found {
  /** Null where there is none, or it cannot be read. */
  readonly snapshot: Snapshot | null
  /** The updates after the snapshot, or all if it is not intact, in order. */
  readonly updates: readonly Blob[]
  /** The number of the last update, as the document's own row says it: an update with a higher one is none. */
  readonly last: number
  /** What the database said of rows that it could not read. */
  readonly errors: readonly string[]
}

/** What can be trusted of it. */
export interface Intact {
  readonly snapshot: Uint8Array | null
  readonly tail: readonly Uint8Array[]
  readonly n: number
  readonly damage: Damage | null
}

/** A flipped bit, or any burst of them up to 32 long, is found for certain; anything else but once in four thousand million times. */
export function isIntact({ bytes, checksum }: Blob): boolean {
  return crc32(bytes) === checksum
}

/**
 * The log says all that the snapshot says, so a damaged snapshot alone loses nothing. An update that is damaged or missing
 * does, unless a snapshot holds it.
 */
export function intactOf({ snapshot: found, updates, last, errors }: Found): Intact {
  const snapshot = found !== null && isIntact(found) && found.n <= last ? found : null
  const healed = Math.max(snapshot?.n ?? 0, snapshot?.heals ?? 0)
  const tail: Uint8Array[] = []
  const damaged: number[] = []
  for (const update of updates) {
    if (isIntact(update) && update.n <= last) tail.push(update.bytes)
    else if (update.n > healed) damaged.push(update.n)
  }
  const passedOver = found === snapshot ? [] : [`The snapshot up to ${found?.n} is damaged`]
  const missing = gaps(updates, healed, last)
  const losses = [...errors, ...sentence(damaged, 'damaged'), ...sentence(missing, 'missing')]
  const detail = [...passedOver, ...losses].join('; ')
  const setAside = passedOver.length + damaged.length
  const damage = detail === '' ? null : { detail, setAside, isWhole: losses.length === 0 }
  return { snapshot: snapshot?.bytes ?? null, tail, n: last, damage }
}

/** The first and the last number of each gap after number `from`. */
function gaps(updates: readonly Blob[], from: number, last: number): readonly number[] {
  const missing: number[] = []
  let next = from + 1
  for (const n of [...updates.map((update) => update.n), last + 1]) {
    if (n > next && next <= last) missing.push(next, Math.min(n - 1, last))
    next = Math.max(next, n + 1)
  }
  return missing
}

function sentence(numbers: readonly number[], what: string): readonly string[] {
  const [first, last] = [numbers[0], numbers.at(-1)]
  if (first === undefined) return []
  return [first === last ? `Update ${first} is ${what}` : `Of the updates ${first} to ${last} some are ${what}`]
}

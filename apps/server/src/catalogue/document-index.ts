import { createHash } from 'node:crypto'
import type { Incarnation } from '@manyhands/crdt'
import type { ComparedDocument, DocumentId } from '@manyhands/protocol'
import { BUCKET_HASHES_BYTES, BUCKETS } from '@manyhands/protocol'
import type { Registers } from '../storage/storage.ts'

/** What is on disk of a document, as far as it tells whether another server has the same. */
export interface Committed {
  readonly incarnation: Incarnation
  readonly stateHash: string
  readonly registers: Registers
  /** The last turn among it; 0 where there was none since the server started. */
  readonly turn: number
  /** When it was last written in; null where that is as it was. */
  readonly changedAt: number | null
  readonly length: number | null
}

/** What is known of a document here without opening it. */
export interface Indexed extends ComparedDocument {
  readonly turn: number
  readonly registers: Registers
  readonly changedAt: number
  readonly length: number | null
}

interface Entry extends Indexed {
  readonly bucket: number
  /** What the document adds to the hash of its bucket. */
  readonly low: number
  readonly high: number
}

/** Of a document whose state nobody has hashed yet, and of no registers. */
const NO_HASH = '0000000000000000'

/**
 * Every document on this server's disk, in memory: 350 bytes each. Dealt into buckets, each with a hash that is the sum
 * of its documents' hashes, so that one commit changes one sum, and two servers find what differs by 2 kB.
 */
export class DocumentIndex {
  private readonly entries = new Map<DocumentId, Entry>()
  private readonly buckets: readonly Set<DocumentId>[] = Array.from({ length: BUCKETS }, () => new Set())
  private readonly sums = new Int32Array(BUCKETS * 2)

  get size(): number {
    return this.entries.size
  }

  get(document: DocumentId): Indexed | undefined {
    return this.entries.get(document)
  }

  /** The document is on disk like this now. */
  put(document: DocumentId, { incarnation, stateHash, registers, turn, changedAt, length }: Committed): void {
    const before = this.entries.get(document)
    const hash = stateHash === '' ? NO_HASH : stateHash
    const registersHash = before?.registers === registers ? before.registersHash : registersHashOf(registers)
    const digest = digestOf(document + incarnation + hash + registersHash)
    const entry: Entry = {
      document,
      incarnation,
      stateHash: hash,
      registersHash,
      registers,
      turn,
      changedAt: changedAt ?? before?.changedAt ?? 0,
      length,
      bucket: before?.bucket ?? bucketOf(document),
      low: digest.readInt32LE(0),
      high: digest.readInt32LE(4),
    }
    if (before === undefined) this.buckets[entry.bucket]?.add(document)
    else this.add(before, -1)
    this.add(entry, 1)
    this.entries.set(document, entry)
  }

  /** The hash of every bucket. */
  hashes(): Uint8Array {
    const bytes = new Uint8Array(BUCKET_HASHES_BYTES)
    const view = new DataView(bytes.buffer)
    for (const [i, lane] of this.sums.entries()) view.setInt32(i * 4, lane, true)
    return bytes
  }

  /** One bit for each bucket: 1 where another server's hash is not ours. */
  differing(theirs: Uint8Array): Uint8Array {
    const ours = this.hashes()
    const bits = new Uint8Array(BUCKETS / 8)
    for (const [i, byte] of ours.entries()) if (byte !== theirs[i]) setBit(bits, i >> 3)
    return bits
  }

  /** The documents of the buckets whose bit is 1. */
  *documentsIn(bits: Uint8Array): Iterable<ComparedDocument> {
    for (const [bucket, documents] of this.buckets.entries()) {
      if (!hasBit(bits, bucket)) continue
      for (const document of documents) {
        const entry = this.entries.get(document)
        if (entry !== undefined) yield entry
      }
    }
  }

  private add({ bucket, low, high }: Entry, sign: 1 | -1): void {
    this.sums[bucket * 2] = (this.sums[bucket * 2] ?? 0) + sign * low
    this.sums[bucket * 2 + 1] = (this.sums[bucket * 2 + 1] ?? 0) + sign * high
  }
}

/** Whether the bit of a document's bucket is 1. */
export function hasBucket(bits: Uint8Array, document: DocumentId): boolean {
  return hasBit(bits, bucketOf(document))
}

function bucketOf(document: DocumentId): number {
  return digestOf(document).readUInt8(0)
}

function hasBit(bits: Uint8Array, n: number): boolean {
  return ((bits[n >> 3] ?? 0) & (1 << (n & 7))) !== 0
}

function setBit(bits: Uint8Array, n: number): void {
  bits[n >> 3] = (bits[n >> 3] ?? 0) | (1 << (n & 7))
}

/** A stamp belongs to one value, so names and stamps tell registers apart. */
function registersHashOf(registers: Registers): string {
  if (registers.size === 0) return NO_HASH
  const said = [...registers].map(([name, { stamp }]) => `${name} ${stamp}`).sort()
  return digestOf(said.join('\n')).toString('hex', 0, 8)
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

import { type DecodeError, read } from './codec/reader.ts'
import { Writer } from './codec/writer.ts'
import type { Id, ReplicaId } from './ids.ts'
import { MAX_SEQ } from './ids.ts'
import type { Result } from './result.ts'

/**
 * A place in the text that survives edits: a side of a character. `after` a character stays behind it when somebody types there,
 * `before` a character stays in front of it. When the character dies, the anchor is the place where it was.
 */
export type Anchor = 'start' | 'end' | CharacterAnchor

/** A side of one character. */
export interface CharacterAnchor {
  /** The character, alive or dead. */
  readonly id: Id
  /** The side of it on which the place is. */
  readonly side: 'before' | 'after'
  /** The character's key, by which a copy that has forgotten the dead character still finds its place. */
  readonly key?: Key
}

/** The path to a character: of each run from the start token down, where it hangs. */
export interface Key {
  /** The outermost run first. */
  readonly steps: readonly KeyStep[]
  /** The offset of the character in the last run. */
  readonly offset: number
}

/** A run, and where it hangs on the one above it. */
export interface KeyStep {
  /** Who typed it. */
  readonly replica: ReplicaId
  /** The seq of its first character. */
  readonly first: number
  /** The offset, in the run above, of the character on which it hangs. */
  readonly anchor: number
  /** The side of that character on which it stands. */
  readonly side: 'left' | 'right'
  /** What orders it among the runs that hang there, rising. */
  readonly digit: number
}

const TOKENS: readonly Anchor[] = ['start', 'end']

/** An anchor in at most 12 bytes: a kind, then the replica and the seq. Without the key: for cursors, which move on soon. O(1). */
export function encodeAnchor(anchor: Anchor): Uint8Array {
  const writer = new Writer(12)
  if (typeof anchor === 'string') {
    writer.byte(TOKENS.indexOf(anchor))
  } else {
    writer.byte(anchor.side === 'before' ? 2 : 3)
    writer.replica(anchor.id.replica)
    writer.varint(anchor.id.seq)
  }
  return writer.finish()
}

/** Reads what `encodeAnchor` wrote. O(1). */
export function decodeAnchor(bytes: Uint8Array): Result<Anchor, DecodeError> {
  return read(bytes, (reader) => {
    const kind = reader.byte()
    const token = TOKENS[kind]
    if (token !== undefined) return token
    if (kind > 3) reader.fail('out-of-range', 'An anchor of no known kind')
    return { id: { replica: reader.replica(), seq: reader.varint(MAX_SEQ - 1) }, side: kind === 2 ? 'before' : 'after' }
  })
}

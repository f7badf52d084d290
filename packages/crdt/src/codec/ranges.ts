/** Ranges of seqs of one replica, flat and rising: of each, how far it is from the one before, and how long it is. */
import { MAX_SEQ } from '../ids.ts'
import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

/** How many there are is for the caller to say. */
export function writeRanges(writer: Writer, ranges: readonly number[]): void {
  let at = -1
  for (let i = 0; i < ranges.length; i += 2) {
    writer.varint(ranges[i] - at - 1)
    writer.varint(ranges[i + 1] - ranges[i] - 1)
    at = ranges[i + 1]
  }
}

export function readRanges(reader: Reader, count: number): number[] {
  const ranges: number[] = []
  let at = -1
  for (let i = 0; i < count; i++) {
    const from = at + 1 + reader.varint(MAX_SEQ)
    at = from + 1 + reader.varint(MAX_SEQ)
    if (at > MAX_SEQ) reader.fail('out-of-range', 'Too many characters of one replica')
    ranges.push(from, at)
  }
  return ranges
}

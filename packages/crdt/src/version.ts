import { readRanges, writeRanges } from './codec/ranges.ts'
import { type DecodeError, type Reader, read } from './codec/reader.ts'
import { Writer } from './codec/writer.ts'
import { addRange, type Lanes, type Seed } from './hash.ts'
import type { ReplicaId } from './ids.ts'
import { Intervals } from './intervals.ts'
import type { Result } from './result.ts'
import type { State } from './state.ts'

/**
 * What a copy of a document has: the ids it knows of each replica, and hashes of which of those are dead. So small that it
 * travels at every connection, and enough for the other side to answer with what is missing and little else. Immutable.
 *
 * The dead ids of a replica are hashed as a whole and, where there are many, in up to 64 equal sections, so that one deletion
 * missed in a long document costs one section's dead ranges and not all.
 */
export class Version {
  /** @internal */
  readonly parts: ReadonlyMap<ReplicaId, VersionPart>

  /** @internal */
  constructor(parts: ReadonlyMap<ReplicaId, VersionPart>) {
    this.parts = parts
  }

  /** The number of characters known, dead ones included. O(known ranges). */
  get size(): number {
    let size = 0
    for (const { known } of this.parts.values()) {
      for (let i = 0; i < known.length; i += 2) size += known[i + 1] - known[i]
    }
    return size
  }

  /** Whether the character is known, alive or dead. O(ranges known of that replica). */
  has(replica: ReplicaId, seq: number): boolean {
    const part = this.parts.get(replica)
    return part !== undefined && new Intervals([...part.known]).has(seq)
  }
}

/** @internal What a version says of one replica. */
export interface VersionPart {
  /** Known ranges, flat. */
  readonly known: readonly number[]
  /** The hash of the dead ids among them. */
  readonly dead: Readonly<Lanes>
  /** Where there are several sections: the lower lane of each one's hash. A section is 2^shift ids. */
  readonly shift: number
  readonly sections: Int32Array
}

/** That of a copy which has nothing: `doc.updateSince(emptyVersion)` is everything. */
export const emptyVersion: Version = new Version(new Map())

const MAX_SECTIONS = 64
const SMALLEST_SECTION = 10

/** The version of a document. O(living pieces). */
export function versionOf(state: State): Version {
  const parts = new Map<ReplicaId, VersionPart>()
  state.runs.replicas.forEach((id, replica) => {
    const known = state.known[replica]
    if (known.isEmpty) return
    const shift = shiftFor(known.end)
    const sections = sectionsOf(state, replica, known.flat, shift)
    parts.set(id, { known: [...known.flat], dead: { ...state.dead[replica] }, shift, sections })
  })
  return new Version(parts)
}

/** Whether `a` knows every id that `b` knows. O(known ranges of both), times the logarithm of those of `a`. */
export function includes(a: Version, b: Version): boolean {
  for (const [replica, part] of b.parts) {
    const known = new Intervals([...(a.parts.get(replica)?.known ?? [])])
    for (let i = 0; i < part.known.length; i += 2) {
      if (!known.hasAll(part.known[i], part.known[i + 1])) return false
    }
  }
  return true
}

/**
 * What a copy with this version lacks, as ranges of ids of each replica here: all that it does not know, and, where its dead ids
 * are not the same as ours among what both know, our dead ranges there.
 */
export function missingFrom(state: State, version: Version): Map<number, readonly number[]> {
  const missing = new Map<number, readonly number[]>()
  state.runs.replicas.forEach((id, replica) => {
    const known = state.known[replica]
    if (known.isEmpty) return
    const part = version.parts.get(id)
    const ranges = part ? missingPart(state, replica, part) : known.flat
    if (ranges.length > 0) missing.set(replica, ranges)
  })
  return missing
}

function missingPart(state: State, replica: number, part: VersionPart): readonly number[] {
  const theirs = new Intervals([...part.known])
  const missing = new Intervals()
  const common = new Intervals()
  const ours = state.known[replica].flat
  for (let i = 0; i < ours.length; i += 2) {
    theirs.gaps(ours[i], ours[i + 1], (from, to) => missing.add(from, to))
    theirs.overlaps(ours[i], ours[i + 1], (from, to) => common.add(from, to))
  }
  const dead = new Intervals()
  for (const [from, to] of differing(state, replica, common, part)) {
    state.deadIn(replica, from, to, (start, end) => dead.add(start, end))
  }
  missing.addAll(dead.flat)
  return missing.flat
}

/** The ranges, of what both know, in which the dead ids differ. */
function differing(state: State, replica: number, common: Intervals, part: VersionPart): readonly [number, number][] {
  const whole = hashDead(state, replica, common.flat)
  if (whole.low === part.dead.low && whole.high === part.dead.high) return []
  const all: [number, number][] = []
  const inSections: [number, number][] = []
  const sections = sectionsOf(state, replica, common.flat, part.shift)
  for (let i = 0; i < common.flat.length; i += 2) {
    all.push([common.flat[i], common.flat[i + 1]])
    bySection(common.flat[i], common.flat[i + 1], part.shift, (section, from, to) => {
      if ((sections[section] ?? 0) !== (part.sections[section] ?? 0)) inSections.push([from, to])
    })
  }
  return part.sections.length === 0 || inSections.length === 0 ? all : inSections
}

function hashDead(state: State, replica: number, ranges: readonly number[]): Lanes {
  const lanes = { low: 0, high: 0 }
  for (let i = 0; i < ranges.length; i += 2) {
    state.deadIn(replica, ranges[i], ranges[i + 1], (from, to) => addRange(lanes, state.deadSeeds[replica], from, to))
  }
  return lanes
}

/** The sections' hashes; none where one section would hold all. */
function sectionsOf(state: State, replica: number, ranges: readonly number[], shift: number): Int32Array {
  const count = ranges.length === 0 ? 0 : sectionCount(ranges[ranges.length - 1], shift)
  if (count <= 1) return new Int32Array(0)
  const sections = new Int32Array(count)
  const seed = state.deadSeeds[replica]
  for (let i = 0; i < ranges.length; i += 2) {
    state.deadIn(replica, ranges[i], ranges[i + 1], (start, end) => {
      bySection(start, end, shift, (section, from, to) => {
        sections[section] = sections[section] + lowLane(seed, from, to)
      })
    })
  }
  return sections
}

function lowLane(seed: Seed, from: number, to: number): number {
  const lanes = { low: 0, high: 0 }
  addRange(lanes, seed, from, to)
  return lanes.low
}

function bySection(
  from: number,
  to: number,
  shift: number,
  visit: (section: number, from: number, to: number) => void,
): void {
  const size = 2 ** shift
  for (let at = from; at < to; ) {
    const section = Math.floor(at / size)
    const end = Math.min(to, (section + 1) * size)
    visit(section, at, end)
    at = end
  }
}

function shiftFor(end: number): number {
  let shift = SMALLEST_SECTION
  while (sectionCount(end, shift) > MAX_SECTIONS) shift++
  return shift
}

function sectionCount(end: number, shift: number): number {
  return Math.ceil(end / 2 ** shift)
}

/**
 * A version in bytes: the number of replicas; then of each, in the order of their ids: the id (6 bytes), its known ranges (count,
 * then gap and length of each), 8 bytes of hash, and 4 for each section if there are several. Where that is more than `maxBytes`,
 * replicas are left out: who says less of what they have is sent more. O(bytes), and a sort of the replicas.
 */
export function encodeVersion(version: Version, maxBytes: number = Number.POSITIVE_INFINITY): Uint8Array {
  const writer = new Writer(256)
  const parts: Uint8Array[] = []
  let left = maxBytes - MOST_COUNT_BYTES
  for (const replica of [...version.parts.keys()].sort((a, b) => a - b)) {
    const part = encodePart(writer, replica, version.parts.get(replica) as VersionPart)
    if (part.length > left) continue
    left -= part.length
    parts.push(part)
  }
  writer.varint(parts.length)
  for (const part of parts) writer.bytes(part)
  return writer.finish()
}

const MOST_COUNT_BYTES = 8

function encodePart(writer: Writer, replica: ReplicaId, part: VersionPart): Uint8Array {
  writer.replica(replica)
  writer.varint(part.known.length / 2 - 1)
  writeRanges(writer, part.known)
  writer.int32(part.dead.low)
  writer.int32(part.dead.high)
  for (const section of part.sections) writer.int32(section)
  return writer.finish()
}

/** Reads what `encodeVersion` wrote. O(bytes). */
export function decodeVersion(bytes: Uint8Array): Result<Version, DecodeError> {
  return read(bytes, (reader) => {
    const parts = new Map<ReplicaId, VersionPart>()
    const count = reader.varint(reader.left / 17)
    let last = 0
    for (let i = 0; i < count; i++) {
      const replica = reader.replica()
      if (replica <= last) reader.fail('not-canonical', 'Replicas out of order')
      last = replica
      parts.set(replica, readPart(reader))
    }
    return new Version(parts)
  })
}

function readPart(reader: Reader): VersionPart {
  const known = readRanges(reader, reader.varint(reader.left / 2) + 1)
  const at = known[known.length - 1]
  const dead = { low: reader.int32(), high: reader.int32() }
  const shift = shiftFor(at)
  const sections = sectionCount(at, shift)
  return {
    known,
    dead,
    shift,
    sections: Int32Array.from({ length: sections > 1 ? sections : 0 }, () => reader.int32()),
  }
}

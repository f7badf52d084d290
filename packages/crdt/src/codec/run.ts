import { arena } from '../allocate.ts'
import { replicaOfKey, seqOfKey } from '../id-map.ts'
import { type Id, MAX_SEQ, type ReplicaId } from '../ids.ts'
import { LEFT, RIGHT, type Runs, START } from '../runs.ts'
import { FORMAT_VERSION, HAS_DIGIT, HAS_SOURCE, MAX_DEPTH, ON_RIGHT, OTHER_REPLICA, RUN } from './format.ts'
import { Reader } from './reader.ts'
import { Writer } from './writer.ts'

/**
 * The shape RUN: one new run, with its path and all its characters. It is what every jump of the caret costs, so nothing is
 * allocated for the path: the reader checks it in passing and keeps the last two runs. Should the receiver not have the parent,
 * it reads the path again, from the top.
 */
export interface RunStep {
  replica: ReplicaId
  first: number
  anchor: number
  side: number
  digit: number
  source: Id | null
}

/** The new run, and the one above it: replica 0 stands for the start token. */
export interface NewRun extends RunStep {
  parentReplica: number
  parentFirst: number
}

const writer = new Writer(1 << 12)
const path: number[] = []
const listed: number[] = []

/** Writes the update that brings a run with all its characters, which are `text`. O(depth). */
export function encodeRun(runs: Runs, run: number, text: string): Uint8Array {
  let depth = 0
  for (let at = run; at !== START; at = runs.parent[at]) path[depth++] = at
  if (listed.length > 0) listed.length = 0
  writer.byte((FORMAT_VERSION << 5) | RUN)
  writer.varint(depth - 1)
  while (depth > 0) writeStep(runs, path[--depth])
  writer.text(text)
  return writer.finish()
}

function writeStep(runs: Runs, run: number): void {
  const above = runs.parent[run]
  const isOther = runs.replica[run] !== runs.replica[above]
  const source = runs.source.size > 0 ? runs.source.get(run) : undefined
  writer.byte(
    (runs.side[run] === RIGHT ? ON_RIGHT : 0) |
      (runs.digit[run] !== 0 ? HAS_DIGIT : 0) |
      (isOther ? OTHER_REPLICA : 0) |
      (source !== undefined ? HAS_SOURCE : 0),
  )
  writer.varint(runs.anchor[run])
  if (isOther) {
    writeReplica(runs, runs.replica[run])
    writer.varint(runs.first[run])
  } else {
    writer.varint(runs.first[run] - runs.first[above] - runs.anchor[run] - 1)
  }
  if (runs.digit[run] !== 0) writer.zigzag(runs.digit[run])
  if (source !== undefined) {
    writeReplica(runs, replicaOfKey(source))
    writer.varint(seqOfKey(source))
  }
}

/** 0 and the id where a replica is named for the first time, then its number. */
function writeReplica(runs: Runs, replica: number): void {
  const number = listed.indexOf(replica) + 1
  writer.varint(number)
  if (number > 0) return
  writer.replica(runs.replicas[replica])
  listed.push(replica)
}

/** Reads the path, checks it, and answers its end. */
export function readPath(reader: Reader, visit?: (step: RunStep) => void): NewRun {
  const depth = reader.varint(Math.min(MAX_DEPTH - 1, reader.left / 3)) + 1
  const replicas = new Named()
  const step: NewRun = {
    replica: NOBODY,
    first: 0,
    anchor: 0,
    side: RIGHT,
    digit: 0,
    source: null,
    parentReplica: 0,
    parentFirst: 0,
  }
  for (let level = 1; level <= depth; level++) {
    readStep(reader, level, step, replicas)
    visit?.(step)
  }
  return step
}

/** The path of an update of this shape that was read before, from the top. */
export function forEachStep(bytes: Uint8Array, visit: (step: RunStep) => void): void {
  const reader = new Reader(bytes)
  reader.byte()
  readPath(reader, visit)
}

const NOBODY = 0 as ReplicaId
const FLAGS = ON_RIGHT | HAS_DIGIT | OTHER_REPLICA | HAS_SOURCE

function readStep(reader: Reader, level: number, step: NewRun, replicas: Named): void {
  const flags = reader.byte()
  if ((flags & ~FLAGS) !== 0) reader.fail('not-canonical', 'A flag that has no meaning here')
  const anchor = reader.varint(MAX_SEQ)
  step.side = (flags & ON_RIGHT) === 0 ? LEFT : RIGHT
  if (level === 1 && (anchor > 0 || step.side === LEFT))
    reader.fail('not-canonical', 'Only the right of the start token')
  step.parentReplica = step.replica
  step.parentFirst = step.first
  step.anchor = anchor
  if ((flags & OTHER_REPLICA) !== 0) {
    step.replica = readReplica(reader, replicas)
    if (step.replica === step.parentReplica) reader.fail('not-canonical', 'The same replica is no other')
    step.first = reader.varint(MAX_SEQ - 1)
  } else {
    if (level === 1) reader.fail('not-canonical', 'The start token has no replica')
    step.first += anchor + 1 + reader.varint(MAX_SEQ)
    if (step.first >= MAX_SEQ) reader.fail('out-of-range', 'Too many characters of one replica')
  }
  if (!replicas.rises(step.replica, step.first))
    reader.fail('not-canonical', 'A run above one that its replica made before it')
  step.digit = (flags & HAS_DIGIT) === 0 ? 0 : readDigit(reader, level)
  step.source =
    (flags & HAS_SOURCE) === 0 ? null : { replica: readReplica(reader, replicas), seq: reader.varint(MAX_SEQ - 1) }
}

export function readDigit(reader: Reader, depth: number): number {
  const digit = reader.zigzag()
  if (digit === 0) reader.fail('not-canonical', 'A digit that goes without saying')
  if (Math.abs(digit) > arena(depth)) reader.fail('out-of-range', 'A digit outside the arena of its depth')
  return digit
}

/** The replicas that a path has named, in that order. */
class Named {
  readonly list: ReplicaId[] = []
  /** The first seq of the last run of each on the path. What hangs on a run was made after it. */
  private readonly firsts: number[] = []
  private latest = 0
  /** Made where there are many, so that a hostile path is still read in linear time. */
  private set: Set<ReplicaId> | null = null

  /** Notes the next run of the path; false if the last one of its replica was not made before it. */
  rises(replica: ReplicaId, first: number): boolean {
    const at = this.list[this.latest] === replica ? this.latest : this.list.indexOf(replica)
    this.latest = at
    const before = this.firsts[at] ?? -1
    this.firsts[at] = first
    return before < first
  }

  /** False if it was there before. */
  add(replica: ReplicaId): boolean {
    if (this.list.length === 32) this.set = new Set(this.list)
    if (this.set ? this.set.has(replica) : this.list.includes(replica)) return false
    this.list.push(replica)
    this.set?.add(replica)
    return true
  }
}

function readReplica(reader: Reader, replicas: Named): ReplicaId {
  const number = reader.varint(replicas.list.length)
  if (number > 0) return replicas.list[number - 1]
  const replica = reader.replica()
  if (!replicas.add(replica)) reader.fail('not-canonical', 'A replica named twice')
  return replica
}

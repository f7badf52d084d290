import { IdMap, keyOf } from './id-map.ts'
import type { ReplicaId } from './ids.ts'
import { widened } from './tree.ts'

/**
 * The runs of a document: who typed them, and where they hang.
 *
 * A run is a stretch of characters that one replica inserted one after another, with consecutive seqs. They share everything in
 * their key but the last offset (block-wise identifiers: André et al. 2013, LogootSplit; Elvinger 2020). A run hangs on one
 * character of its parent run, on the left or on the right of it, with a digit that orders it among its siblings there. Its key
 * is the path from the start token to it, and is written down nowhere: the parents are it.
 *
 * Run 0 is the start token, one character long. Everything else hangs on its right; the end token is what comes after all that.
 *
 * Only Doc changes runs.
 */
export const START = 0
export const LEFT = 0
export const RIGHT = 1

/** Instead of the number of its pieces: the run has been forgotten. */
const GONE = -1

export class Runs {
  /** Of each run: its replica's index, its first seq, its parent, the offset of the anchor character there, side, digit, depth. */
  replica: Int32Array
  first: Int32Array
  parent: Int32Array
  anchor: Int32Array
  side: Int32Array
  digit: Int32Array
  depth: Int32Array
  /** Why a run must be kept: pieces of it in the tree, and runs that hang on it. */
  pieces: Int32Array
  children: Int32Array
  /** The greatest depth that any run ever had. */
  deepest = 0
  /** How often a run was removed: then its place may be another's. */
  removals = 0
  /**
   * Updates made here whose bytes nobody has asked for yet. While there are any, the places of forgotten runs are not used again,
   * so that the path to any run can still be written down.
   */
  untold = 0
  /** Where the text of a run was copied from: the id key of its first character's source. */
  readonly source: Map<number, number> = new Map()
  private byFirst: IdMap = new IdMap()
  private free: number[] = []
  private used = 1

  /** The replicas by their index, and back. */
  readonly replicas: ReplicaId[] = []
  /** Of each replica, the greatest seq that any run of it ever began with, or that any run ever hung on. */
  private readonly latest: number[] = []
  private readonly indexes = new Map<ReplicaId, number>()
  private lastReplica = 0
  private lastIndex = -1

  constructor(capacity = 16) {
    this.replica = new Int32Array(capacity)
    this.first = new Int32Array(capacity)
    this.parent = new Int32Array(capacity)
    this.anchor = new Int32Array(capacity)
    this.side = new Int32Array(capacity)
    this.digit = new Int32Array(capacity)
    this.depth = new Int32Array(capacity)
    this.pieces = new Int32Array(capacity)
    this.children = new Int32Array(capacity)
    this.replica[START] = -1
    this.parent[START] = -1
  }

  /** The number of places for runs in use, freed ones included. */
  get end(): number {
    return this.used
  }

  /** Whether there has never been a run. */
  get isEmpty(): boolean {
    return this.used === 1
  }

  indexOf(replica: ReplicaId): number {
    return this.indexes.get(replica) ?? -1
  }

  /** The index of a replica, a new one if need be. */
  learn(replica: ReplicaId): number {
    if (replica === this.lastReplica) return this.lastIndex
    let index = this.indexes.get(replica)
    if (index === undefined) {
      index = this.replicas.push(replica) - 1
      this.latest.push(-1)
      this.indexes.set(replica, index)
    }
    this.lastReplica = replica
    this.lastIndex = index
    return index
  }

  /** Whether a run that begins with this character begins after all others of its replica, and after all that any run hangs on. */
  isLast(replica: number, first: number): boolean {
    return first > this.latest[replica]
  }

  /** The run that begins with this character, or −1. Nothing is looked up for one that begins after all others of its replica. */
  startingAt(replica: number, first: number): number {
    if (this.isLast(replica, first)) return -1
    return this.byFirst.get(keyOf(replica, first))
  }

  /** The run before and the run after this one among those of its replica, by seq; −1 where there is none. */
  before(run: number): number {
    const found = this.byFirst.floor(keyOf(this.replica[run], this.first[run]) - 1)
    return found >= 0 && this.replica[found] === this.replica[run] ? found : -1
  }

  after(run: number): number {
    const found = this.byFirst.ceiling(keyOf(this.replica[run], this.first[run]) + 1)
    return found >= 0 && this.replica[found] === this.replica[run] ? found : -1
  }

  /** The run of a replica with the greatest first seq, or −1. */
  newestOf(replica: number): number {
    const found = this.byFirst.floor(keyOf(replica + 1, 0) - 1)
    return found >= 0 && this.replica[found] === replica ? found : -1
  }

  add(replica: number, first: number, parent: number, anchor: number, side: number, digit: number): number {
    const run = this.put(replica, first, parent, anchor, side, digit)
    this.byFirst.add(keyOf(replica, first), run)
    return run
  }

  /** As `add`, for many at once: `indexAll` must follow before anything is looked up. */
  put(replica: number, first: number, parent: number, anchor: number, side: number, digit: number): number {
    const run = (this.untold === 0 ? this.free.pop() : undefined) ?? this.used++
    if (run >= this.replica.length) this.widen()
    this.replica[run] = replica
    this.first[run] = first
    this.parent[run] = parent
    this.anchor[run] = anchor
    this.side[run] = side
    this.digit[run] = digit
    this.reach(replica, first)
    if (parent !== START) this.reach(this.replica[parent], this.first[parent] + anchor)
    const depth = this.depth[parent] + 1
    this.depth[run] = depth
    if (depth > this.deepest) this.deepest = depth
    this.pieces[run] = 0
    this.children[run] = 0
    if (this.source.size > 0) this.source.delete(run)
    this.children[parent]++
    return run
  }

  isGone(run: number): boolean {
    return this.pieces[run] === GONE
  }

  /** Makes the runs found by their ids, after they were `put`: `keys` in rising order, with the run of each. */
  indexAll(keys: Float64Array, runs: Int32Array): void {
    this.byFirst = IdMap.from(keys, runs)
  }

  remove(run: number): void {
    this.removals++
    this.byFirst.delete(keyOf(this.replica[run], this.first[run]))
    this.children[this.parent[run]]--
    if (this.untold === 0) this.source.delete(run)
    this.pieces[run] = GONE
    this.free.push(run)
  }

  /** Calls `visit` for each run but the start token, in no special order. */
  forEach(visit: (run: number) => void): void {
    for (let run = 1; run < this.used; run++) if (!this.isGone(run)) visit(run)
  }

  private reach(replica: number, seq: number): void {
    if (this.isLast(replica, seq)) this.latest[replica] = seq
  }

  private widen(): void {
    const capacity = this.replica.length * 2
    this.replica = widened(this.replica, capacity)
    this.first = widened(this.first, capacity)
    this.parent = widened(this.parent, capacity)
    this.anchor = widened(this.anchor, capacity)
    this.side = widened(this.side, capacity)
    this.digit = widened(this.digit, capacity)
    this.depth = widened(this.depth, capacity)
    this.pieces = widened(this.pieces, capacity)
    this.children = widened(this.children, capacity)
  }
}

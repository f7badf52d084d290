import { arena } from './allocate.ts'
import { MAX_DEPTH } from './codec/format.ts'
import { addRange, hex, type Lanes, type Seed, seedOf, takeRange } from './hash.ts'
import { IdMap, keyOf } from './id-map.ts'
import type { Incarnation, ReplicaId } from './ids.ts'
import { Intervals } from './intervals.ts'
import { ancestorAt, Path, roomBefore } from './key.ts'
import { RIGHT, Runs, START } from './runs.ts'
import { PieceTree } from './tree.ts'

/** The text of so many dead characters is kept, and of as many as live: then it is worth the while to move the rest together. */
const MOST_DEAD = 65536

/**
 * Everything a document is made of, and the few steps that change it.
 *
 * Its simple twin is two grow-only sets: inserted characters with their keys, and deleted ids. Here the living characters stand
 * in a tree, in order, and in a map, by id; of the dead nothing is left but that they are known and not alive. All known ids of
 * a replica are intervals, mostly one; its dead ones are the gaps between its living pieces.
 *
 * A run is kept while a living character or another run needs it, and while a character of it may still be unknown to us: its
 * author can go on typing after all of it was deleted elsewhere, and says then only "the next character of that run".
 *
 * Doc is the only one to hold a State.
 */
export class State {
  readonly incarnation: Incarnation
  runs: Runs
  tree: PieceTree
  /** The piece that begins with an id. */
  pieceAt: IdMap = new IdMap()
  /** Of each replica, by its index: known ids; the hash of its dead ones; seeds. */
  readonly known: Intervals[] = []
  readonly dead: Lanes[] = []
  readonly deadSeeds: Seed[] = []
  private readonly knownSeeds: Seed[] = []
  /** Of each replica: what its known ids count in `all`, brought up to date by `stateHash` where `changed` says so. */
  private readonly knownHashes: Lanes[] = []
  private readonly changed: number[] = []
  private readonly isChanged: boolean[] = []
  private readonly all: Lanes = { low: 0, high: 0 }

  /** The text of the pieces, in the order it came. */
  units: Uint16Array
  unitsEnd: number
  /** Whether any of that text ever had half of a surrogate pair: where not, no edit can split one. */
  hasSurrogates: boolean

  /** Where to note the runs that may be due to be forgotten, while a merge still needs all that it has looked up. */
  due: number[] | null = null
  /** Where to note the runs that are made, while anything waits for one. */
  made: number[] | null = null
  /** To the character that `seek` looks for. */
  private readonly path = new Path()

  /** The last answer of `canExtend`: run `tipLeft` can be extended before run `tipRight`. */
  private tipLeft = -1
  private tipRight = -1

  constructor(
    incarnation: Incarnation,
    runs: Runs = new Runs(),
    tree: PieceTree = new PieceTree(),
    units?: Uint16Array,
  ) {
    this.incarnation = incarnation
    this.runs = runs
    this.tree = tree
    this.units = units ?? new Uint16Array(32)
    this.unitsEnd = units?.length ?? 0
    this.hasSurrogates = hasSurrogates(this.units, 0, this.unitsEnd)
    for (const replica of runs.replicas) this.start(replica)
  }

  /** Whether nothing has ever come here. */
  get isBlank(): boolean {
    return this.runs.isEmpty && this.known.every((known) => known.isEmpty)
  }

  /** The index of a replica, known from now on. */
  learn(replica: ReplicaId): number {
    const index = this.runs.learn(replica)
    if (index === this.known.length) this.start(replica)
    return index
  }

  know(replica: number, from: number, to: number): void {
    this.known[replica].add(from, to)
    this.noteChanged(replica)
  }

  /** As `know`, for many ranges: flat and rising. */
  knowAll(replica: number, ranges: readonly number[]): void {
    this.known[replica].addAll(ranges)
    this.noteChanged(replica)
  }

  /** Counts ids as dead in the hashes. They must be known, and not have been counted. */
  countDead(replica: number, from: number, to: number): void {
    const seed = this.deadSeeds[replica]
    addRange(this.dead[replica], seed, from, to)
    addRange(this.all, seed, from, to)
  }

  /** The reverse of `countDead`, for a loader that counts all as dead first. */
  countLiving(replica: number, from: number, to: number): void {
    const seed = this.deadSeeds[replica]
    takeRange(this.dead[replica], seed, from, to)
    takeRange(this.all, seed, from, to)
  }

  stateHash(): string {
    for (const replica of this.changed) {
      this.isChanged[replica] = false
      const fresh: Lanes = { low: 0, high: 0 }
      const ends = this.known[replica].flat
      for (let i = 0; i < ends.length; i += 2) addRange(fresh, this.knownSeeds[replica], ends[i], ends[i + 1])
      const old = this.knownHashes[replica]
      this.all.low = (this.all.low + fresh.low - old.low) | 0
      this.all.high = (this.all.high + fresh.high - old.high) | 0
      this.knownHashes[replica] = fresh
    }
    this.changed.length = 0
    return hex(this.all)
  }

  /** The living piece with this character, or −1. */
  pieceWith(replica: number, seq: number): number {
    const piece = this.pieceAt.floor(keyOf(replica, seq))
    if (piece < 0 || seq >= this.tree.seq[piece] + this.tree.size[piece]) return -1
    return this.runs.replica[this.tree.run[piece]] === replica ? piece : -1
  }

  /** Calls `visit` for the living stretches of ids [from, to) of a replica, in order: the piece, and which of its ids. */
  living(replica: number, from: number, to: number, visit: (piece: number, from: number, to: number) => void): void {
    if (from >= to) return
    const { tree, runs } = this
    let piece = this.pieceAt.floor(keyOf(replica, from))
    if (piece < 0 || runs.replica[tree.run[piece]] !== replica || tree.seq[piece] + tree.size[piece] <= from) {
      piece = this.pieceAt.next()
    }
    while (piece >= 0 && tree.seq[piece] < to && runs.replica[tree.run[piece]] === replica) {
      const end = tree.seq[piece] + tree.size[piece]
      visit(piece, Math.max(from, tree.seq[piece]), Math.min(to, end))
      piece = this.pieceAt.next()
    }
  }

  /** Calls `visit` for the dead ranges of [from, to), all of which must be known. */
  deadIn(replica: number, from: number, to: number, visit: (from: number, to: number) => void): void {
    let at = from
    this.living(replica, from, to, (_, start, end) => {
      if (at < start) visit(at, start)
      at = end
    })
    if (at < to) visit(at, to)
  }

  /** Puts text into the arena and answers where it begins. */
  store(text: string): number {
    const length = text.length
    if (this.unitsEnd + length > this.units.length) this.widenText(length)
    const { units, unitsEnd: at } = this
    let surrogates = 0
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      units[at + i] = unit
      if ((unit & 0xf800) === 0xd800) surrogates++
    }
    if (surrogates > 0) this.hasSurrogates = true
    this.unitsEnd = at + length
    return at
  }

  storeUnits(source: Uint16Array, from: number, to: number): number {
    if (this.unitsEnd + to - from > this.units.length) this.widenText(to - from)
    const at = this.unitsEnd
    this.units.set(source.subarray(from, to), at)
    this.hasSurrogates ||= hasSurrogates(source, from, to)
    this.unitsEnd = at + to - from
    return at
  }

  /** Whether the next characters of run `left` would stand before the first character of run `right` (−1: the end). */
  canExtend(left: number, right: number): boolean {
    if (left === this.tipLeft && right === this.tipRight) return true
    if (right >= 0 && ancestorAt(this.runs, right, this.runs.depth[left]) === left) return false
    this.tipLeft = left
    this.tipRight = right
    return true
  }

  /**
   * Puts `size` characters of a run, from `seq`, into the tree behind the tree's place, after `offset` characters of the piece
   * there; at the very front if there is no place. They must stand side by side there and be unknown so far.
   */
  insertHere(run: number, seq: number, size: number, text: number, offset: number): void {
    const { tree } = this
    if (tree.leafAt < 0 || tree.length === 0) {
      tree.first()
      tree.insert(this.piece(run, seq, size, text), false)
      return
    }
    const left = tree.piece
    if (offset < tree.size[left]) {
      this.cut(offset)
    } else if (tree.run[left] === run && tree.seq[left] + offset === seq && tree.text[left] + offset === text) {
      tree.resize(size)
      return
    }
    tree.insert(this.piece(run, seq, size, text), true)
  }

  /**
   * Puts characters of a run where their keys say, in as many stretches as what hangs between them demands. They must be
   * unknown so far. Answers the index, or −1 where there are several. O(log n) comparisons of O(depth) each.
   */
  insertByKey(run: number, seq: number, size: number, text: number): number {
    const { tree } = this
    const first = this.runs.first[run]
    let index = -2
    while (size > 0) {
      const offset = this.seek(run, seq - first)
      const stretch = Math.min(size, this.roomBefore(run, seq - first, this.nextRun(offset)))
      index = index === -2 ? (tree.leafAt < 0 || tree.length === 0 ? 0 : tree.startAt + offset) : -1
      this.insertHere(run, seq, stretch, text, offset)
      seq += stretch
      size -= stretch
      text += stretch
    }
    return index
  }

  /** Goes to the last piece with a character before character `offset` of `run`; answers how many of its characters are. */
  seek(run: number, offset: number): number {
    const { tree, runs, path } = this
    path.set(runs, run, offset)
    if (tree.length === 0 || !this.seekNear(run, offset)) {
      if (!tree.findLast((piece) => this.startsBefore(piece))) return 0
    }
    const piece = tree.piece
    const host = tree.run[piece]
    return path.charactersBefore(runs, host, tree.seq[piece] - runs.first[host], tree.size[piece])
  }

  /** Whether a piece begins before the character that `path` leads to. */
  private startsBefore(piece: number): boolean {
    const { tree, runs } = this
    const host = tree.run[piece]
    return this.path.compareWith(runs, host, tree.seq[piece] - runs.first[host]) < 0
  }

  /** Takes `size` characters out, from `offset` of the place's piece. There may be no place afterwards. */
  removeHere(offset: number, size: number): void {
    const { tree, runs } = this
    const piece = tree.piece
    const run = tree.run[piece]
    const seq = tree.seq[piece]
    this.countDead(runs.replica[run], seq + offset, seq + offset + size)
    if (size === tree.size[piece]) {
      this.pieceAt.delete(keyOf(runs.replica[run], seq))
      tree.remove()
      runs.pieces[run]--
      this.forget(run)
    } else if (offset === 0) {
      this.pieceAt.rename(keyOf(runs.replica[run], seq), keyOf(runs.replica[run], seq + size))
      tree.seq[piece] += size
      tree.text[piece] += size
      tree.resize(-size)
    } else {
      if (offset + size < tree.size[piece]) this.cut(offset + size)
      tree.resize(-size)
    }
    if (this.unitsEnd > 2 * tree.length + MOST_DEAD) this.compactText()
  }

  /** Forgets a run that nothing needs, and the runs above it that nothing needs then. */
  forget(run: number): void {
    const { runs } = this
    while (run !== START && runs.pieces[run] === 0 && runs.children[run] === 0 && this.isComplete(run)) {
      const parent = runs.parent[run]
      runs.remove(run)
      this.tipLeft = -1
      run = parent
    }
  }

  /**
   * Whether a run with this place can be written down again: its depth is allowed and has such a digit, and no run above it, nor the
   * character it hangs on if that is of its replica, came after it. O(1) for a run that is its replica's last, else O(depth).
   */
  canHang(replica: number, first: number, parent: number, anchor: number, digit: number): boolean {
    const { runs } = this
    const depth = runs.depth[parent] + 1
    if (depth > MAX_DEPTH || Math.abs(digit) > arena(depth)) return false
    if (runs.isLast(replica, first)) return true
    let above = parent
    while (above !== START && runs.replica[above] !== replica) above = runs.parent[above]
    return above === START || runs.first[above] + (above === parent ? anchor : 0) < first
  }

  /**
   * Makes a run; −1 where it cannot hang. That takes a writer who has said two things of one run, so that a path that was right for
   * its sender leads elsewhere here.
   */
  addRun(replica: number, first: number, parent: number, anchor: number, side: number, digit: number): number {
    if (!this.canHang(replica, first, parent, anchor, digit)) return -1
    const run = this.runs.add(replica, first, parent, anchor, side, digit)
    if (this.made !== null) this.made.push(run)
    const before = this.runs.before(run)
    if (before >= 0) {
      if (this.due === null) this.forget(before)
      else this.due.push(before)
    }
    return run
  }

  /** The text in order, of the characters [from, to). */
  gather(from: number, to: number): Uint16Array {
    const { tree, units } = this
    const text = new Uint16Array(to - from)
    if (from === to) return text
    let piece = tree.find(from)
    let skip = from - tree.startAt
    for (let at = 0; ; skip = 0) {
      const start = tree.text[piece] + skip
      const size = Math.min(tree.size[piece] - skip, text.length - at)
      if (size < 16) for (let i = 0; i < size; i++) text[at + i] = units[start + i]
      else text.set(units.subarray(start, start + size), at)
      at += size
      if (at === text.length) return text
      piece = tree.next()
    }
  }

  /** The UTF-16 unit at an index. */
  unitAt(index: number): number {
    const piece = this.tree.find(index)
    return this.units[this.tree.text[piece] + index - this.tree.startAt]
  }

  private noteChanged(replica: number): void {
    if (this.isChanged[replica]) return
    this.isChanged[replica] = true
    this.changed.push(replica)
  }

  private start(replica: ReplicaId): void {
    this.known.push(new Intervals())
    this.dead.push({ low: 0, high: 0 })
    this.deadSeeds.push(seedOf(replica, 'dead'))
    this.knownSeeds.push(seedOf(replica, 'known'))
    this.knownHashes.push({ low: 0, high: 0 })
    this.isChanged.push(false)
  }

  private piece(run: number, seq: number, size: number, text: number): number {
    const piece = this.tree.newPiece(run, seq, size, text)
    this.pieceAt.add(keyOf(this.runs.replica[run], seq), piece)
    this.runs.pieces[run]++
    return piece
  }

  /** Makes two pieces of the place's, the first `offset` long; the place stays at that one. */
  private cut(offset: number): void {
    const { tree } = this
    const piece = tree.piece
    const startAt = tree.startAt
    const rest = tree.size[piece] - offset
    tree.resize(-rest)
    tree.insert(this.piece(tree.run[piece], tree.seq[piece] + offset, rest, tree.text[piece] + offset), true)
    // A piece put in behind another stands in the same leaf, whether it was split or not.
    tree.slotAt--
    tree.startAt = startAt
  }

  /** Whether no unknown character can belong to this run: all ids up to the next run's first one are known. */
  isComplete(run: number): boolean {
    const next = this.runs.after(run)
    return next >= 0 && this.known[this.runs.replica[run]].hasAll(this.runs.first[run], this.runs.first[next])
  }

  /**
   * Tries where the last change was, then where the character before or the anchor character stands: most text goes there. Not,
   * where a digit tells that the run is one of several at its anchor.
   */
  private seekNear(run: number, offset: number): boolean {
    const { tree, runs } = this
    if (tree.leafAt >= 0 && this.belongsHere()) return true
    const onRun = offset > 0
    const host = onRun ? run : runs.parent[run]
    if (host === START || (!onRun && runs.digit[run] !== 0)) return false
    const seq = runs.first[host] + (onRun ? offset - 1 : runs.anchor[run])
    const piece = this.pieceWith(runs.replica[host], seq)
    if (piece < 0) return false
    tree.goTo(piece)
    if (!onRun && runs.side[run] !== RIGHT && seq === tree.seq[piece]) return false
    return this.belongsHere()
  }

  /** Whether the place's piece begins before that character, and the next piece after it. */
  private belongsHere(): boolean {
    const next = this.tree.peekNext()
    return this.startsBefore(this.tree.piece) && (next < 0 || !this.startsBefore(next))
  }

  /** The piece with the first character after `offset` characters of the place's piece; −1 at the end. */
  private nextRun(offset: number): number {
    const { tree } = this
    if (tree.length === 0) return -1
    if (tree.leafAt < 0) return tree.firstPiece()
    return offset < tree.size[tree.piece] ? tree.piece : tree.peekNext()
  }

  /** How many characters of a run, from `offset`, stand before the piece `next`, whose characters stand after the first of them. */
  private roomBefore(run: number, offset: number, next: number): number {
    if (next < 0) return Number.MAX_SAFE_INTEGER
    const { tree, runs } = this
    const other = tree.run[next]
    return roomBefore(runs, run, offset, other, tree.seq[next] - runs.first[other])
  }

  private widenText(by: number): void {
    const need = this.unitsEnd + by
    const wider = new Uint16Array(need + (need >> 2) + 32)
    wider.set(this.units.subarray(0, this.unitsEnd))
    this.units = wider
  }

  /** Leaves the dead text behind. O(n), after more characters than that have died. */
  private compactText(): void {
    const { tree, units } = this
    const living = new Uint16Array(tree.length + (tree.length >> 2) + 32)
    let at = 0
    tree.forEach((piece) => {
      living.set(units.subarray(tree.text[piece], tree.text[piece] + tree.size[piece]), at)
      tree.text[piece] = at
      at += tree.size[piece]
    })
    this.units = living
    this.unitsEnd = at
  }
}

function hasSurrogates(units: Uint16Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((units[i] & 0xf800) === 0xd800) return true
  return false
}

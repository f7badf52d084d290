import { allocate, type Place } from './allocate.ts'
import type { Key } from './anchor.ts'
import { type Coverage, encodeColumns } from './codec/encode.ts'
import { COLUMNS, MAX_DEPTH, MOST_PARTS, RUN } from './codec/format.ts'
import { encodeRun } from './codec/run.ts'
import { type Edit, isWithin } from './edit.ts'
import { keyOf } from './id-map.ts'
import { MAX_SEQ, type ReplicaId, replicaId } from './ids.ts'
import { Intervals } from './intervals.ts'
import { atKey } from './places.ts'
import { RIGHT, START } from './runs.ts'
import type { State } from './state.ts'
import { deletion, encoded, newRun, type RunEncoder, several, typing, type Update } from './update.ts'

/** Text that comes back. `at` is the key of its original, on which it is hung, so that it stands where that stood. @internal */
export interface Restoration extends Edit {
  readonly at?: Key
}

/**
 * The one who edits through a copy: checks edits, gives what they insert ids and places, and makes the updates that tell of it.
 * Changes the State it was given, as Doc does with what comes from others.
 */
export class Author implements RunEncoder {
  private readonly replica: ReplicaId
  private readonly state: State
  private readonly me: number
  private readonly place: Place = { parent: START, anchor: 0, side: RIGHT, digit: 0 }
  /** My newest run, if I may still extend it. */
  private newest = -1
  /** What the edit under way deleted, flat, up to `deletedEnd`: replica, from, to. And whether it went on with my newest run. */
  private readonly deleted: number[] = []
  private deletedEnd = 0
  private extended = false

  constructor(replica: ReplicaId, state: State) {
    this.replica = replica
    this.state = state
    this.me = state.learn(replica)
  }

  /** One past the last seq I know of mine. */
  get end(): number {
    return this.state.known[this.me].end
  }

  /** Extends no run that was begun before: others have told of what is mine. */
  beginAnew(): void {
    this.newest = -1
  }

  /** See Doc.edit. */
  edit(edits: readonly Edit[]): Update {
    this.check(edits)
    return this.restore(edits)
  }

  /** As `edit`, of what was in the text: half a pair comes back, or goes, as what it is. */
  restore(edits: readonly Restoration[]): Update {
    this.checkRoom(edits)
    const { state, me, deleted } = this
    const seq = state.known[me].end
    this.deletedEnd = 0
    if (edits.length === 1) {
      const edit = edits[0]
      const { from, to, insert } = edit
      if (to > from) this.remove(from, to)
      if (insert !== '') this.insertCopy(from, edit)
      if (this.deletedEnd === 0 && insert !== '') return this.insertion(insert, seq)
      if (this.deletedEnd === 3 && insert === '')
        return deletion(state.runs.replicas[deleted[0]], deleted[1], deleted[2])
      return this.updateOf(seq, insert === '' ? [] : [this.insertion(insert, seq)])
    }
    const inserted: Update[] = []
    let shift = 0
    for (const edit of edits) {
      const { from, to, insert } = edit
      if (to > from) this.remove(from + shift, to + shift)
      if (insert !== '') {
        const first = state.known[me].end
        this.insertCopy(from + shift, edit)
        inserted.push(this.insertion(insert, first))
      }
      shift += insert.length - (to - from)
    }
    return this.updateOf(seq, inserted)
  }

  private check(edits: readonly Edit[]): void {
    let end = 0
    for (const { from, to, insert, source } of edits) {
      if (from < end || !isWithin(from, to, this.state.tree.length)) {
        throw new RangeError(
          `Cannot replace [${from}, ${to}): the text has ${this.state.tree.length} characters, and edits rise from ${end}`,
        )
      }
      if (this.state.hasSurrogates && (this.splitsPair(from) || (to > from && this.splitsPair(to)))) {
        throw new RangeError(`Cannot replace [${from}, ${to}): it begins or ends inside a surrogate pair`)
      }
      if (hasUnpaired(insert)) throw new RangeError('Cannot insert half of a surrogate pair')
      if (source && !isWithin(source.seq, MAX_SEQ - 1, MAX_SEQ)) throw new RangeError('A seq outside its limits')
      if (source) replicaId(source.replica)
      end = to
    }
  }

  private checkRoom(edits: readonly Edit[]): void {
    const { runs, known } = this.state
    const { end: seq } = known[this.me]
    if (runs.deepest >= MAX_DEPTH || !runs.isLast(this.me, seq)) this.checkPlaces(edits, seq)
    let inserted = 0
    for (const { insert } of edits) inserted += insert.length
    if (seq + inserted > MAX_SEQ) {
      throw new RangeError(`A replica inserts at most ${MAX_SEQ} characters`)
    }
  }

  /**
   * Where a document is as deep as it may be, or where somebody has named characters of mine before I typed them, text may have no
   * place between two characters. It has none at all where a document was loaded in which the next run of mine is there already.
   */
  private checkPlaces(edits: readonly Edit[], seq: number): void {
    const { state, me, place } = this
    const newest = state.runs.newestOf(me)
    const isTaken = newest >= 0 && state.runs.first[newest] >= seq
    for (const { from, to, insert } of edits) {
      if (insert === '') continue
      const [left, leftOffset] = from === 0 ? [START, 0] : this.characterAt(from - 1)
      const [right, rightOffset] = to === this.state.tree.length ? [-1, 0] : this.characterAt(to)
      allocate(state.runs, me, MAX_SEQ, left, leftOffset, right, rightOffset, place)
      if (isTaken || !state.canHang(me, seq, place.parent, place.anchor, place.digit)) {
        throw new RangeError(`Cannot insert at ${from}: no run of this replica can hang there`)
      }
    }
  }

  private characterAt(index: number): readonly [run: number, offset: number] {
    const { tree, runs } = this.state
    const piece = tree.find(index)
    return [tree.run[piece], tree.seq[piece] + index - tree.startAt - runs.first[tree.run[piece]]]
  }

  private splitsPair(index: number): boolean {
    if (index === 0 || index === this.state.tree.length) return false
    const { state } = this
    return isHigh(state.unitAt(index - 1)) && isLow(state.unitAt(index))
  }

  /** A copy has a run of its own, which is never extended: what is typed after it is no copy. */
  private insertCopy(index: number, { insert, source, at }: Restoration): void {
    if (source === undefined) return this.insert(index, insert)
    const { state, me } = this
    const seq = state.known[me].end
    this.newest = -1
    const run = at ? atKey(state, at, me, seq) : -1
    if (run >= 0) {
      state.insertByKey(run, seq, insert.length, state.store(insert))
      state.know(me, seq, seq + insert.length)
    } else {
      this.insert(index, insert)
    }
    state.runs.source.set(state.runs.startingAt(me, seq), keyOf(state.learn(source.replica), source.seq))
    this.newest = -1
    this.extended = false
  }

  private insert(index: number, text: string): void {
    const { state, me, place } = this
    const { tree, runs } = state
    const seq = state.known[me].end
    let left = START
    let leftOffset = 0
    let offset = 0
    let next = -1
    if (index > 0) {
      const piece = tree.find(index - 1)
      offset = index - tree.startAt
      left = tree.run[piece]
      leftOffset = tree.seq[piece] + offset - 1 - runs.first[left]
      next = offset < tree.size[piece] ? piece : tree.peekNext()
    } else {
      tree.leafAt = -1
      next = tree.firstPiece()
    }
    const right = next < 0 ? -1 : tree.run[next]
    let run = this.newest
    this.extended = left === run && state.canExtend(left, right)
    if (!this.extended) {
      const rightOffset = next < 0 ? 0 : tree.seq[next] - runs.first[right]
      allocate(runs, me, seq, left, leftOffset, right, rightOffset, place)
      run = state.addRun(me, seq, place.parent, place.anchor, place.side, place.digit)
      this.newest = run
    }
    state.insertHere(run, seq, text.length, state.store(text), offset)
    state.know(me, seq, seq + text.length)
  }

  private remove(from: number, to: number): void {
    const { tree, runs } = this.state
    for (let left = to - from; left > 0; ) {
      const piece = tree.find(from)
      const offset = from - tree.startAt
      const size = Math.min(left, tree.size[piece] - offset)
      const seq = tree.seq[piece] + offset
      const { deleted } = this
      deleted[this.deletedEnd++] = runs.replica[tree.run[piece]]
      deleted[this.deletedEnd++] = seq
      deleted[this.deletedEnd++] = seq + size
      this.state.removeHere(offset, size)
      left -= size
    }
  }

  /** The update of edits that inserted my ids from `from` on, as `inserted` tells, and deleted what `deleted` says. */
  private updateOf(from: number, inserted: readonly Update[]): Update {
    const { state, me } = this
    const coverage = this.deletedIds()
    const parts = [...deletionsOf(coverage, state.runs.replicas), ...inserted]
    if (parts.length === 1) return parts[0]
    if (parts.length > 1 && parts.length <= MOST_PARTS) return several(parts)
    for (const { shape } of inserted) if (shape === RUN) state.runs.untold--
    const to = state.known[me].end
    if (to > from) getOrMake(coverage, me).add(from, to)
    return encoded(encodeColumns(state, flat(coverage), COLUMNS))
  }

  private deletedIds(): Map<number, Intervals> {
    const { deleted } = this
    const ids = new Map<number, Intervals>()
    for (let i = 0; i < this.deletedEnd; i += 3) getOrMake(ids, deleted[i]).add(deleted[i + 1], deleted[i + 2])
    return ids
  }

  /** The update that tells of my text from id `from` on, which was just inserted. */
  private insertion(text: string, from: number): Update {
    const { state, me } = this
    if (this.extended) return typing(this.replica, from, from - state.runs.first[this.newest], text)
    state.runs.untold++
    return newRun(this.replica, from, text, this, this.newest < 0 ? state.runs.startingAt(me, from) : this.newest)
  }

  /** The bytes of an update that was answered before; once for each. The run may be forgotten by now, its place is not used. @internal */
  encodeRun(run: number, text: string): Uint8Array {
    const { runs } = this.state
    runs.untold--
    return encodeRun(runs, run, text)
  }
}

/** What a map has under a key: an empty set, if there is nothing yet. */
export function getOrMake<K>(ids: Map<K, Intervals>, key: K): Intervals {
  const there = ids.get(key)
  if (there) return there
  const made = new Intervals()
  ids.set(key, made)
  return made
}

function flat(ids: ReadonlyMap<number, Intervals>): Coverage {
  return new Map([...ids].map(([replica, ranges]) => [replica, ranges.flat]))
}

/** In the order of replica ids. */
function deletionsOf(ids: ReadonlyMap<number, Intervals>, replicas: readonly ReplicaId[]): readonly Update[] {
  const deletions: Update[] = []
  for (const [replica, { flat }] of ids) {
    for (let at = 0; at < flat.length; at += 2) deletions.push(deletion(replicas[replica], flat[at], flat[at + 1]))
  }
  return deletions.sort((a, b) => a.replica - b.replica || a.from - b.from)
}

function hasUnpaired(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0xd800 || unit > 0xdfff) continue
    if (isLow(unit) || !isLow(text.charCodeAt(i + 1))) return true
    i++
  }
  return false
}

function isHigh(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}

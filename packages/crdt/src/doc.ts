import type { Anchor } from './anchor.ts'
import { Author, type Restoration } from './author.ts'
import { Changes } from './changes.ts'
import { encodeColumns } from './codec/encode.ts'
import { COLUMNS, DELETION, RUN, SEVERAL, STATE, TYPING } from './codec/format.ts'
import type { Columns } from './codec/read-columns.ts'
import { type DecodeError, stringOf } from './codec/reader.ts'
import { forEachStep, type NewRun, type RunStep } from './codec/run.ts'
import { composeEdits, type Edit, isWithin } from './edit.ts'
import { keyOf } from './id-map.ts'
import { type Id, type IdRange, type Incarnation, MAX_SEQ, type ReplicaId, replicaId } from './ids.ts'
import { load } from './load.ts'
import { learnDead, merge, removeIds } from './merge.ts'
import { keyTo, placeOf } from './places.ts'
import { authorAt, indexOfId, stretchesIn } from './provenance.ts'
import type { Result } from './result.ts'
import { START } from './runs.ts'
import { State } from './state.ts'
import { decodeUpdate, encoded, type Update } from './update.ts'
import { missingFrom, type Version, versionOf } from './version.ts'
import { Waiting } from './waiting.ts'

/**
 * One open copy of a document. The one thing here that changes, by two methods that mirror each other:
 *
 *     edit:   what I did, in indexes  → what to tell the others
 *     apply:  what others did         → what to show me, in indexes
 *
 * Copies that have been told the same are equal, in whatever order and however often they were told.
 */
export class Doc {
  /** Who edits through this copy; nobody else may, in any copy. */
  readonly replica: ReplicaId
  private state: State
  private author: Author
  private readonly waitingText = new Waiting()

  /** An empty document. The incarnation is made once, when the document comes into being, and is the same in all its copies.
   * O(1). */
  static create(options: { readonly replica: ReplicaId; readonly incarnation: Incarnation }): Doc {
    return new Doc(options.replica, new State(options.incarnation))
  }

  /**
   * A document from what `encode` made of it, or why not: as `decodeUpdate`, and `not-a-document` where the bytes are an update
   * and no saved document. O(runs and pieces).
   */
  static load(bytes: Uint8Array, options: { readonly replica: ReplicaId }): Result<Doc, DecodeError> {
    const update = decodeUpdate(bytes)
    if (!update.ok) return update
    const { incarnation } = update.value
    if (incarnation === null) {
      return { ok: false, error: { code: 'not-a-document', offset: 0, message: 'An update, not a saved document' } }
    }
    return { ok: true, value: new Doc(options.replica, load(update.value.columns, incarnation)) }
  }

  private constructor(replica: ReplicaId, state: State) {
    this.replica = replicaId(replica)
    this.state = state
    this.author = new Author(replica, state)
  }

  /** Which document this is a copy of. O(1). */
  get incarnation(): Incarnation {
    return this.state.incarnation
  }

  /** Of the text, in UTF-16 code units. O(1). */
  get length(): number {
    return this.state.tree.length
  }

  /** Characters that came without the run they belong to. They are kept until it comes; a sync brings both. Usually 0. O(1). */
  get waiting(): number {
    return this.waitingText.size
  }

  /** The whole text. O(length). */
  text(): string {
    return this.slice(0, this.length)
  }

  /** The characters [from, to). Throws a RangeError for what is not in the text. O(log n + their number). */
  slice(from: number, to: number): string {
    this.mustBeInText(from, to)
    return stringOf(this.state.gather(from, to))
  }

  /**
   * Does what the edits say and answers what to tell the others. Throws a RangeError, and changes nothing, where an edit lies
   * outside the text, begins or ends inside a surrogate pair, inserts half of one, or names a source that can be nobody's. O(log n)
   * for each edit.
   */
  edit(edits: readonly Edit[]): Update {
    return this.author.edit(edits)
  }

  /** As `edit`, for text that comes back to a place of its own, and may be half of a pair. @internal */
  restore(edits: readonly Restoration[]): Update {
    return this.author.restore(edits)
  }

  /**
   * Takes in what another copy did and answers what that changes in the text. Never throws; known parts are ignored, so any
   * order and any number of times will do. A saved document of another incarnation changes nothing; no other update says of which
   * document it speaks, so whoever hands one on compares incarnations before. O(log n) for each place that it touches.
   */
  apply(update: Update): readonly Edit[] {
    switch (update.shape) {
      case TYPING:
        return this.applyTyping(update)
      case DELETION:
        return this.applyDeletion(update)
      case RUN:
        return update.run ? this.applyRun(update, update.run) : this.apply(update.reread())
      case SEVERAL:
        return update.parts.map((part) => this.apply(part)).reduce(composeEdits)
      default:
        return this.applyColumns(update)
    }
  }

  /** What this copy has. Give it to another's `updateSince`. O(pieces). */
  version(): Version {
    return versionOf(this.state)
  }

  /** How many of these ids this copy does not know, as living or as dead. O(log n) for each range, and what is known between. */
  unknown(ids: readonly IdRange[]): number {
    let count = 0
    for (const { replica, from, to } of ids) {
      count += to - from
      this.state.known[this.state.runs.indexOf(replica)]?.overlaps(from, to, (start, end) => {
        count -= end - start
      })
    }
    return count
  }

  /** What a copy with this version lacks. O(pieces) where there is a difference. */
  updateSince(version: Version): Update {
    return encoded(encodeColumns(this.state, missingFrom(this.state, version), COLUMNS))
  }

  /** The whole document in bytes, for `load`, or as an update for a copy that has nothing. O(pieces). */
  encode(): Uint8Array {
    const everything = new Map<number, readonly number[]>()
    this.state.known.forEach((known, replica) => {
      if (!known.isEmpty) everything.set(replica, known.flat)
    })
    return encodeColumns(this.state, everything, STATE)
  }

  /**
   * 16 hex digits: a hash, and no cryptographic one. Two copies have the same if and only if they have the same known and the same
   * dead ids, but for chance, once in 2^64. O(replicas changed).
   */
  stateHash(): string {
    return this.state.stateHash()
  }

  /**
   * The place at an index, sticking to the character left of it (`after` that one) or right of it (`before` that one). Throws a
   * RangeError for an index that is not in the text. O(log n + depth).
   */
  anchorAt(index: number, side: 'before' | 'after'): Anchor {
    this.mustBeInText(index, index)
    if (side === 'after' && index === 0) return 'start'
    if (side === 'before' && index === this.length) return 'end'
    const { tree, runs } = this.state
    const at = side === 'after' ? index - 1 : index
    const piece = tree.find(at)
    const run = tree.run[piece]
    const seq = tree.seq[piece] + at - tree.startAt
    return { id: { replica: runs.replicas[runs.replica[run]], seq }, side, key: keyTo(this.state, run, seq) }
  }

  /**
   * The index of a place. Where its character is dead: that of a copy of it that lives (restored or moved text), else where it
   * was; null if the anchor has no key to tell where. O(log n); of a dead character, O(copies in the document + log n · depth).
   */
  indexOf(anchor: Anchor): number | null {
    if (anchor === 'start') return 0
    if (anchor === 'end') return this.length
    const index = indexOfId(this.state, anchor.id)
    if (index >= 0) return anchor.side === 'after' ? index + 1 : index
    return anchor.key ? placeOf(this.state, anchor.key) : null
  }

  /**
   * Who wrote the character at an index, and, where its text was copied from other text of this document, who wrote that. Throws
   * a RangeError where there is no character. O(log n).
   */
  authorOf(index: number): { readonly id: Id; readonly source: Id | null } {
    this.mustBeInText(index, index + 1)
    return authorAt(this.state, index)
  }

  /**
   * The ids of the characters [from, to), in their order; neighbours that follow each other in one range. Throws a RangeError for
   * what is not in the text. O(log n) for each piece.
   */
  idsIn(from: number, to: number): readonly IdRange[] {
    this.mustBeInText(from, to)
    const ranges: IdRange[] = []
    for (const { ids } of stretchesIn(this.state, from, to)) {
      const last = ranges.at(-1)
      if (last && last.replica === ids.replica && last.to === ids.from)
        ranges[ranges.length - 1] = { ...last, to: ids.to }
      else ranges.push(ids)
    }
    return ranges
  }

  /** The state, for undo and for the tests of its invariants. @internal */
  get inside(): State {
    return this.state
  }

  private applyTyping(update: Update): readonly Edit[] {
    const { state } = this
    const { tree, runs } = state
    const replica = state.learn(update.replica)
    const { from, to, text } = update
    const known = state.known[replica]
    if (known.end === from && from > 0) {
      const run = this.runBefore(replica, from, from - update.offset)
      if (run >= 0) {
        const offset = tree.size[tree.piece]
        const next = tree.peekNext()
        if (state.canExtend(run, next < 0 ? -1 : tree.run[next])) {
          const index = tree.startAt + offset
          state.insertHere(run, from, to - from, state.store(text), offset)
          state.know(replica, from, to)
          return [{ from: index, to: index, insert: text }]
        }
      }
    } else if (known.hasAll(from, to)) {
      return []
    }
    const run = runs.startingAt(replica, from - update.offset)
    if (run < 0) {
      this.waitingText.add(update)
      return []
    }
    return this.insertUnknown(replica, run, from, text)
  }

  private applyRun(update: Update, newRun: NewRun): readonly Edit[] {
    const { state } = this
    const { replica, from, text } = update
    const index = state.learn(replica)
    const known = state.runs.startingAt(index, from)
    if (this.waiting > 0) state.made = []
    const run = known < 0 ? this.makeRun(newRun, update.bytes) : known
    if (run < 0) return []
    if (replica === this.replica) this.author.beginAnew()
    let edits: readonly Edit[]
    if (this.waiting === 0) {
      edits = this.insertUnknown(index, run, from, text)
    } else {
      const changes = new Changes(state)
      this.insertGaps(index, run, from, text, changes)
      this.insertArrived(changes)
      edits = changes.edits()
    }
    state.forget(run)
    return edits
  }

  /**
   * Makes the run that an update brings, and, where its parent is not here, all that is not here above it. −1: it cannot hang, or hangs
   * on a run that this copy has yet to make: nobody else can tell where.
   */
  private makeRun(newRun: NewRun, bytes: Uint8Array): number {
    const { runs } = this.state
    const { parentReplica, parentFirst } = newRun
    const above = parentReplica === 0 ? START : runs.startingAt(runs.indexOf(parentReplica as ReplicaId), parentFirst)
    if (above >= 0) return this.addStep(newRun, above)
    const mine = newRun.replica === this.replica ? MAX_SEQ : this.author.end
    let run = START
    forEachStep(bytes, (step) => {
      const { replica, first } = step
      const known = runs.startingAt(this.state.learn(replica), first)
      run = known >= 0 || run < 0 || (replica === this.replica && first >= mine) ? known : this.addStep(step, run)
    })
    return run
  }

  private addStep({ replica, first, anchor, side, digit, source }: RunStep, above: number): number {
    const { state } = this
    const run = state.addRun(state.learn(replica), first, above, anchor, side, digit)
    if (run >= 0 && source) state.runs.source.set(run, keyOf(state.learn(source.replica), source.seq))
    return run
  }

  /** Goes to the piece that ends before character `seq`, if it is of the run that begins at `first`; answers the run, or −1. */
  private runBefore(replica: number, seq: number, first: number): number {
    const { tree, runs } = this.state
    if (tree.leafAt < 0 || tree.length === 0 || !this.endsHere(tree.piece, replica, seq)) {
      const piece = this.state.pieceWith(replica, seq - 1)
      if (piece < 0) return -1
      tree.goTo(piece)
    }
    const run = tree.run[tree.piece]
    return runs.first[run] === first ? run : -1
  }

  private endsHere(piece: number, replica: number, seq: number): boolean {
    const { tree, runs } = this.state
    return tree.seq[piece] + tree.size[piece] === seq && runs.replica[tree.run[piece]] === replica
  }

  /** Inserts those of a run's characters that are unknown, and answers the edits. */
  private insertUnknown(replica: number, run: number, from: number, text: string): readonly Edit[] {
    const { state } = this
    const to = from + text.length
    if (state.known[replica].end > from) {
      const changes = new Changes(state)
      this.insertGaps(replica, run, from, text, changes)
      return changes.edits()
    }
    const index = state.insertByKey(run, from, to - from, state.store(text))
    state.know(replica, from, to)
    if (index >= 0) return [{ from: index, to: index, insert: text }]
    const changes = new Changes(state)
    changes.insert(replica, from, to)
    return changes.edits()
  }

  private insertGaps(replica: number, run: number, from: number, text: string, changes: Changes): void {
    const { state } = this
    const to = from + text.length
    state.known[replica].gaps(from, to, (start, end) => {
      state.insertByKey(run, start, end - start, state.store(text.slice(start - from, end - from)))
      changes.insert(replica, start, end)
    })
    state.know(replica, from, to)
  }

  private applyDeletion(update: Update): readonly Edit[] {
    const { state } = this
    const { tree } = state
    const { from, to } = update
    const replica = state.learn(update.replica)
    const piece = state.pieceWith(replica, from)
    if (piece >= 0 && to <= tree.seq[piece] + tree.size[piece]) {
      if (tree.leafAt < 0 || tree.length === 0 || tree.piece !== piece) tree.goTo(piece)
      const offset = from - tree.seq[piece]
      const index = tree.startAt + offset
      state.removeHere(offset, to - from)
      return [{ from: index, to: index + to - from, insert: '' }]
    }
    return this.deleteScattered(replica, from, to)
  }

  private deleteScattered(replica: number, from: number, to: number): readonly Edit[] {
    const { state } = this
    const changes = new Changes(state)
    const doomed: [number, number, number][] = []
    state.living(replica, from, to, (piece, start, end) => doomed.push([piece, start, end]))
    for (const [piece, start, end] of doomed) changes.delete(piece, start, end)
    for (const [, start, end] of doomed) removeIds(state, replica, start, end)
    learnDead(state, replica, from, to)
    if (this.waiting > 0) this.dropDead(replica)
    return changes.edits()
  }

  private applyColumns(update: Update): readonly Edit[] {
    const { state } = this
    const { columns } = update
    if ((columns.incarnation ?? this.incarnation) !== this.incarnation) return []
    if (state.isBlank && this.waiting === 0 && !columns.replicas.includes(this.replica)) return this.takeOver(columns)
    const mine = this.author.end
    const changes = new Changes(state)
    if (this.waiting > 0) state.made = []
    merge(state, columns, changes, state.learn(this.replica))
    if (this.waiting > 0) {
      this.insertArrived(changes)
      for (const replica of columns.replicas) this.dropDead(state.learn(replica))
    }
    if (this.author.end !== mine) this.author.beginAnew()
    return changes.edits()
  }

  /** The first that a copy hears of a document it takes over whole. */
  private takeOver(columns: Columns): readonly Edit[] {
    this.state = load(columns, this.incarnation)
    this.author = new Author(this.replica, this.state)
    return this.length === 0 ? [] : [{ from: 0, to: 0, insert: this.text() }]
  }

  /** Inserts what waited for the runs that have just been made. */
  private insertArrived(changes: Changes): void {
    const { state } = this
    for (const run of state.made ?? []) {
      if (state.runs.isGone(run)) continue
      const replica = state.runs.replica[run]
      const first = state.runs.first[run]
      for (const { from, text } of this.waitingText.takeRun(state.runs.replicas[replica], first)) {
        this.insertGaps(replica, run, from, text, changes)
      }
    }
    state.made = null
  }

  /** What waits and was deleted meanwhile waits no more. */
  private dropDead(replica: number): void {
    const known = this.state.known[replica]
    this.waitingText.drop(this.state.runs.replicas[replica], (from, to) => known.hasAll(from, to))
  }

  private mustBeInText(from: number, to: number): void {
    if (!isWithin(from, to, this.length)) {
      throw new RangeError(`[${from}, ${to}) is not in a text of ${this.length} characters`)
    }
  }
}

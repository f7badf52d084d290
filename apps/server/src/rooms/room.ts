import { type Doc, emptyVersion, type Incarnation, type ReplicaId, type Update, type Version } from '@manyhands/crdt'
import {
  type DocumentId,
  encodeServerMessage,
  MAX_DOCUMENT_LENGTH,
  MAX_WAITING,
  PROTOCOL_VERSION,
  type PresenceState,
  type RefusalReason,
} from '@manyhands/protocol'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/storage.ts'
import { Journal } from './journal.ts'
import { Member, type Newcomer } from './member.ts'
import { PresenceBeat } from './presence-beat.ts'

/** What a room is opened with: the document as it was stored, or a new one. */
export interface Opening {
  readonly document: DocumentId
  readonly doc: Doc
  readonly title: string
  /** The number of the last update stored. */
  readonly n: number
  /** Updates stored since the last snapshot, in bytes. */
  readonly tailBytes: number
  readonly isStored: boolean
}

export interface Surroundings {
  readonly storage: Storage
  readonly clock: Clock
  readonly log: Log
}

interface Pushed {
  readonly from: Member
  readonly update: Update
  /** The push to be called stored when the update is; null if it could not be applied whole. */
  readonly n: number | null
}

/** A snapshot is due when the log since the last one has grown to its size, and to more than this. */
const SNAPSHOT_AFTER_BYTES = 262_144

/** Measured: 11 kB for a document of a few words, and from 1 to 20 bytes a character, as it was pasted or typed here and there. */
const ROOM_BYTES = 11_264
const CHARACTER_BYTES = 4

/**
 * One open document: who is in it, its text, and what is still on its way to them and to the disk.
 *
 * A push is applied at once. At the end of the turn of the event loop everything pushed in it goes out as one message to
 * each member, then to the disk as one commit. Forwarding first means nobody waits for the disk to see a
 * keystroke; saying `stored` last means nobody believes in a keystroke the disk does not have.
 */
export class Room {
  readonly document: DocumentId
  private readonly doc: Doc
  private readonly clock: Clock
  private readonly journal: Journal
  private readonly presences: PresenceBeat
  private readonly members = new Map<number, Member>()
  private title: string
  private n: number
  private tailBytes: number
  private snapshotBytes = 0
  private isStored: boolean
  private nextMember = 1
  private turn: Pushed[] = []
  private turnEnds = false

  constructor({ document, doc, title, n, tailBytes, isStored }: Opening, { storage, clock, log }: Surroundings) {
    this.document = document
    this.doc = doc
    this.title = title
    this.n = n
    this.tailBytes = tailBytes
    this.isStored = isStored
    this.clock = clock
    this.journal = new Journal(storage, clock, log, this)
    this.presences = new PresenceBeat(clock, this.members)
  }

  get incarnation(): Incarnation {
    return this.doc.incarnation
  }

  get isEmpty(): boolean {
    return this.members.size === 0
  }

  get size(): number {
    return this.members.size
  }

  /** About what it takes of memory: an empty room, and the text with its places in the tree. */
  get bytes(): number {
    return ROOM_BYTES + CHARACTER_BYTES * this.doc.length
  }

  /** Lets somebody in, and tells them what their version lacks. */
  join(newcomer: Newcomer, version: Version | null): Member {
    this.endConnectionOf(newcomer.replica)
    const member = new Member(this.nextMember++, newcomer)
    member.send({
      type: 'welcome',
      protocol: PROTOCOL_VERSION,
      member: member.number,
      role: member.role,
      incarnation: this.doc.incarnation,
      title: this.title,
      members: [...this.members.values()].map(({ number, state }) => ({ member: number, state })),
      servers: [],
      stateHash: this.doc.stateHash(),
      version: this.doc.version(),
      update: this.doc.updateSince(version ?? emptyVersion),
    })
    this.members.set(member.number, member)
    this.presences.moved(member)
    return member
  }

  leave(member: Member): void {
    if (this.members.delete(member.number)) this.presences.left(member)
  }

  /** Takes what one member did: apply; at the end of the turn forward, store, then say so. */
  push(from: Member, n: number, update: Update): void {
    const refusal = this.objection(from, update)
    if (refusal !== null) return from.refuse(n, refusal.reason, refusal.detail)
    const waited = this.doc.waiting
    this.doc.apply(update)
    const isWhole = this.doc.waiting <= waited
    if (!isWhole) from.resync(n, this.doc.version())
    this.turn.push({ from, update, n: isWhole ? n : null })
    this.endTurnSoon()
  }

  presence(from: Member, state: PresenceState): void {
    from.state = state
    this.presences.moved(from)
  }

  /** While the disk takes nothing the old title stays, and whoever wanted another one is told so. */
  rename(from: Member, title: string): void {
    if (from.role !== 'writer' || this.journal.obstacle !== null)
      return from.send({ type: 'renamed', title: this.title })
    this.title = title
    this.create()
    this.journal.add({ type: 'title', document: this.document, title, at: this.clock.now() })
    this.sendAll(encodeServerMessage({ type: 'renamed', title }))
    this.endTurnSoon()
  }

  /** Sends what a member says it lacks. One who reads too slowly gets it when there is room for it. */
  sync(from: Member, version: Version): void {
    if (from.outlet.congested) from.behind = version
    else this.catchUp(from, version)
  }

  /** A member reads again. */
  drained(member: Member): void {
    if (member.behind !== null) this.catchUp(member, member.behind)
  }

  /** Resolves when everything pushed until now is on disk. */
  settled(): Promise<void> {
    this.endTurn()
    return this.journal.settled()
  }

  /** The journal: everything up to these pushes is on disk. */
  stored(pushes: ReadonlyMap<Member, number>): void {
    const stateHash = this.doc.stateHash()
    for (const [member, n] of pushes) member.send({ type: 'stored', n, replicas: 1, servers: 1, stateHash })
  }

  /** The journal: these pushes, and those before them that are not stored, are not on disk. */
  notStored(pushes: ReadonlyMap<Member, number>, detail: string): void {
    for (const [member, n] of pushes) member.refuse(n, 'not-stored', detail)
  }

  private objection(from: Member, update: Update): { readonly reason: RefusalReason; readonly detail: string } | null {
    if (from.role !== 'writer') return { reason: 'forbidden', detail: 'Only a writer may push' }
    const obstacle = this.journal.obstacle
    if (obstacle !== null) return { reason: 'not-stored', detail: obstacle }
    let inserted = 0
    let foreign = false
    for (const { replica, from: first, to } of update.inserts) {
      inserted += to - first
      foreign ||= replica !== from.replica
    }
    if (this.doc.length + inserted > MAX_DOCUMENT_LENGTH) {
      return { reason: 'document-too-large', detail: `A document has at most ${MAX_DOCUMENT_LENGTH} characters` }
    }
    if (this.doc.waiting > MAX_WAITING)
      return { reason: 'document-too-large', detail: 'Too much waits for what never came' }
    if (foreign && from.relays-- <= 0)
      return { reason: 'forged-author', detail: 'These characters are of another replica' }
    return null
  }

  /** No two copies share a replica, so whoever has it here already is the newcomer's own connection, lost and not yet missed. */
  private endConnectionOf(replica: ReplicaId): void {
    for (const member of this.members.values()) if (member.replica === replica) member.outlet.end()
  }

  private endTurnSoon(): void {
    if (this.turnEnds) return
    this.turnEnds = true
    this.clock.soon(() => this.endTurn())
  }

  private endTurn(): void {
    this.turnEnds = false
    const turn = this.turn
    this.turn = []
    const fresh = turn.filter(({ update }) => !update.isEmpty)
    if (fresh.length > 0) {
      this.forward(fresh)
      this.store(fresh)
    }
    // Not before their writes are in the journal: a commit may end, and the next one begin, in the middle of a turn.
    for (const { from, n } of turn) if (n !== null) this.journal.expect(from, n)
    this.journal.commit()
  }

  /** One message for all, encoded once. Its only author needs none; of several each gets their own back, which does nothing. */
  private forward(turn: readonly Pushed[]): void {
    const author = turn.every(({ from }) => from === turn[0]?.from) ? turn[0]?.from : undefined
    const bytes = encodeServerMessage({ type: 'updates', updates: turn.map(({ update }) => update) })
    let now: Version | null = null
    for (const member of this.members.values()) {
      if (member === author || member.behind !== null) continue
      member.outlet.send(bytes)
      if (!member.outlet.congested) continue
      now ??= this.doc.version()
      member.behind = now
    }
  }

  private store(turn: readonly Pushed[]): void {
    const { document } = this
    const at = this.clock.now()
    this.create()
    for (const { from, update } of turn) {
      const { person } = from.state
      if (from.signed?.name !== person.name || from.signed.color !== person.color) {
        from.signed = person
        this.journal.add({
          type: 'replica',
          document,
          replica: from.replica,
          person: person.name,
          color: person.color,
          at,
        })
      }
      this.journal.add({ type: 'update', document, n: ++this.n, at, person: person.name, bytes: update.bytes })
      this.tailBytes += update.bytes.length
    }
    this.compact()
  }

  /** A document is nobody's before somebody writes in it or gives it a title. */
  private create(): void {
    if (this.isStored) return
    this.isStored = true
    const { document, incarnation } = this
    this.journal.add({ type: 'document', document, incarnation, at: this.clock.now() })
  }

  /** A saved document does not hold what waits in it; then the log must be read whole. */
  private compact(): void {
    if (this.tailBytes < Math.max(SNAPSHOT_AFTER_BYTES, this.snapshotBytes) || this.doc.waiting > 0) return
    const bytes = this.doc.encode()
    this.journal.add({ type: 'snapshot', document: this.document, upto: this.n, bytes })
    this.tailBytes = 0
    this.snapshotBytes = bytes.length
  }

  private catchUp(member: Member, version: Version): void {
    member.behind = null
    member.send({ type: 'updates', updates: [this.doc.updateSince(version)] })
    if (member.outlet.congested) member.behind = this.doc.version()
  }

  private sendAll(bytes: Uint8Array): void {
    for (const member of this.members.values()) member.outlet.send(bytes)
  }
}

import {
  type Doc,
  emptyVersion,
  type Incarnation,
  partsOf,
  type ReplicaId,
  type Update,
  type Version,
} from '@manyhands/crdt'
import {
  cleanRegister,
  type DocumentId,
  encodeServerMessage,
  isRegisterName,
  MAX_DOCUMENT_LENGTH,
  MAX_WAITING,
  type NamedRegister,
  PROTOCOL_VERSION,
  type PresenceState,
  parseLinkKey,
  REGISTER_NAMES,
  type RefusalReason,
  type RegisterName,
  type ReplicaPerson,
  type Role,
  type SharedRegister,
  type Whereabouts,
} from '@manyhands/protocol'
import type { Access } from '../access/access.ts'
import { editKeyFor, isAboutAccess, newEditLink, newReadLink, readKeyFor, type Said } from '../access/links.ts'
import type { ReadLinks } from '../access/read-links.ts'
import type { Ticket } from '../access/ticket.ts'
import type { Committed } from '../catalogue/document-index.ts'
import type { HybridClock } from '../catalogue/hybrid-clock.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Registers, Storage, StoredPerson } from '../storage/storage.ts'
import { type AckLevel, Acknowledgements } from './acknowledgements.ts'
import type { Guest, Guests } from './guests.ts'
import { Journal } from './journal.ts'
import { Member, type Newcomer } from './member.ts'
import type { Delivery, Others } from './others.ts'
import { People } from './people.ts'
import { PresenceBeat, type Present } from './presence-beat.ts'
import type { Loss } from './restored.ts'

/** What a room is opened with: the document as it was stored, or a new one. */
export interface Opening {
  readonly document: DocumentId
  readonly doc: Doc
  readonly registers: Registers
  readonly people: ReadonlyMap<ReplicaId, StoredPerson>
  /** The number of the last update stored. */
  readonly n: number
  /** Updates stored since the last snapshot, in bytes. */
  readonly tailBytes: number
  /** What could not be read of it. */
  readonly loss: Loss | null
  readonly isStored: boolean
}

export interface Surroundings {
  readonly storage: Storage
  readonly clock: Clock
  readonly log: Log
  readonly others: Others
  readonly ack: AckLevel
  readonly stamps: HybridClock
  readonly access: Access
  readonly links: ReadLinks
  /** Hears what is on disk, after each commit. */
  readonly committed: (document: DocumentId, committed: Committed) => void
}

/** Counts the turns of all rooms of a server. */
export interface TurnCounter {
  last: number
}

interface Taken {
  /** Null: a peer brought it. */
  readonly from: Member | null
  readonly update: Update
}

/** The turn of the event loop that goes on: what has come in it. */
interface Turn {
  readonly taken: Taken[]
  /** The last push of each member that is to be called stored. */
  readonly pushes: Map<Member, number>
  readonly deliveries: Delivery[]
  readonly people: ReplicaPerson[]
  /** Whether a push in it stands for more than it says. */
  restates: boolean
}

/** A turn that is on its way to the disk. */
interface EndedTurn extends Pick<Turn, 'pushes' | 'deliveries'> {
  /** Null: nothing was written in it. */
  readonly changedAt: number | null
  readonly length: number
  readonly turn: number
  readonly stateHash: string
  readonly registers: Registers
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
  private readonly surroundings: Surroundings
  private readonly turns: TurnCounter
  private readonly guests: Guests
  private readonly people: People
  private readonly acknowledgements: Acknowledgements
  private readonly journal: Journal
  private readonly presences: PresenceBeat
  private readonly members = new Map<number, Member>()
  private registers: Registers
  private n: number
  private tailBytes: number
  private snapshotBytes = 0
  private isStored: boolean
  /** What is lost of the text. As long as that is so everybody reads only, and nothing is written that would hide it. */
  private loss: Loss | null
  /** The text is whole again and is to be written down. */
  private repairs = false
  private turn: Turn = emptyTurn()
  private turnEnds = false
  /** Turns that are not on disk yet, and the number of the last one. */
  private ended: EndedTurn[] = []
  private lastTurn = 0
  /** Of the document as it is, if it was asked for since it changed: each of many members hears it. */
  private hash: string | null = null

  constructor(opening: Opening, surroundings: Surroundings, turns: TurnCounter, guests: Guests) {
    this.document = opening.document
    this.doc = opening.doc
    this.registers = opening.registers
    this.n = opening.n
    this.tailBytes = opening.tailBytes
    this.isStored = opening.isStored
    this.loss = opening.loss
    this.surroundings = surroundings
    this.turns = turns
    this.guests = guests
    const { storage, clock, log, others, ack } = surroundings
    this.people = new People(opening.people)
    surroundings.links.put(this.document, this.registers)
    this.acknowledgements = new Acknowledgements(ack, clock, others, (member, n, replicas) =>
      this.sayStored(member, n, replicas),
    )
    this.journal = new Journal(storage, clock, log, this)
    this.presences = new PresenceBeat(clock, this.members, (moved) => this.publishPresence(moved))
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

  get isDamaged(): boolean {
    return this.loss !== null
  }

  /** What somebody may do here now. */
  roleOf(ticket: Ticket): Role | null {
    return this.surroundings.access(this.registers, ticket)
  }

  /** Lets somebody in who may be in, and tells them what their version lacks. */
  join(newcomer: Newcomer, version: Version | null): Member {
    this.endConnectionOf(newcomer.replica)
    const guest = this.guests.arrived(newcomer.replica)
    const ours = this.doc.version()
    if (guest !== null) this.presences.left(guest)
    const member = new Member(
      this.guests.nextNumber(),
      newcomer,
      this.roleOf(newcomer.ticket) ?? 'reader',
      version !== null && ours.size > 0,
    )
    member.sendLong({
      type: 'welcome',
      protocol: PROTOCOL_VERSION,
      member: member.number,
      role: this.loss === null ? member.role : 'reader',
      incarnation: this.doc.incarnation,
      registers: this.registersFor(member),
      members: [
        ...[...this.members.values()].map(({ number, state }) => ({ member: number, state })),
        ...this.guests.all(),
      ],
      servers: this.surroundings.others.addresses,
      stateHash: this.doc.stateHash(),
      version: ours,
      update: this.doc.updateSince(version ?? emptyVersion),
    })
    if (this.loss !== null) member.send({ type: 'role', role: 'reader', reason: 'damaged' })
    this.members.set(member.number, member)
    this.presences.moved(member)
    return member
  }

  leave(member: Member): void {
    if (!this.members.delete(member.number)) return
    this.presences.left(member)
    this.acknowledgements.left(member)
    this.surroundings.others.presence(this.document, [{ replica: member.replica, state: null }])
  }

  /** Takes what one member did: apply; at the end of the turn forward, store, then say so. */
  push(from: Member, n: number, update: Update): void {
    const refusal = this.objection(from, update)
    if (refusal !== null) return from.refuse(n, refusal.reason, refusal.detail)
    const isWhole = this.apply(update)
    this.turn.restates ||= from.restates
    from.restates = false
    if (isWhole) this.turn.pushes.set(from, n)
    else from.resync(n, this.doc.version())
    this.turn.taken.push({ from, update })
    this.endTurnSoon()
  }

  /** Takes what a peer brings: apply; at the end of the turn tell the members, store, then say so. No other peer is told (S6). */
  receive(delivery: Delivery): void {
    const { obstacle } = this.journal
    if (obstacle !== null) return delivery.done('not-stored')
    if (this.doc.waiting > MAX_WAITING) return delivery.done('document-too-large')
    let isWhole = true
    for (const update of delivery.updates) {
      if (!this.apply(update)) isWhole = false
      this.turn.taken.push({ from: null, update })
    }
    for (const person of delivery.people) this.write(this.people.heard(person))
    if (isWhole) this.turn.deliveries.push(delivery)
    else delivery.done('incomplete')
    this.endTurnSoon()
  }

  /**
   * What was lost is here again: a peer has brought all that it has, or nothing had been lost. The text is written down anew at
   * the end of this turn, and whoever may write hears so, and what the server lacks of theirs.
   */
  repair(): void {
    if (this.loss === null) return
    this.loss = null
    this.repairs = true
    this.surroundings.log.warn({ document: this.document }, 'a damaged document is whole again')
    for (const member of this.members.values()) {
      member.send({ type: 'role', role: member.role, reason: null })
      if (member.role === 'writer') member.resync(0, this.doc.version())
    }
    this.endTurnSoon()
  }

  presence(from: Member, state: PresenceState): void {
    from.state = state
    this.presences.moved(from)
  }

  /** A guest has moved or gone. One who is a member here by now is not shown twice. */
  guestMoved(guest: Guest, isGone: boolean): void {
    if (isGone) this.presences.left(guest)
    else this.presences.moved(guest)
  }

  /** Whether somebody edits with this replica here. */
  has(replica: ReplicaId): boolean {
    for (const member of this.members.values()) if (member.replica === replica) return true
    return false
  }

  whereabouts(): readonly Whereabouts[] {
    return [...this.members.values()].map(({ replica, state }) => ({ replica, state }))
  }

  /** While the disk takes nothing the old title stays, and whoever wanted another one is told so; so with the other registers. */
  setRegister(from: Member, { name, value }: SharedRegister): void {
    const mayNot = this.roleOf(from.ticket) !== 'writer' || this.loss !== null || this.journal.obstacle !== null
    const said = mayNot ? [] : this.saidBy(from.ticket, name, value)
    if (said.length === 0) return this.tellRegister(from, name)
    const registers = said.map((register) => ({ ...register, stamp: this.surroundings.stamps.next() }))
    for (const register of registers) this.takeRegister(register)
    this.surroundings.others.catalogue(this.document, this.incarnation, registers)
  }

  /** Takes registers that a peer brings. Of two values the later stamp wins. */
  receiveRegisters(registers: readonly NamedRegister[]): void {
    if (this.journal.obstacle !== null) return
    for (const register of registers) {
      this.surroundings.stamps.saw(register.stamp)
      if (register.stamp > (this.registers.get(register.name)?.stamp ?? '')) this.takeRegister(register)
    }
  }

  /** All registers, or those that somebody with these has not or has older. */
  registersBeside(theirs: readonly NamedRegister[]): readonly NamedRegister[] {
    const known = new Map(theirs.map(({ name, stamp }) => [name, stamp]))
    return [...this.registers]
      .filter(([name, { stamp }]) => stamp > (known.get(name) ?? ''))
      .map(([name, { value, stamp }]) => ({ name, value, stamp }))
  }

  version(): Version {
    return this.doc.version()
  }

  /** The document as somebody reads it who does not stay. */
  read(): { readonly text: string; readonly title: string; readonly stateHash: string } {
    const title = cleanRegister('title', this.registers.get('title')?.value ?? '')
    return { text: this.doc.text(), title, stateHash: this.stateHash() }
  }

  /** The number of the last turn in which anything was done. */
  get newestTurn(): number {
    return this.lastTurn
  }

  /** Ends the turn. Everything done until now has the answered number or a lower one; nothing that was sent before has it. */
  closeTurn(): number {
    this.turnEnds = true
    this.endTurn()
    return this.lastTurn
  }

  /** What a peer with this version lacks, in parts of at most so many bytes; at least one. */
  partsSince(version: Version, maxBytes: number): readonly Update[] {
    return partsOf(this.doc, this.doc.updateSince(version), maxBytes)
  }

  /** Who is behind the living characters of an update, and behind these replicas. */
  peopleIn(update: Update, unsure: readonly ReplicaId[] = []): readonly ReplicaPerson[] {
    return this.people.of(new Set([...update.inserts.map(({ replica }) => replica), ...unsure]))
  }

  /** Replicas whose characters came from others than their author, who has not been heard of since. */
  get unsure(): readonly ReplicaId[] {
    return this.people.unsure
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

  /** A peer has this turn of the document on its disk. */
  confirmed(peer: string, turn: number): void {
    this.acknowledgements.confirmed(peer, turn)
  }

  /** The journal: everything up to this turn is on disk, but for what was called not stored. */
  stored(turn: number): void {
    const count = this.ended.findIndex((ended) => ended.turn > turn)
    const done = this.ended.splice(0, count < 0 ? this.ended.length : count)
    const last = done.at(-1)
    if (last === undefined) return
    const { stateHash, registers, turn: lastTurn, length } = last
    const changedAt = done.findLast((ended) => ended.changedAt !== null)?.changedAt ?? null
    const { document, incarnation } = this
    this.surroundings.committed(document, { incarnation, stateHash, registers, turn: lastTurn, changedAt, length })
    for (const { deliveries } of done) for (const delivery of deliveries) delivery.done(null)
    this.acknowledgements.stored(last.turn, new Map(done.flatMap(({ pushes }) => [...pushes])))
  }

  /** The journal: of the turns that were not called stored nothing is on disk. What was passed on will be, and nobody hears so. */
  notStored(detail: string): void {
    const failed = this.ended
    this.ended = failed.map((ended) => ({ ...ended, pushes: new Map(), deliveries: [] }))
    for (const { deliveries } of failed) for (const delivery of deliveries) delivery.done('not-stored')
    const pushes = new Map(failed.flatMap(({ pushes }) => [...pushes]))
    for (const [member, n] of pushes) member.refuse(n, 'not-stored', detail)
  }

  private registersFor({ ticket }: Member): readonly SharedRegister[] {
    const shared = REGISTER_NAMES.map((name) => ({ name, value: this.sharedValue(name, ticket) }))
    return shared.filter(({ value }) => value !== '')
  }

  private sharedValue(name: RegisterName, ticket: Ticket): string {
    if (name === 'edit-key') return editKeyFor(this.registers, ticket) ?? ''
    if (name === 'read-key') return readKeyFor(this.registers, ticket) ?? ''
    return cleanRegister(name, this.registers.get(name)?.value ?? '')
  }

  /** What is written down when a member sets a register. Whoever chooses a key has it from then on. */
  private saidBy(ticket: Ticket, name: RegisterName, value: string): readonly Said[] {
    if (name !== 'edit-key' && name !== 'read-key') return [{ name, value }]
    const key = parseLinkKey(value)
    if (key === null) return []
    if (name === 'read-key') return newReadLink(this.registers, ticket, key)
    const said = newEditLink(this.registers, ticket, key)
    ticket.add(key)
    return said
  }

  private tellRegister(member: Member, name: RegisterName): void {
    member.send({ type: 'registers', registers: [{ name, value: this.sharedValue(name, member.ticket) }] })
  }

  /** Whoever has lost a right by a link that was replaced, loses it at once. */
  private enforce(): void {
    for (const member of [...this.members.values()]) {
      const role = this.roleOf(member.ticket)
      if (role === null) member.outlet.refuse('forbidden', 'The link was replaced by a new one')
      else if (role !== member.role) this.changeRole(member, role)
    }
  }

  private changeRole(member: Member, role: Role): void {
    member.role = role
    if (this.loss !== null) return
    member.send({ type: 'role', role, reason: null })
    if (role === 'writer') member.resync(0, this.doc.version())
  }

  private sayStored(member: Member, n: number, replicas: number): void {
    const servers = 1 + this.surroundings.others.peers
    member.send({ type: 'stored', n, replicas, servers: Math.max(servers, replicas), stateHash: this.stateHash() })
  }

  private stateHash(): string {
    this.hash ??= this.doc.stateHash()
    return this.hash
  }

  /** Answers whether it could be applied whole. */
  private apply(update: Update): boolean {
    const waited = this.doc.waiting
    this.hash = null
    this.doc.apply(update)
    return this.doc.waiting <= waited
  }

  private objection(from: Member, update: Update): { readonly reason: RefusalReason; readonly detail: string } | null {
    if (this.roleOf(from.ticket) !== 'writer') return { reason: 'forbidden', detail: 'Only a writer may push' }
    if (this.loss !== null) return { reason: 'damaged', detail: this.loss.detail }
    const obstacle = this.journal.obstacle
    if (obstacle !== null) return { reason: 'not-stored', detail: obstacle }
    let inserted = 0
    let foreign = 0
    for (const { replica, from: first, to } of update.inserts) {
      inserted += to - first
      if (replica !== from.replica) foreign += to - first
    }
    if (this.doc.length + inserted > MAX_DOCUMENT_LENGTH) {
      return { reason: 'document-too-large', detail: `A document has at most ${MAX_DOCUMENT_LENGTH} characters` }
    }
    if (this.doc.waiting > MAX_WAITING)
      return { reason: 'document-too-large', detail: 'Too much waits for what never came' }
    if (foreign > from.relayable) return { reason: 'forged-author', detail: 'These characters are of another replica' }
    from.relayable -= foreign
    return null
  }

  /** No two copies share a replica, so whoever has it here already is the newcomer's own connection, lost and not yet missed. */
  private endConnectionOf(replica: ReplicaId): void {
    for (const member of this.members.values()) if (member.replica === replica) member.outlet.end()
  }

  private endTurnSoon(): void {
    if (this.turnEnds) return
    this.turnEnds = true
    this.surroundings.clock.soon(() => this.endTurn())
  }

  private endTurn(): void {
    if (!this.turnEnds) return this.journal.commit()
    this.turnEnds = false
    const { turn } = this
    this.turn = emptyTurn()
    this.lastTurn = ++this.turns.last
    const fresh = turn.taken.filter(({ update }) => !update.isEmpty)
    const stateHash = this.stateHash()
    if (turn.restates) this.surroundings.others.verify(this.document, this.lastTurn)
    if (fresh.length > 0) {
      this.forward(fresh)
      this.sign(fresh, turn.people)
    }
    this.publish(fresh, turn)
    if (fresh.length > 0) this.store(fresh, stateHash)
    if (stateHash === this.loss?.stateHash) this.repair()
    if (this.repairs) this.writeDown(stateHash)
    const { pushes, deliveries } = turn
    const changedAt = fresh.length > 0 ? this.surroundings.clock.now() : null
    const { lastTurn, registers } = this
    this.ended.push({ turn: lastTurn, stateHash, registers, changedAt, length: this.doc.length, pushes, deliveries })
    // Not before its writes are in the journal: a commit may end, and the next one begin, in the middle of a turn.
    this.journal.end(this.lastTurn)
    this.journal.commit()
  }

  /** One message for all, encoded once. Its only author needs none; of several each gets their own back, which does nothing. */
  private forward(turn: readonly Taken[]): void {
    const author = turn.every(({ from }) => from === turn[0]?.from) ? turn[0]?.from : null
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

  /** Tells the other servers what this one's own clients did. A push of nothing asks whether all before it is stored: so do we. */
  private publish(fresh: readonly Taken[], { pushes, people }: Turn): void {
    const updates = fresh.filter(({ from }) => from !== null).map(({ update }) => update)
    if (updates.length === 0 && pushes.size === 0) return
    const { document, incarnation, lastTurn } = this
    this.surroundings.others.publish({ document, incarnation, turn: lastTurn, updates, people })
  }

  /** Members sign for their own replica, and vouch for the others whose characters they bring. */
  private sign(turn: readonly Taken[], people: ReplicaPerson[]): void {
    for (const { from, update } of turn) {
      if (from === null) continue
      const { person } = from.state
      for (const { replica } of update.inserts) {
        const news =
          replica === from.replica ? this.people.signed(replica, person) : this.people.vouched(replica, person.name)
        if (news === null) continue
        this.write(news)
        people.push(news)
      }
    }
  }

  private write(news: ReplicaPerson | null): void {
    if (news === null) return
    this.create()
    const { replica, person, vouchedBy } = news
    const at = this.surroundings.clock.now()
    const { document } = this
    this.journal.add({ type: 'replica', document, replica, person: person.name, color: person.color, vouchedBy, at })
  }

  private store(turn: readonly Taken[], stateHash: string): void {
    const { document } = this
    const at = this.surroundings.clock.now()
    this.create()
    for (const { from, update } of turn) {
      const person = from?.state.person.name ?? this.people.nameOf(update.inserts[0]?.replica)
      const hash = this.loss === null ? stateHash : ''
      this.journal.add({
        type: 'update',
        document,
        n: ++this.n,
        at,
        person,
        stateHash: hash,
        length: this.doc.length,
        bytes: update.bytes,
      })
      this.tailBytes += update.bytes.length
    }
    this.compact()
  }

  private takeRegister({ name, value, stamp }: NamedRegister): void {
    this.registers = new Map([...this.registers, [name, { value, stamp }]])
    this.create()
    this.journal.add({ type: 'register', document: this.document, name, value, stamp })
    if (isAboutAccess(name)) {
      this.surroundings.links.put(this.document, this.registers)
      this.enforce()
    }
    if (isRegisterName(name)) for (const member of this.members.values()) this.tellRegister(member, name)
    this.endTurnSoon()
  }

  private publishPresence(moved: ReadonlySet<Present>): void {
    const whereabouts: Whereabouts[] = []
    for (const { number } of moved) {
      const member = this.members.get(number)
      if (member !== undefined) whereabouts.push({ replica: member.replica, state: member.state })
    }
    if (whereabouts.length > 0) this.surroundings.others.presence(this.document, whereabouts)
  }

  /** A document is nobody's before somebody writes in it or gives it a title. */
  private create(): void {
    if (this.isStored) return
    this.isStored = true
    const { document, incarnation } = this
    this.journal.add({ type: 'document', document, incarnation, at: this.surroundings.clock.now() })
  }

  /** A saved document does not hold what waits in it; then the log must be read whole. */
  private compact(): void {
    if (this.tailBytes < Math.max(SNAPSHOT_AFTER_BYTES, this.snapshotBytes)) return
    if (this.doc.waiting > 0 || this.loss !== null) return
    const bytes = this.doc.encode()
    this.journal.add({ type: 'snapshot', document: this.document, upto: this.n, bytes })
    this.tailBytes = 0
    this.snapshotBytes = bytes.length
  }

  /** After a repair. What waits is in no saved document, so the log is read beside this one. */
  private writeDown(stateHash: string): void {
    this.repairs = false
    const { document, n } = this
    const upto = this.doc.waiting > 0 ? 0 : n
    const at = this.surroundings.clock.now()
    this.journal.add({
      type: 'repair',
      document,
      n,
      upto,
      at,
      stateHash,
      length: this.doc.length,
      bytes: this.doc.encode(),
    })
  }

  private catchUp(member: Member, version: Version): void {
    member.behind = null
    member.sendLong({ type: 'updates', updates: [this.doc.updateSince(version)] })
    if (member.outlet.congested) member.behind = this.doc.version()
  }
}

function emptyTurn(): Turn {
  return { taken: [], pushes: new Map(), deliveries: [], people: [], restates: false }
}

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
  type Refusal,
  type RegisterName,
  type ReplicaPerson,
  type Role,
  type SharedRegister,
  type Whereabouts,
} from '@manyhands/protocol'
import type { Access } from '../access/access.ts'
import { isAboutAccess } from '../access/links.ts'
import type { ReadLinks } from '../access/read-links.ts'
import type { Ticket } from '../access/ticket.ts'
import type { Committed } from '../catalogue/document-index.ts'
import type { HybridClock } from '../catalogue/hybrid-clock.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Registers, Storage, StoredPerson } from '../storage/storage.ts'
import { type AckLevel, Acknowledgements } from './acknowledgements.ts'
import { Agreement } from './agreement.ts'
import type { Guest, Guests } from './guests.ts'
import { Journal } from './journal.ts'
import { Member, type Newcomer } from './member.ts'
import type { Delivery, Others } from './others.ts'
import { People } from './people.ts'
import { PresenceBeat, type Present } from './presence-beat.ts'
import { type Brought, Scribe, type WrittenDocument } from './scribe.ts'
import { newerThan, registersFor, saidBy, valueFor } from './shared-registers.ts'
import { type EndedTurn, emptyTurn, pushesIn, type Taken, type Turn, type TurnCounter } from './turn.ts'

/** What a room is opened with: the document as it was stored, or a new one. */
export interface Opening extends WrittenDocument {
  readonly registers: Registers
  readonly people: ReadonlyMap<ReplicaId, StoredPerson>
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
  /** What the log must outgrow for a snapshot to be due: `SNAPSHOT_AFTER_BYTES`, but for tests. */
  readonly snapshotAfterBytes?: number
}

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
  /** Whether it was repaired, and is not known to be what it had been. */
  isUncertain = false
  private readonly doc: Doc
  private readonly surroundings: Surroundings
  private readonly turns: TurnCounter
  private readonly guests: Guests
  private readonly people: People
  private readonly acknowledgements: Acknowledgements
  private readonly agreement: Agreement
  private readonly journal: Journal
  private readonly scribe: Scribe
  private readonly presences: PresenceBeat
  private readonly members = new Map<number, Member>()
  private registers: Registers
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
    this.surroundings = surroundings
    this.turns = turns
    this.guests = guests
    const { storage, clock, log, others, ack } = surroundings
    this.people = new People(opening.people)
    surroundings.links.put(this.document, this.registers)
    this.acknowledgements = new Acknowledgements(ack, clock, others, (member, n, replicas) =>
      this.sayStored(member, n, replicas),
    )
    this.agreement = new Agreement(clock, this)
    this.journal = new Journal(storage, clock, log, this)
    this.scribe = new Scribe(opening, (write) => this.journal.add(write), clock, surroundings.snapshotAfterBytes)
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
    return this.scribe.loss !== null
  }

  /** What somebody may do here now. */
  roleOf(ticket: Ticket): Role | null {
    return this.surroundings.access(this.registers, ticket)
  }

  /**
   * Why somebody may not come in as the replica that they say, or null. Readers learn the replicas of writers from the text: who may
   * less takes nobody's place.
   */
  objectionTo({ replica, ticket }: Newcomer): Refusal | null {
    if (this.roleOf(ticket) === 'writer') return null
    for (const member of this.members.values()) {
      if (member.replica === replica && this.roleOf(member.ticket) === 'writer') {
        return { reason: 'forged-author', detail: 'A writer is here with this replica' }
      }
    }
    return null
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
      server: this.surroundings.stamps.server,
      member: member.number,
      role: this.isDamaged ? 'reader' : member.role,
      incarnation: this.doc.incarnation,
      registers: registersFor(this.registers, member.ticket),
      members: [
        ...[...this.members.values()].map(({ number, state }) => ({ member: number, state })),
        ...this.guests.all(),
      ],
      servers: this.surroundings.others.addresses,
      stateHash: this.doc.stateHash(),
      version: ours,
      update: this.doc.updateSince(version ?? emptyVersion),
    })
    if (this.isDamaged) member.send({ type: 'role', role: 'reader', reason: 'damaged' })
    this.members.set(member.number, member)
    this.agreement.stirred()
    this.presences.moved(member)
    return member
  }

  leave(member: Member): void {
    if (!this.members.delete(member.number)) return
    this.presences.left(member)
    this.acknowledgements.left(member)
    if (this.isEmpty) this.agreement.stop()
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
    for (const person of delivery.people) {
      const news = this.people.heard(person)
      if (news !== null) this.scribe.person(news)
    }
    if (isWhole) this.turn.deliveries.push(delivery)
    else delivery.done('incomplete')
    this.endTurnSoon()
  }

  /**
   * A peer has brought all that it has, or what was lost is here again, or nothing had been lost. The text is written down anew at
   * the end of this turn, and everybody may again what they might. Whether a peer had what was lost, the hash that was written
   * down tells; but not where people have typed since.
   */
  repair(): void {
    const { loss } = this.scribe
    if (loss === null) return
    this.scribe.mend()
    this.isUncertain = !loss.isWhole && loss.stateHash !== this.stateHash()
    const sentence = this.isUncertain
      ? 'a damaged document is repaired from what a peer has: what only this disk had is lost'
      : 'a damaged document is whole again'
    this.surroundings.log.warn({ document: this.document }, sentence)
    for (const member of this.members.values()) this.tellRole(member)
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
  setRegister(from: Member, register: SharedRegister): void {
    const mayNot = this.roleOf(from.ticket) !== 'writer' || this.isDamaged || this.journal.obstacle !== null
    const said = mayNot || this.isTaken(register) ? [] : saidBy(this.registers, from.ticket, register)
    if (said.length === 0) return this.tellRegister(from, register.name)
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
    return newerThan(theirs, this.registers)
  }

  version(): Version {
    return this.doc.version()
  }

  /** The document as somebody reads it who does not stay. */
  read(): { readonly text: string; readonly title: string; readonly stateHash: string } {
    const title = cleanRegister('title', this.registers.get('title')?.value ?? '')
    return { text: this.doc.text(), title, stateHash: this.stateHash() }
  }

  /** The agreement: everything that is here is on disk. */
  get isSettled(): boolean {
    return !this.turnEnds && this.ended.length === 0 && this.journal.obstacle === null && !this.isDamaged
  }

  get peers(): number {
    return this.surroundings.others.peers
  }

  stateHash(): string {
    this.hash ??= this.doc.stateHash()
    return this.hash
  }

  askHash(): void {
    this.surroundings.others.askHash(this.document)
  }

  /** Whoever reads too slowly has not got what it speaks of. */
  sayAgreement(agreeing: number): void {
    const servers = Math.max(1 + this.peers, agreeing)
    const bytes = encodeServerMessage({ type: 'agreement', agreeing, servers, stateHash: this.stateHash() })
    for (const { outlet, behind } of this.members.values()) if (behind === null) outlet.send(bytes)
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

  /** Who is behind the living characters of an update; and behind these replicas, of whom only what their author said is news. */
  peopleIn(update: Update, unsure: readonly ReplicaId[] = []): readonly ReplicaPerson[] {
    const signed = this.people.of(unsure).filter(({ vouchedBy }) => vouchedBy === null)
    return [...this.people.of(new Set(update.inserts.map(({ replica }) => replica))), ...signed]
  }

  /** Replicas whose characters came from others than their author, who has not been heard of since. */
  get unsure(): readonly ReplicaId[] {
    return this.people.unsure
  }

  /**
   * Sends what a member says it lacks, and asks a writer for what is lacking here: they may have it from another tab, which has gone
   * before it could push it. One who reads too slowly gets it when there is room for it.
   */
  sync(from: Member, version: Version): void {
    if (from.outlet.congested) from.behind = version
    else this.catchUp(from, version)
    if (from.role === 'writer' && !this.isDamaged) from.resync(0, this.doc.version())
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

  hashTold(peer: string, stateHash: string): void {
    this.agreement.told(peer, stateHash)
  }

  unconfirmed(peer: string): void {
    this.acknowledgements.unconfirmed(peer)
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
    this.acknowledgements.stored(last.turn, pushesIn(done))
  }

  /** The journal: of the turns that were not called stored nothing is on disk. What was passed on will be, and nobody hears so. */
  notStored(detail: string): void {
    const failed = this.ended
    this.ended = failed.map((ended) => ({ ...ended, pushes: new Map(), deliveries: [] }))
    for (const { deliveries } of failed) for (const delivery of deliveries) delivery.done('not-stored')
    for (const [member, n] of pushesIn(failed)) member.refuse(n, 'not-stored', detail)
  }

  /** Whoever was given a link to read could otherwise make it lead to a document of their own. */
  private isTaken({ name, value }: SharedRegister): boolean {
    const key = name === 'read-key' ? parseLinkKey(value) : null
    return key !== null && this.surroundings.links.isOfAnother(key, this.document)
  }

  private tellRegister(member: Member, name: RegisterName): void {
    member.send({ type: 'registers', registers: [{ name, value: valueFor(this.registers, name, member.ticket) }] })
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
    if (!this.isDamaged) this.tellRole(member)
  }

  /** Whoever may write hears what the server lacks of theirs. */
  private tellRole(member: Member): void {
    member.send({ type: 'role', role: member.role, reason: null })
    if (member.role === 'writer') member.resync(0, this.doc.version())
  }

  /** Answers whether they are still here: what they pushed last may be stored after they have left. */
  private sayStored(member: Member, n: number, replicas: number): boolean {
    if (!this.members.has(member.number)) return false
    const servers = 1 + this.surroundings.others.peers
    member.send({ type: 'stored', n, replicas, servers: Math.max(servers, replicas), stateHash: this.stateHash() })
    return true
  }

  /** Answers whether it could be applied whole. */
  private apply(update: Update): boolean {
    const waited = this.doc.waiting
    this.hash = null
    this.doc.apply(update)
    return this.doc.waiting <= waited
  }

  private objection(from: Member, update: Update): Refusal | null {
    if (this.roleOf(from.ticket) !== 'writer') return { reason: 'forbidden', detail: 'Only a writer may push' }
    const { loss } = this.scribe
    if (loss !== null) return { reason: 'damaged', detail: loss.detail }
    const { obstacle } = this.journal
    if (obstacle !== null) return { reason: 'not-stored', detail: obstacle }
    return this.tooLarge(update) ?? from.vouchFor(update, this.people, this.doc)
  }

  private tooLarge({ inserts }: Update): Refusal | null {
    const inserted = inserts.reduce((sum, range) => sum + range.to - range.from, 0)
    if (this.doc.length + inserted > MAX_DOCUMENT_LENGTH) {
      return { reason: 'document-too-large', detail: `A document has at most ${MAX_DOCUMENT_LENGTH} characters` }
    }
    if (this.doc.waiting <= MAX_WAITING) return null
    return { reason: 'document-too-large', detail: 'Too much waits for what never came' }
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
      this.agreement.stirred()
      this.forward(fresh)
      this.sign(fresh, turn.people)
    }
    this.publish(fresh, turn)
    if (fresh.length > 0)
      this.scribe.updates(
        fresh.map((taken) => this.broughtIn(taken)),
        stateHash,
      )
    if (stateHash === this.scribe.loss?.stateHash) this.repair()
    this.scribe.endTurn(stateHash)
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
        this.scribe.person(news)
        people.push(news)
      }
    }
  }

  /** What a peer brings is written down under its author's name. */
  private broughtIn({ from, update }: Taken): Brought {
    return { update, person: from?.state.person.name ?? this.people.nameOf(update.inserts[0]?.replica) }
  }

  private takeRegister(register: NamedRegister): void {
    const { name, value, stamp } = register
    this.registers = new Map([...this.registers, [name, { value, stamp }]])
    this.scribe.register(register)
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

  private catchUp(member: Member, version: Version): void {
    member.behind = null
    member.sendLong({ type: 'updates', updates: [this.doc.updateSince(version)] })
    if (member.outlet.congested) member.behind = this.doc.version()
  }
}

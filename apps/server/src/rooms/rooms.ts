import { Doc, type Incarnation, type Result, randomReplicaId } from '@manyhands/crdt'
import {
  type Address,
  type DocumentId,
  parseDocumentId,
  parseLinkKey,
  type Refusal,
  type Whereabouts,
} from '@manyhands/protocol'
import { ReadLinks } from '../access/read-links.ts'
import type { Loaded, StoredDocument } from '../storage/storage.ts'
import { Guests } from './guests.ts'
import { restored } from './restored.ts'
import { type Opening, Room, type Surroundings } from './room.ts'
import type { TurnCounter } from './turn.ts'

export interface RoomsOptions extends Omit<Surroundings, 'links'> {
  readonly random: () => number
}

/** An empty room stays open this long: a reload or a short walk out of reach finds it as it was. */
const IDLE_FOR = 60_000

/**
 * Empty rooms are kept up to so much text, and so many of them; the one that has been empty longest goes first. Peers write
 * in rooms where nobody is: a server that follows 1,000 documents of others reads none of them from the disk again and again.
 */
const MAX_IDLE_BYTES = 67_108_864
const MAX_IDLE = 4096

/** How long a link to read that is unknown here may take to come from another server. */
const LINK_WITHIN = 1000

const nobodyKnows: Refusal = { reason: 'not-found', detail: 'Nobody has written in this document' }
const nobodyHereKnows: Refusal = {
  reason: 'out-of-reach',
  detail: 'A server that may know this document is out of reach',
}

/** Whoever has a damaged document asks again after this time: no peer may have been in reach, or none whose copy is whole. */
const MEND_AGAIN = 10_000

interface Idle {
  /** What the room weighed when it became empty. */
  readonly bytes: number
  readonly stopClosing: () => void
}

/** The open documents. Each is loaded once, however many ask for it at once, and closed when it has been empty a while. */
export class Rooms {
  readonly links: ReadLinks = new ReadLinks()
  private readonly options: RoomsOptions
  private readonly open = new Map<DocumentId, Room>()
  private readonly loading = new Map<DocumentId, Promise<Loaded>>()
  /** The questions to other servers that are on their way. */
  private readonly fetching = new Map<DocumentId, Promise<void>>()
  private readonly guests = new Map<DocumentId, Guests>()
  private readonly turns: TurnCounter = { last: 0 }
  /** The empty rooms, longest first. */
  private readonly idle = new Map<Room, Idle>()
  private idleBytes = 0

  constructor(options: RoomsOptions) {
    this.options = options
  }

  get size(): number {
    return this.open.size
  }

  /**
   * What is said of a document that is unknown here. Whoever may not know whether one exists hears it as well: the link they came
   * by may have been made on a server that is out of reach.
   */
  get unknown(): Refusal {
    const { peers, reachable } = this.options.others
    return reachable < peers ? nobodyHereKnows : nobodyKnows
  }

  /** How many of them have lost something that no other server has brought yet. */
  get damaged(): number {
    let damaged = 0
    for (const room of this.open.values()) if (room.isDamaged) damaged++
    return damaged
  }

  /** How many of them a peer has repaired that may never have had what was lost. */
  get uncertain(): number {
    let uncertain = 0
    for (const room of this.open.values()) if (room.isUncertain) uncertain++
    return uncertain
  }

  /**
   * The room of a document, for a client. One that is not known here may be known to another server: a disk may have been
   * lost, or a link be faster than the relay. Where nobody has it, it comes into being if the asker says where it began.
   */
  async enter(address: Address, incarnation: Incarnation | null): Promise<Result<Room, Refusal>> {
    const document = parseDocumentId(address)
    const found = await (document === null ? this.enterByLink(address) : this.enterById(document, incarnation))
    return found.ok || found.error !== nobodyKnows ? found : { ok: false, error: this.unknown }
  }

  private async enterById(document: DocumentId, incarnation: Incarnation | null): Promise<Result<Room, Refusal>> {
    if (this.options.others.peers > 0) {
      const here = await this.find(document, null)
      if (here.ok || here.error.reason !== 'not-found') return here
      await this.fetch(document)
    }
    return this.find(document, incarnation)
  }

  /** The room behind a link to read. One that was just made on another server may be on its way here. */
  private async enterByLink(address: Address): Promise<Result<Room, Refusal>> {
    const { clock, others } = this.options
    const key = parseLinkKey(address)
    const document = key && (await this.links.find(key, clock, others.peers > 0 ? LINK_WITHIN : 0))
    return document === null ? { ok: false, error: nobodyKnows } : this.find(document, null)
  }

  /** The room of a document. One that nobody has stored here comes into being if the asker says where it began. */
  async find(document: DocumentId, incarnation: Incarnation | null): Promise<Result<Room, Refusal>> {
    const loaded = this.open.has(document) ? null : await this.load(document)
    // Somebody else may have come in, or everybody gone, while it loaded.
    const room = this.open.get(document)
    if (room !== undefined) {
      // It does not close between now and the asker's coming in.
      this.left(room)
      return { ok: true, value: room }
    }
    if (loaded === null) return this.find(document, incarnation)
    const opening = this.openingOf(document, loaded, incarnation)
    return opening.ok ? { ok: true, value: this.add(opening.value) } : opening
  }

  /** Somebody has come into this room. */
  occupied(room: Room): void {
    const idle = this.idle.get(room)
    if (idle === undefined) return
    idle.stopClosing()
    this.idle.delete(room)
    this.idleBytes -= idle.bytes
  }

  /** Somebody has left this room. */
  left(room: Room): void {
    if (room.isEmpty) this.idleSince(room)
  }

  /** The room of a document, if it is open, for a peer who writes in it now: one that was about to close does not. */
  opened(document: DocumentId): Room | undefined {
    const room = this.open.get(document)
    if (room?.isEmpty && !this.idle.has(room)) this.idleSince(room)
    return room
  }

  all(): Iterable<Room> {
    return this.open.values()
  }

  /** The open documents in which somebody is only vouched for. */
  unsure(): readonly DocumentId[] {
    return [...this.open.values()].filter(({ unsure }) => unsure.length > 0).map(({ document }) => document)
  }

  /** A peer has a turn of a document on its disk. */
  confirmed(document: DocumentId, peer: string, turn: number): void {
    this.open.get(document)?.confirmed(peer, turn)
  }

  /** A peer has this of a document on its disk. */
  hashTold(document: DocumentId, peer: string, stateHash: string): void {
    this.open.get(document)?.hashTold(peer, stateHash)
  }

  /** What a peer has on its disk is not known any more. */
  unconfirmed(peer: string): void {
    for (const room of this.open.values()) room.unconfirmed(peer)
  }

  /** A peer says where its members are. */
  visited(document: DocumentId, peer: string, whereabouts: readonly Whereabouts[]): void {
    const room = this.open.get(document)
    const guests = this.guestsOf(document)
    for (const where of whereabouts) {
      if (room?.has(where.replica)) continue
      const change = guests.take(peer, where)
      if (change !== null) room?.guestMoved(change.guest, change.isGone)
    }
    this.forget(document)
  }

  /** A peer is out of reach, and its members with it. */
  lost(peer: string): void {
    for (const [document, guests] of this.guests) {
      for (const guest of guests.lost(peer)) this.open.get(document)?.guestMoved(guest, true)
      this.forget(document)
    }
  }

  /** Where the members of this server are: what a peer that has just come must hear. */
  everybody(): readonly (readonly [DocumentId, readonly Whereabouts[]])[] {
    return [...this.open.values()]
      .filter((room) => !room.isEmpty)
      .map((room) => [room.document, room.whereabouts()] as const)
  }

  /** Resolves when everything pushed until now is on disk, in all rooms. */
  async settled(): Promise<void> {
    await Promise.all([...this.open.values()].map((room) => room.settled()))
  }

  private add(opening: Opening): Room {
    // Whoever replaces a value wins over it, also where the clock that stamped it ran ahead of ours.
    for (const { stamp } of opening.registers.values()) this.options.stamps.saw(stamp)
    const room = new Room(opening, { ...this.options, links: this.links }, this.turns, this.guestsOf(opening.document))
    this.open.set(opening.document, room)
    this.idleSince(room)
    this.report(room, opening)
    return room
  }

  /** Whoever compares documents with other servers goes by what was read, not by what was written down. */
  private report(room: Room, { document, doc, registers, loss, isStored }: Opening): void {
    const { committed, log } = this.options
    const { incarnation } = doc
    if (isStored) {
      const { last: turn } = this.turns
      committed(document, {
        incarnation,
        registers,
        stateHash: doc.stateHash(),
        turn,
        changedAt: null,
        length: doc.length,
      })
    }
    if (loss === null) return
    const { detail, isWhole } = loss
    log.error({ document, detail, isWhole }, 'a stored document is damaged')
    if (isWhole) room.repair()
    else void this.mend(room)
  }

  /** The others have what is lost here, if anybody has. */
  private async mend(room: Room): Promise<void> {
    const { clock, others } = this.options
    await this.fetch(room.document)
    if (!room.isDamaged || this.open.get(room.document) !== room || others.peers === 0) return
    clock.after(MEND_AGAIN, () => void this.mend(room))
  }

  private idleSince(room: Room): void {
    this.occupied(room)
    const turn = room.newestTurn
    const stopClosing = this.options.clock.after(IDLE_FOR, () => {
      if (room.newestTurn === turn) void this.close(room)
      else this.idleSince(room)
    })
    const bytes = room.bytes
    this.idle.set(room, { bytes, stopClosing })
    this.idleBytes += bytes
    for (const oldest of this.idle.keys()) {
      if (oldest === room || (this.idle.size <= MAX_IDLE && this.idleBytes <= MAX_IDLE_BYTES)) return
      void this.close(oldest)
    }
  }

  /** A room whose last edits are not on disk stays until they are; one that somebody enters meanwhile stays open. */
  private async close(room: Room): Promise<void> {
    this.occupied(room)
    await room.settled()
    if (!room.isEmpty || this.idle.has(room)) return
    this.open.delete(room.document)
    this.forget(room.document)
  }

  private guestsOf(document: DocumentId): Guests {
    const known = this.guests.get(document)
    if (known !== undefined) return known
    const guests = new Guests()
    this.guests.set(document, guests)
    return guests
  }

  /** Of a document that is closed and has no guests nothing is kept. */
  private forget(document: DocumentId): void {
    if (!this.open.has(document) && this.guests.get(document)?.isEmpty) this.guests.delete(document)
  }

  private fetch(document: DocumentId): Promise<void> {
    const fetching = this.fetching.get(document)
    if (fetching !== undefined) return fetching
    const promise = this.options.others.fetch(document).finally(() => this.fetching.delete(document))
    this.fetching.set(document, promise)
    return promise
  }

  private load(document: DocumentId): Promise<Loaded> {
    const loading = this.loading.get(document)
    if (loading !== undefined) return loading
    const promise = this.options.storage.load(document).finally(() => this.loading.delete(document))
    this.loading.set(document, promise)
    return promise
  }

  private openingOf(document: DocumentId, loaded: Loaded, incarnation: Incarnation | null): Result<Opening, Refusal> {
    const replica = randomReplicaId(this.options.random)
    if (loaded.state === 'stored') return { ok: true, value: openingOf(document, loaded, replica) }
    if (incarnation === null) return { ok: false, error: nobodyKnows }
    const doc = Doc.create({ replica, incarnation })
    const nothing = { registers: new Map(), people: new Map(), n: 0, tailBytes: 0, loss: null, isStored: false }
    return { ok: true, value: { document, doc, ...nothing } }
  }
}

function openingOf(document: DocumentId, stored: StoredDocument, replica: Doc['replica']): Opening {
  const { registers, people, n, tail } = stored
  const tailBytes = tail.reduce((sum, bytes) => sum + bytes.length, 0)
  return { document, ...restored(stored, replica), registers, people, n, tailBytes, isStored: true }
}

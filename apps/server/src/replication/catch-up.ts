import { emptyVersion, type Incarnation, type Version } from '@manyhands/crdt'
import {
  type CatchUpAnswer,
  type CompareAnswer,
  type ComparedDocument,
  type DocumentId,
  encodePeerMessage,
  type NotReplicated,
  type PeerMessage,
} from '@manyhands/protocol'
import { hasBucket } from '../catalogue/document-index.ts'
import type { Room } from '../rooms/room.ts'
import { type LinkSurroundings, PART_BYTES, portionsOf } from './link.ts'
import type { Outstanding } from './outstanding.ts'

/** What of the other end a catch-up needs. */
export interface CatchUpOptions extends LinkSurroundings {
  readonly peer: string
  readonly send: (bytes: Uint8Array) => void
  readonly outstanding: Outstanding
  readonly confirmed: (document: DocumentId, turn: number) => void
}

/** So many documents at once: enough that the line is never empty, few enough that edits do not wait behind them. */
const AT_ONCE = 8

/** A peer that takes longer to answer for a document is asked again after the next comparison. */
const ANSWER_WITHIN = 10_000

interface Comparison {
  /** The turn of each unconfirmed document that was on disk when the hashes were sent. */
  readonly turns: ReadonlyMap<DocumentId, number>
  readonly listed: Set<DocumentId>
}

interface Exchange {
  readonly incarnation: Incarnation | null
  readonly stopWaiting: () => void
  /** Everything that the peer has brought in this exchange has been taken in. */
  readonly isTaken: boolean
}

/**
 * Makes the documents of two servers the same, in both directions, driven from one end of a link: the hashes of 256 buckets
 * of documents are compared, then the documents of the buckets that differ, then versions, and then what each side lacks is
 * sent. The cost follows the difference: where there is none, it is 2 kB. After Demers and others, "Epidemic algorithms for
 * replicated database maintenance" (1987); two levels stand for their tree, since 256 squared is more documents than the
 * servers we build for have.
 */
export class CatchUp {
  private readonly options: CatchUpOptions
  private comparison: Comparison | null = null
  private readonly queue = new Set<DocumentId>()
  private readonly running = new Map<DocumentId, Exchange>()
  private readonly askers = new Map<DocumentId, ((found: boolean) => void)[]>()
  private isOver = false

  constructor(options: CatchUpOptions) {
    this.options = options
  }

  /** Whether nothing is left to be done of the last comparison. */
  get isIdle(): boolean {
    return this.comparison === null && this.queue.size === 0 && this.running.size === 0
  }

  compare(): void {
    const { index, outstanding } = this.options
    const turns = new Map<DocumentId, number>()
    for (const document of outstanding.documents()) turns.set(document, index.get(document)?.turn ?? 0)
    this.comparison = { turns, listed: new Set() }
    this.say({ type: 'compare', hashes: index.hashes() })
  }

  /** The peer lists what it has in the buckets that differ. */
  compared(answer: CompareAnswer): void {
    const { comparison } = this
    if (comparison === null) return
    for (const theirs of answer.documents) {
      comparison.listed.add(theirs.document)
      this.compareOne(theirs, comparison)
    }
    if (!answer.isLast) return
    this.comparison = null
    for (const { document } of this.options.index.documentsIn(answer.differing)) {
      if (!comparison.listed.has(document)) this.queue.add(document)
    }
    for (const document of this.options.rooms.unsure()) this.queue.add(document)
    for (const [document, turn] of comparison.turns) {
      if (!hasBucket(answer.differing, document)) this.options.confirmed(document, turn)
    }
    this.goOn()
  }

  /** One document is known to differ. */
  add(document: DocumentId): void {
    this.queue.add(document)
    this.goOn()
  }

  /** Asks for a document that is unknown here. Answers whether the peer knows it, when its beginning has been taken in. */
  fetch(document: DocumentId): Promise<boolean> {
    return new Promise((resolve) => {
      this.askers.set(document, [...(this.askers.get(document) ?? []), resolve])
      if (!this.running.has(document)) void this.begin(document)
    })
  }

  /** The peer answers with what we lack. */
  async answered(answer: CatchUpAnswer): Promise<void> {
    const { document, incarnation } = answer
    const exchange = this.running.get(document)
    if (exchange === undefined) return
    if (incarnation !== null && exchange.incarnation !== null && incarnation !== exchange.incarnation) {
      this.options.mismatched(document, this.options.peer)
      return this.end(document, false)
    }
    const room = await this.find(document, incarnation ?? exchange.incarnation)
    if (room === null || this.isOver) return this.end(document, false)
    if (incarnation !== null && room.incarnation !== incarnation) {
      this.options.mismatched(document, this.options.peer)
      return this.end(document, false)
    }
    const isTaken = exchange.isTaken && incarnation !== null && take(room, answer)
    this.running.set(document, { ...exchange, isTaken })
    this.tellAskers(document, incarnation !== null)
    if (answer.left > 0) return
    // All that the peer has is here now; a copy that is damaged itself does not make another one whole.
    if (isTaken && !answer.isDamaged) room.repair()
    this.giveBack(room, incarnation === null ? emptyVersion : answer.version, answer)
    this.end(document, incarnation !== null)
  }

  /** The line is gone. */
  close(): void {
    this.isOver = true
    for (const document of [...this.running.keys()]) this.end(document, false)
    for (const document of [...this.askers.keys()]) this.tellAskers(document, false)
    this.queue.clear()
  }

  private compareOne(theirs: ComparedDocument, { turns }: Comparison): void {
    const { document } = theirs
    const ours = this.options.index.get(document)
    if (ours !== undefined && ours.incarnation !== theirs.incarnation) {
      this.options.mismatched(document, this.options.peer)
    } else if (ours?.stateHash !== theirs.stateHash || ours.registersHash !== theirs.registersHash) {
      this.queue.add(document)
    } else {
      this.options.confirmed(document, turns.get(document) ?? 0)
    }
  }

  private goOn(): void {
    for (const document of this.queue) {
      if (this.running.size >= AT_ONCE) return
      this.queue.delete(document)
      if (!this.running.has(document)) void this.begin(document)
    }
  }

  private async begin(document: DocumentId): Promise<void> {
    const stopWaiting = this.options.clock.after(ANSWER_WITHIN, () => this.end(document, false))
    this.running.set(document, { incarnation: null, stopWaiting, isTaken: true })
    const room = await this.find(document, null)
    if (!this.running.has(document)) return
    const incarnation = room?.incarnation ?? null
    this.running.set(document, { incarnation, stopWaiting, isTaken: true })
    this.say({
      type: 'catch-up',
      document,
      incarnation,
      unsure: room?.unsure ?? [],
      version: room?.version() ?? emptyVersion,
    })
  }

  /** The room, or null where the document is unknown and nobody says where it began, or where it cannot be read. */
  private async find(document: DocumentId, incarnation: Incarnation | null): Promise<Room | null> {
    try {
      const found = await this.options.rooms.find(document, incarnation)
      return found.ok ? found.value : null
    } catch (error) {
      this.options.log.error({ document, err: error }, 'could not load')
      return null
    }
  }

  /** Sends what the peer lacks. Even where that is nothing: what is confirmed then is all that came before. */
  private giveBack(room: Room, theirs: Version, { registers }: CatchUpAnswer): void {
    const { document, incarnation } = room
    const turnSoFar = room.closeTurn()
    this.options.outstanding.settle(document, turnSoFar)
    const parts = room.partsSince(theirs, this.options.partBytes ?? PART_BYTES)
    for (const [i, part] of parts.entries()) {
      const turn = i === parts.length - 1 ? turnSoFar : 0
      if (part.isEmpty && turn === 0) continue
      const portions = [...portionsOf(room.peopleIn(part))]
      const people = portions.pop() ?? []
      for (const some of portions) {
        this.say({ type: 'replicate', document, incarnation, turn: 0, people: some, updates: [] })
      }
      const updates = part.isEmpty ? [] : [part]
      const bytes = encodePeerMessage({ type: 'replicate', document, incarnation, turn, people, updates })
      if (turn > 0) this.options.outstanding.add(document, turn, bytes.length)
      this.options.send(bytes)
    }
    const news = room.registersBeside(registers)
    if (news.length > 0) this.say({ type: 'catalogue', document, incarnation, registers: news })
  }

  private end(document: DocumentId, found: boolean): void {
    const exchange = this.running.get(document)
    this.running.delete(document)
    exchange?.stopWaiting()
    this.tellAskers(document, found)
    if (!this.isOver) this.goOn()
  }

  private tellAskers(document: DocumentId, found: boolean): void {
    const askers = this.askers.get(document) ?? []
    this.askers.delete(document)
    for (const tell of askers) tell(found)
  }

  private say(message: PeerMessage): void {
    this.options.send(encodePeerMessage(message))
  }
}

/** Answers whether the room took it, and nothing of it waits for what did not come. */
function take(room: Room, { people, update, registers }: CatchUpAnswer): boolean {
  const updates = update.isEmpty ? [] : [update]
  let isTaken = true
  const done = (obstacle: NotReplicated['reason'] | null): void => {
    if (obstacle !== null) isTaken = false
  }
  if (people.length > 0 || updates.length > 0) room.receive({ people, updates, done })
  room.receiveRegisters(registers)
  return isTaken
}

import { Doc, decodeUpdate, type Incarnation, type Result, randomReplicaId } from '@manyhands/crdt'
import type { DocumentId, Refusal } from '@manyhands/protocol'
import type { Loaded, StoredDocument } from '../storage/storage.ts'
import { type Opening, Room, type Surroundings } from './room.ts'

export interface RoomsOptions extends Surroundings {
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

interface Idle {
  /** What the room weighed when it became empty. */
  readonly bytes: number
  readonly stopClosing: () => void
}

/** The open documents. Each is loaded once, however many ask for it at once, and closed when it has been empty a while. */
export class Rooms {
  private readonly options: RoomsOptions
  private readonly open = new Map<DocumentId, Room>()
  private readonly loading = new Map<DocumentId, Promise<Loaded>>()
  /** The empty rooms, longest first. */
  private readonly idle = new Map<Room, Idle>()
  private idleBytes = 0

  constructor(options: RoomsOptions) {
    this.options = options
  }

  get size(): number {
    return this.open.size
  }

  /** The room of a document. One that nobody has stored comes into being if the asker says where it began. */
  async enter(document: DocumentId, incarnation: Incarnation | null): Promise<Result<Room, Refusal>> {
    const loaded = this.open.has(document) ? null : await this.load(document)
    // Somebody else may have come in, or everybody gone, while it loaded.
    const room = this.open.get(document)
    if (room !== undefined) {
      // It does not close between now and the asker's coming in.
      this.left(room)
      return { ok: true, value: room }
    }
    if (loaded === null) return this.enter(document, incarnation)
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

  /** Resolves when everything pushed until now is on disk, in all rooms. */
  async settled(): Promise<void> {
    await Promise.all([...this.open.values()].map((room) => room.settled()))
  }

  private add(opening: Opening): Room {
    const room = new Room(opening, this.options)
    this.open.set(opening.document, room)
    this.idleSince(room)
    return room
  }

  private idleSince(room: Room): void {
    this.occupied(room)
    const stopClosing = this.options.clock.after(IDLE_FOR, () => void this.close(room))
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
    if (room.isEmpty && !this.idle.has(room)) this.open.delete(room.document)
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
    if (loaded.state === 'stored') {
      const doc = documentOf(loaded, replica)
      if (doc.ok) return { ok: true, value: openingOf(document, loaded, doc.value) }
      return this.damaged(document, doc.error)
    }
    if (loaded.state === 'damaged') return this.damaged(document, loaded.detail)
    if (incarnation === null)
      return { ok: false, error: { reason: 'not-found', detail: 'Nobody has written in this document' } }
    const doc = Doc.create({ replica, incarnation })
    return { ok: true, value: { document, doc, title: '', n: 0, tailBytes: 0, isStored: false } }
  }

  private damaged(document: DocumentId, detail: string): Result<never, Refusal> {
    this.options.log.error({ document, detail }, 'a stored document is damaged')
    return { ok: false, error: { reason: 'damaged', detail } }
  }
}

function openingOf(document: DocumentId, { title, n, tail }: StoredDocument, doc: Doc): Opening {
  const tailBytes = tail.reduce((sum, bytes) => sum + bytes.length, 0)
  return { document, doc, title, n, tailBytes, isStored: true }
}

/** The snapshot, and the updates after it. */
function documentOf(loaded: StoredDocument, replica: Doc['replica']): Result<Doc, string> {
  const begun = beginningOf(loaded, replica)
  if (!begun.ok) return { ok: false, error: `The snapshot does not decode: ${begun.error.message}` }
  for (const bytes of loaded.tail) {
    const update = decodeUpdate(bytes)
    if (!update.ok) return { ok: false, error: `An update does not decode: ${update.error.message}` }
    begun.value.apply(update.value)
  }
  return begun
}

function beginningOf({ snapshot, incarnation }: StoredDocument, replica: Doc['replica']): ReturnType<typeof Doc.load> {
  if (snapshot !== null) return Doc.load(snapshot, { replica })
  return { ok: true, value: Doc.create({ replica, incarnation }) }
}

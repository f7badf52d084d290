import type { Doc, Update } from '@manyhands/crdt'
import type { DocumentId, NamedRegister, ReplicaPerson } from '@manyhands/protocol'
import type { Clock } from '../clock.ts'
import type { Write } from '../storage/storage.ts'
import type { Loss } from './restored.ts'

/** A document, and how much of it is written down. */
export interface WrittenDocument {
  readonly document: DocumentId
  readonly doc: Doc
  /** The number of the last update stored. */
  readonly n: number
  /** Updates stored since the last snapshot, in bytes. */
  readonly tailBytes: number
  /** What could not be read of it. */
  readonly loss: Loss | null
  readonly isStored: boolean
}

/** An update, and the name of whoever brought it. */
export interface Brought {
  readonly update: Update
  readonly person: string
}

/** A snapshot is due when the log since the last one has grown to its size, and to more than this. */
const SNAPSHOT_AFTER_BYTES = 262_144

/**
 * What one document is written down as: a log, a snapshot when the log has grown long, and, when it was damaged and is whole
 * again, the repair. While something of it is lost the log goes on, but nothing is written that would hide it. Changed by its room.
 */
export class Scribe {
  private readonly document: DocumentId
  private readonly doc: Doc
  private readonly write: (write: Write) => void
  private readonly clock: Clock
  private readonly snapshotAfterBytes: number
  private n: number
  private tailBytes: number
  private snapshotBytes = 0
  private isStored: boolean
  private state: { readonly is: 'whole' | 'mended' } | { readonly is: 'damaged'; readonly loss: Loss }

  constructor(
    written: WrittenDocument,
    write: (write: Write) => void,
    clock: Clock,
    snapshotAfterBytes: number = SNAPSHOT_AFTER_BYTES,
  ) {
    this.document = written.document
    this.doc = written.doc
    this.n = written.n
    this.tailBytes = written.tailBytes
    this.isStored = written.isStored
    this.state = written.loss === null ? { is: 'whole' } : { is: 'damaged', loss: written.loss }
    this.write = write
    this.clock = clock
    this.snapshotAfterBytes = snapshotAfterBytes
  }

  /** What is lost of the text. */
  get loss(): Loss | null {
    return this.state.is === 'damaged' ? this.state.loss : null
  }

  /** Of what was damaged: the text is to be written down anew, at the end of the turn. */
  mend(): void {
    this.state = { is: 'mended' }
  }

  person({ replica, person, vouchedBy }: ReplicaPerson): void {
    this.create()
    const { name, color } = person
    const at = this.clock.now()
    this.write({ type: 'replica', document: this.document, replica, person: name, color, vouchedBy, at })
  }

  register({ name, value, stamp }: NamedRegister): void {
    this.create()
    this.write({ type: 'register', document: this.document, name, value, stamp })
  }

  /** What came in a turn. `stateHash`: of the document after it. */
  updates(brought: readonly Brought[], stateHash: string): void {
    const { document, doc } = this
    const at = this.clock.now()
    // The hash of a text of which something is lost would say that it is whole.
    const written = { document, at, length: doc.length, stateHash: this.loss === null ? stateHash : '' }
    this.create()
    for (const { update, person } of brought) {
      this.write({ type: 'update', ...written, n: ++this.n, person, bytes: update.bytes })
      this.tailBytes += update.bytes.length
    }
    this.compact()
  }

  /** The turn ends, and leaves the document with this hash. What waits is in no saved document, so the log is read beside a repair. */
  endTurn(stateHash: string): void {
    if (this.state.is !== 'mended') return
    this.state = { is: 'whole' }
    const { document, n, doc } = this
    const upto = doc.waiting > 0 ? 0 : n
    const at = this.clock.now()
    this.write({ type: 'repair', document, n, upto, at, stateHash, length: doc.length, bytes: doc.encode() })
  }

  /** A document is nobody's before somebody writes in it or gives it a title. */
  private create(): void {
    if (this.isStored) return
    this.isStored = true
    const { incarnation } = this.doc
    this.write({ type: 'document', document: this.document, incarnation, at: this.clock.now() })
  }

  /** A saved document does not hold what waits in it; then the log must be read whole. */
  private compact(): void {
    if (this.tailBytes < Math.max(this.snapshotAfterBytes, this.snapshotBytes)) return
    if (this.doc.waiting > 0 || this.loss !== null) return
    const bytes = this.doc.encode()
    this.write({ type: 'snapshot', document: this.document, upto: this.n, bytes })
    this.tailBytes = 0
    this.snapshotBytes = bytes.length
  }
}

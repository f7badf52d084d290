import { crc32 } from 'node:zlib'
import { Doc, decodeUpdate, type Incarnation, includes, replicaId, type Update, type Version } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'
import { restored } from '../../src/rooms/restored.ts'
import { type Blob, intactOf, isIntact, type Snapshot } from '../../src/storage/intact.ts'
import { MemoryStorage } from '../../src/storage/memory.ts'
import type { Loaded, StoredDocument, Write } from '../../src/storage/storage.ts'
import { type Character, idsIn, nameOf, type Place } from './book.ts'

const REPLICA = replicaId(1)

/** What has landed on one disk, seen without asking the server that it belongs to. */
export class Platter {
  readonly name: string
  readonly memory = new MemoryStorage()
  private readonly documents = new Map<DocumentId, StoredPlace>()
  /** Whether some server has a copy of a document that is not damaged, on its disk or, if that takes nothing, in memory; */
  private readonly isWholeSomewhere: (document: DocumentId) => boolean
  /** and who hears of what must not be. */
  private readonly complain: (what: string) => void

  constructor(name: string, isWholeSomewhere: (document: DocumentId) => boolean, complain: (what: string) => void) {
    this.name = name
    this.isWholeSomewhere = isWholeSomewhere
    this.complain = complain
  }

  land(writes: readonly Write[]): void {
    void this.memory.commit(writes)
    for (const write of writes) {
      const { document } = write
      const place = this.documents.get(document)
      const isHopeless = write.type === 'repair' && !this.isWholeSomewhere(document)
      if (write.type === 'document') this.add(document, write.incarnation)
      else place?.land(write)
      if (isHopeless && place?.hasAll === false) {
        this.complain(`[D3] ${this.name} is written down as whole, and lacks what nobody else has whole`)
      }
    }
  }

  async load(document: DocumentId): Promise<Loaded> {
    const loaded = await this.memory.load(document)
    const place = this.documents.get(document)
    return loaded.state === 'stored' && place !== undefined ? { ...loaded, ...place.intact() } : loaded
  }

  /** What a server that starts now would make of this disk, if that is not what has landed there. */
  async faults(): Promise<readonly string[]> {
    const faults: string[] = []
    for (const [document, place] of this.documents) {
      const loaded = await this.load(document)
      if (loaded.state === 'stored') faults.push(...place.faultsOf(loaded))
    }
    return faults
  }

  of(document: DocumentId): StoredPlace | null {
    return this.documents.get(document) ?? null
  }

  private add(document: DocumentId, incarnation: Incarnation): void {
    if (!this.documents.has(document)) this.documents.set(document, new StoredPlace(this.name, incarnation))
  }
}

/** One document on one disk: its log and its snapshot as they lie there, and all that can be read of both. */
export class StoredPlace implements Place {
  readonly name: string
  readonly isDisk = true
  doc: Doc
  /** Whether something could not be read, and nobody has written the document down anew since. */
  isRotten = false
  private updates: readonly Blob[] = []
  private snapshot: Snapshot | null = null
  private last = 0
  private version: Version | null = null
  private living: ReadonlySet<string> | null = null
  /** All that has ever landed. */
  private readonly ever: Doc

  constructor(name: string, incarnation: Incarnation) {
    this.name = name
    this.doc = Doc.create({ replica: REPLICA, incarnation })
    this.ever = Doc.create({ replica: REPLICA, incarnation })
  }

  land(write: Write): void {
    if (write.type === 'update') return this.log(write.n, write.bytes)
    if (write.type === 'snapshot') this.snapshot = snapshotOf(write.upto, write.upto, write.bytes)
    if (write.type === 'repair') this.repair(write)
  }

  intact(): Pick<StoredDocument, 'snapshot' | 'tail' | 'n' | 'damage'> {
    const { snapshot, updates, last } = this
    const from = snapshot !== null && isIntact(snapshot) ? snapshot.n : 0
    return intactOf({ snapshot, updates: updates.filter(({ n }) => n > from), last, errors: [] })
  }

  /** A snapshot and the log after it say what the whole log says, and nobody finds damage where there is none. */
  faultsOf(loaded: StoredDocument): readonly string[] {
    const { doc, loss } = restored(loaded, REPLICA)
    const faults = loss !== null && !this.isRotten ? [`${this.name} finds damage: ${loss.detail}`] : []
    const isSame = doc.stateHash() === this.doc.stateHash()
    return isSame ? faults : [...faults, `${this.name} would start with ${doc.text()}, and has ${this.doc.text()}`]
  }

  /** An update, or the snapshot, cannot be read any more, or is not there. */
  rot(number: number, isGone: boolean): void {
    const blobs = [...this.updates, ...(this.snapshot === null ? [] : [this.snapshot])]
    const rotten = blobs[number % blobs.length]
    if (rotten === undefined) return
    if (rotten === this.snapshot) this.snapshot = isGone ? null : { ...this.snapshot, checksum: rotten.checksum ^ 1 }
    else if (isGone) this.updates = this.updates.filter((blob) => blob !== rotten)
    else this.updates = this.updates.map((blob) => (blob === rotten ? { ...blob, checksum: blob.checksum ^ 1 } : blob))
    this.isRotten = this.intact().damage !== null
    this.reread()
  }

  get hasAll(): boolean {
    return includes(this.doc.version(), this.ever.version())
  }

  get isBlank(): boolean {
    return this.doc.version().size === 0
  }

  /** Whether this disk has all that the other one has. */
  includes(other: StoredPlace): boolean {
    return includes(this.doc.version(), other.doc.version())
  }

  knows({ id }: Character): boolean {
    this.version ??= this.doc.version()
    return this.version.has(id.replica, id.seq)
  }

  shows({ id }: Character): boolean {
    this.living ??= livingIn(this.doc)
    return this.living.has(nameOf(id))
  }

  private log(n: number, bytes: Uint8Array): void {
    if (n !== this.last + 1) throw new Error(`${this.name} was given update ${n} after update ${this.last}`)
    this.last = n
    this.updates = [...this.updates, { n, checksum: crc32(bytes), bytes }]
    this.ever.apply(this.apply(bytes))
  }

  /** The log keeps what can be read of it; what is written anew stands for the rest. */
  private repair({ n, upto, bytes }: Extract<Write, { type: 'repair' }>): void {
    this.updates = this.updates.filter((update) => isIntact(update) && update.n <= n)
    this.snapshot = snapshotOf(upto, n, bytes)
    this.isRotten = false
    this.reread()
  }

  private reread(): void {
    const { snapshot, tail } = this.intact()
    const begun = snapshot === null ? null : Doc.load(snapshot, { replica: REPLICA })
    if (begun?.ok === false) throw new Error(`${this.name} has a snapshot that does not decode: ${begun.error.message}`)
    this.doc = begun?.value ?? Doc.create({ replica: REPLICA, incarnation: this.doc.incarnation })
    this.version = null
    this.living = null
    for (const bytes of tail) this.apply(bytes)
  }

  private apply(bytes: Uint8Array): Update {
    const update = decodeUpdate(bytes)
    if (!update.ok) throw new Error(`${this.name} was given an update that does not decode: ${update.error.message}`)
    this.doc.apply(update.value)
    this.version = null
    this.living = null
    return update.value
  }
}

function snapshotOf(n: number, heals: number, bytes: Uint8Array): Snapshot {
  return { n, heals, checksum: crc32(bytes), bytes }
}

function livingIn(doc: Doc): ReadonlySet<string> {
  return new Set(idsIn(doc.idsIn(0, doc.length)).map(nameOf))
}

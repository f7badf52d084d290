import { Doc, decodeUpdate, type Incarnation, includes, replicaId, type Version } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'
import type { Disk, Machine } from '@manyhands/testkit'
import { MemoryStorage } from '../../src/storage/memory.ts'
import type { Listed, Loaded, Storage, Write } from '../../src/storage/storage.ts'
import type { Character, Place } from './book.ts'

/** What has landed on one disk, seen without asking the server that it belongs to. */
export class Platter {
  readonly name: string
  readonly memory = new MemoryStorage()
  private readonly documents = new Map<DocumentId, StoredPlace>()

  constructor(name: string) {
    this.name = name
  }

  land(writes: readonly Write[]): void {
    void this.memory.commit(writes)
    for (const write of writes) {
      if (write.type === 'document') this.add(write.document, write.incarnation)
      if (write.type === 'update') this.documents.get(write.document)?.log(write.bytes)
      if (write.type === 'repair') this.documents.get(write.document)?.repair(write.bytes)
    }
  }

  async load(document: DocumentId): Promise<Loaded> {
    const loaded = await this.memory.load(document)
    const rotten = this.documents.get(document)?.rotten ?? null
    if (loaded.state !== 'stored' || rotten === null) return loaded
    const damage = { detail: 'A checksum is wrong', setAside: 1, isWhole: false }
    return { ...loaded, tail: loaded.tail.filter((bytes) => bytes !== rotten), damage }
  }

  of(document: DocumentId): StoredPlace | null {
    return this.documents.get(document) ?? null
  }

  private add(document: DocumentId, incarnation: Incarnation): void {
    if (!this.documents.has(document)) this.documents.set(document, new StoredPlace(this.name, incarnation))
  }
}

/** One document on one disk. */
export class StoredPlace implements Place {
  readonly name: string
  readonly isDisk = true
  doc: Doc
  /** An update that cannot be read any more. */
  rotten: Uint8Array | null = null
  private updates: readonly Uint8Array[] = []
  private version: Version | null = null
  private units: ReadonlySet<string> | null = null

  constructor(name: string, incarnation: Incarnation) {
    this.name = name
    this.doc = Doc.create({ replica: replicaId(1), incarnation })
  }

  log(bytes: Uint8Array): void {
    this.updates = [...this.updates, bytes]
    this.apply(bytes)
  }

  /** One update of the log cannot be read any more. */
  rot(number: number): void {
    const rotten = this.updates[number % this.updates.length]
    if (rotten === undefined || this.rotten !== null) return
    this.rotten = rotten
    this.version = null
    this.units = null
    this.doc = Doc.create({ replica: this.doc.replica, incarnation: this.doc.incarnation })
    for (const bytes of this.updates) if (bytes !== rotten) this.apply(bytes)
  }

  repair(bytes: Uint8Array): void {
    this.rotten = null
    this.apply(bytes)
  }

  get isBlank(): boolean {
    return this.doc.version().size === 0
  }

  /** Whether this disk has all that the other one has. */
  includes(other: StoredPlace): boolean {
    return includes(this.doc.version(), other.doc.version())
  }

  private apply(bytes: Uint8Array): void {
    const update = decodeUpdate(bytes)
    if (!update.ok) throw new Error(`${this.name} was given an update that does not decode: ${update.error.message}`)
    this.doc.apply(update.value)
    this.version = null
    this.units = null
  }

  knows({ id }: Character): boolean {
    this.version ??= this.doc.version()
    return this.version.has(id.replica, id.seq)
  }

  shows({ unit }: Character): boolean {
    this.units ??= new Set(this.doc.text())
    return this.units.has(unit)
  }
}

/** A storage on a disk that takes its time, and loses what has not landed when its server crashes. */
export class SimStorage implements Storage {
  private readonly disk: Disk
  private readonly platter: Platter
  private readonly machine: Machine

  constructor(disk: Disk, platter: Platter, machine: Machine) {
    this.disk = disk
    this.platter = platter
    this.machine = machine
  }

  commit(writes: readonly Write[]): Promise<void> {
    return this.disk.write(this.machine, () => this.platter.land(writes))
  }

  load(document: DocumentId): Promise<Loaded> {
    return this.disk.read(this.machine, () => this.platter.load(document))
  }

  list(): Promise<readonly Listed[]> {
    return this.disk.read(this.machine, () => this.platter.memory.list())
  }

  meta(name: string): Promise<string | null> {
    return this.disk.read(this.machine, () => this.platter.memory.meta(name))
  }

  setMeta(name: string, value: string): Promise<void> {
    return this.disk.write(this.machine, () => void this.platter.memory.setMeta(name, value))
  }

  check(): Promise<void> {
    return this.disk.write(this.machine, () => {})
  }

  async close(): Promise<void> {}
}

/** The text that a server which starts from this disk will have. */
export async function storedText(platter: Platter, document: DocumentId): Promise<string | null> {
  const loaded = await platter.load(document)
  if (loaded.state !== 'stored') return null
  const replica = replicaId(1)
  const begun = loaded.snapshot === null ? null : Doc.load(loaded.snapshot, { replica })
  if (begun !== null && !begun.ok) return null
  const doc = begun?.value ?? Doc.create({ replica, incarnation: loaded.incarnation })
  for (const bytes of loaded.tail) {
    const update = decodeUpdate(bytes)
    if (update.ok) doc.apply(update.value)
  }
  return doc.text()
}

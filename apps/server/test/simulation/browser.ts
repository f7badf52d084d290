import {
  type DocumentStore,
  indexedDbOffline,
  type Leases,
  type Note,
  type Offline,
  OfflineError,
  type Saved,
  type TabMessage,
  type Tabs,
} from '@manyhands/client'
import { Doc, decodeUpdate, replicaId, type Version } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'
import { type Cut, Disk, type FakeClock, type Machine, type Random } from '@manyhands/testkit'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { type Character, idsIn, nameOf, type Place } from './book.ts'

export interface BrowserOptions {
  readonly name: string
  readonly clock: FakeClock
  readonly random: Random
  readonly slowestWrite: number
  readonly lastWords: number
  /** Hears of work that takes turns of the real event loop, and no time. */
  readonly works: (work: Promise<unknown>) => void
}

interface Listening {
  readonly channel: string
  readonly machine: Machine
  readonly hear: (message: unknown) => void
}

interface Waiting {
  readonly name: string
  readonly machine: Machine
  readonly taken: (giveBack: () => void) => void
}

/** Every world begins with empty devices. */
export function forgetDevices(): void {
  Object.assign(globalThis, { indexedDB: new IDBFactory() })
}

/** What the tabs of one browser have in common: a device (the real one, over an IndexedDB in memory), a channel and leases. */
export class Browser {
  readonly name: string
  readonly disk: Disk
  isFull = false
  /** How it is kept from all servers, if it is. */
  unplugged: Cut | null = null
  /** When a tab last came or went. */
  since = 0
  private readonly options: BrowserOptions
  private readonly places = new Map<DocumentId, DevicePlace>()
  private ears: readonly Listening[] = []
  private readonly held = new Map<string, Machine>()
  private waiting: readonly Waiting[] = []
  private wiped = 0

  constructor(options: BrowserOptions) {
    const { name, clock, random, slowestWrite } = options
    this.options = options
    this.name = name
    this.disk = new Disk(clock, random, slowestWrite)
  }

  /** What has landed of a document, seen without asking a tab. */
  of(document: DocumentId): DevicePlace | null {
    return this.places.get(document) ?? null
  }

  /** Somebody clears it. No tab may be open. */
  wipe(): void {
    this.wiped++
    this.places.clear()
  }

  /** The tab is gone: it hears nothing, nothing that it asked for lands any more, and what it held is free. */
  forget(machine: Machine): void {
    this.ears = this.ears.filter((ear) => ear.machine !== machine)
    for (const [name, whose] of this.held) if (whose === machine) this.held.delete(name)
    this.waiting = this.waiting.filter((waiting) => waiting.machine !== machine)
    this.handOn()
  }

  offline(machine: Machine): Offline {
    const real = this.database()
    return {
      open: async (address) => {
        const document = address as DocumentId
        const store = await this.onDisk(machine, () => real.open(document))
        return this.storeOf(document, store, machine)
      },
    }
  }

  tabs(machine: Machine): Tabs {
    return {
      join: (channel, hear) => {
        const mine = { channel, machine, hear }
        this.ears = [...this.ears, mine]
        const leave = (): void => {
          this.ears = this.ears.filter((ear) => ear !== mine)
        }
        return { say: (message) => this.broadcast(message, mine), leave }
      },
    }
  }

  leases(machine: Machine): Leases {
    return {
      take: async (name) => (this.held.has(name) ? null : this.hold(name, machine)),
      wait: (name, taken) => {
        const waiting = { name, machine, taken }
        this.waiting = [...this.waiting, waiting]
        this.handOn()
        return () => {
          this.waiting = this.waiting.filter((other) => other !== waiting)
        }
      },
    }
  }

  private storeOf(document: DocumentId, store: DocumentStore, machine: Machine): DocumentStore {
    return {
      load: () => this.onDisk(machine, () => store.load()),
      keep: (notes) =>
        this.onDisk(machine, async () => {
          if (this.isFull) throw new OfflineError('full', null)
          if (machine.isDead) throw new OfflineError('blocked', null)
          await store.keep(notes)
          const noted = new Set([...(this.of(document)?.noted ?? []), ...notes.flatMap(authoredBy)])
          this.places.set(document, await this.read(document, noted))
        }),
      close: () => store.close(),
    }
  }

  private async read(document: DocumentId, noted: ReadonlySet<string>): Promise<DevicePlace> {
    const store = await this.database().open(document)
    return new DevicePlace(this.name, await store.load(), noted)
  }

  private database(): Offline {
    return indexedDbOffline(`${this.name} ${this.wiped}`, this.options.lastWords)
  }

  private onDisk<T>(machine: Machine, job: () => Promise<T>): Promise<T> {
    return this.disk.read(machine, () => {
      const work = job()
      this.options.works(work.catch(() => undefined))
      return work
    })
  }

  /** In order, to each in its own time. */
  private broadcast(message: TabMessage, from: Listening): void {
    for (const ear of this.ears) {
      if (ear === from || ear.channel !== from.channel) continue
      const copy: unknown = structuredClone(message)
      this.options.clock.after(1, () => ear.machine.run(() => ear.hear(copy)))
    }
  }

  private hold(name: string, machine: Machine): () => void {
    this.held.set(name, machine)
    return () => {
      if (this.held.get(name) !== machine) return
      this.held.delete(name)
      this.handOn()
    }
  }

  private handOn(): void {
    const next = this.waiting.find(({ name }) => !this.held.has(name))
    if (next === undefined) return
    this.waiting = this.waiting.filter((waiting) => waiting !== next)
    const giveBack = this.hold(next.name, next.machine)
    next.machine.run(() => next.taken(giveBack))
    this.handOn()
  }
}

/** What was typed and erased, in a note of whoever did it. */
function authoredBy(note: Note): readonly string[] {
  if (note.type !== 'entry' || note.entry.replica === null) return []
  return note.entry.updates.flatMap((bytes) => {
    const update = decodeUpdate(bytes)
    if (!update.ok) return []
    const typed = new Set(idsIn(update.value.inserts).map(nameOf))
    return idsIn(update.value.covers)
      .map(nameOf)
      .map((name) => `${typed.has(name) ? 'typed' : 'erased'} ${name}`)
  })
}

/** A document on a device: what a tab that is opened now would find. */
export class DevicePlace implements Place {
  readonly name: string
  readonly isDisk = false
  /** What its author has noted there, ever: `typed` or `erased`, and the id. */
  readonly noted: ReadonlySet<string>
  private readonly doc: Doc | null
  private readonly version: Version | null

  constructor(name: string, { copy, entries }: Saved, noted: ReadonlySet<string>) {
    this.noted = noted
    this.name = `the device of ${name}`
    const loaded = copy === null ? null : Doc.load(copy.bytes, { replica: replicaId(1) })
    this.doc = loaded?.ok ? loaded.value : null
    for (const bytes of entries.flatMap(({ updates }) => updates)) {
      const update = decodeUpdate(bytes)
      if (update.ok) this.doc?.apply(update.value)
    }
    this.version = this.doc?.version() ?? null
  }

  knows({ id }: Character): boolean {
    return this.version?.has(id.replica, id.seq) ?? false
  }

  shows({ unit, id }: Character): boolean {
    const { doc } = this
    if (!doc?.text().includes(unit)) return false
    return doc
      .idsIn(0, doc.length)
      .some(({ replica, from, to }) => replica === id.replica && id.seq >= from && id.seq < to)
  }

  get isBlank(): boolean {
    return this.version === null || this.version.size === 0
  }
}

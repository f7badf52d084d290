/**
 * The documents that this device knows, one entry of the browser's storage for each, so that two tabs that write about two
 * documents never overwrite each other.
 */
import type { Address } from '@manyhands/protocol'
import { type KnownDocument, readKnown, writeKnown } from './known-document.ts'

/** Why the browser does not keep what it is told: no room, or no leave. */
export type Hindrance = 'full' | 'blocked'

export interface Library {
  /** The same array until something in it changes. */
  readonly documents: readonly KnownDocument[]
  /** What is not kept lasts as long as the page, and is tried again with the next change. */
  readonly hindrance: Hindrance | null
  /** Makes of what is known of a document what shall be known of it; null is nothing. */
  change(id: Address, to: (known: KnownDocument | null) => KnownDocument | null): void
  /** Hears of changes here and in other tabs. Returns how to stop. */
  subscribe(listener: () => void): () => void
}

export interface LibraryOptions {
  /** May throw, as the browser does where storage is blocked. */
  readonly open: () => Storage
  /** Tells of changes that other tabs have made. */
  readonly onOtherTabs: (listener: () => void) => () => void
  readonly parseAddress: (text: string) => Address | null
}

const PREFIX = 'manyhands.document.'
/** As long as an entry is. Nobody's id: it is gone as soon as it is written. */
const TRIAL = [`${PREFIX}trial`, '.'.repeat(500)] as const

export function libraryIn(options: LibraryOptions): Library {
  return new StoredLibrary(options)
}

/** Changes with every `change`, and when another tab makes one. */
class StoredLibrary implements Library {
  private readonly options: LibraryOptions
  private readonly listeners = new Set<() => void>()
  /** What the browser would not keep. */
  private readonly unkept = new Map<Address, KnownDocument | null>()
  private shown: readonly KnownDocument[] | null = null
  private hindered: Hindrance | null | undefined

  constructor(options: LibraryOptions) {
    this.options = options
  }

  get documents(): readonly KnownDocument[] {
    this.shown ??= this.all()
    return this.shown
  }

  get hindrance(): Hindrance | null {
    if (this.hindered === undefined) this.hindered = this.write((storage) => tryOut(storage))
    return this.hindered
  }

  change(id: Address, to: (known: KnownDocument | null) => KnownDocument | null): void {
    this.unkept.set(id, to(this.known(id)))
    this.hindered = this.keep()
    this.changed()
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    const stop = this.options.onOtherTabs(() => {
      this.shown = null
      listener()
    })
    return () => {
      this.listeners.delete(listener)
      stop()
    }
  }

  private known(id: Address): KnownDocument | null {
    const unkept = this.unkept.get(id)
    if (unkept !== undefined) return unkept
    const stored = this.read((storage) => storage.getItem(PREFIX + id)) ?? null
    return stored === null ? null : readKnown(id, stored)
  }

  private all(): readonly KnownDocument[] {
    const ids = new Set([...(this.read(keysIn) ?? []).flatMap((key) => this.idIn(key)), ...this.unkept.keys()])
    return [...ids].flatMap((id) => this.known(id) ?? [])
  }

  private idIn(key: string): readonly Address[] {
    const id = key.startsWith(PREFIX) ? this.options.parseAddress(key.slice(PREFIX.length)) : null
    return id === null ? [] : [id]
  }

  /** Of what is not kept yet, as much as there is room for; what takes room away goes first. */
  private keep(): Hindrance | null {
    const [gone, others] = [
      [...this.unkept].filter(([, known]) => !known),
      [...this.unkept].filter(([, known]) => known),
    ]
    let hindrance: Hindrance | null = null
    for (const [id, known] of [...gone, ...others]) {
      const hindered = this.write((storage) =>
        known === null ? storage.removeItem(PREFIX + id) : storage.setItem(PREFIX + id, writeKnown(known)),
      )
      if (hindered === null) this.unkept.delete(id)
      hindrance ??= hindered
    }
    return hindrance
  }

  private read<T>(from: (storage: Storage) => T): T | undefined {
    try {
      return from(this.options.open())
    } catch {
      return
    }
  }

  private write(into: (storage: Storage) => void): Hindrance | null {
    try {
      into(this.options.open())
      return null
    } catch (error) {
      return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'blocked'
    }
  }

  private changed(): void {
    this.shown = null
    for (const listener of this.listeners) listener()
  }
}

function keysIn(storage: Storage): readonly string[] {
  return Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '')
}

function tryOut(storage: Storage): void {
  const [key, value] = TRIAL
  storage.setItem(key, value)
  storage.removeItem(key)
}

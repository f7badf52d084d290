import type { Address } from '@manyhands/protocol'
import type { Clock } from './clock.ts'
import { type DocumentStore, type Note, type Offline, OfflineError, type Saved, type Trouble } from './offline.ts'

/** A disk that takes longer than this to write down a few words holds nobody up any more. */
export const PATIENCE = 2000

/** How long after a trouble the whole document is tried again. */
export const RETRY = 30_000

/** Whether this device keeps what is done: `none` where it was not asked to. */
export type Keeping = 'none' | 'opening' | 'kept' | Trouble

interface Waiting {
  /** The last note that must be written before, counted from the first. */
  readonly after: number
  readonly call: () => void
}

export interface DeviceEvents {
  /** What it keeps has changed, or that it keeps. */
  changed(): void
  /** The whole document and what is unsent of it, for a device that has missed some; nothing, while there is none. */
  everything(): readonly Note[]
  /** It was too slow to be waited for, and has answered now. Answers whether what it has is here as well, so that it may be written over. */
  openedLate(saved: Saved): Promise<boolean>
}

/** What can be written to, and what was found there. */
interface Opened {
  readonly store: DocumentStore
  readonly saved: Saved
}

/**
 * This device as one open document sees it. Writes notes down one group after another: what is noted while a group is being
 * written is the next group. Nobody waits for it to see a character; what goes to a server waits until it is written down, if
 * it can be. Changed by its client, by its store and by its timers.
 */
export class Device {
  private readonly clock: Clock
  private readonly on: DeviceEvents
  private store: DocumentStore | null = null
  private notes: Note[] = []
  private noted = 0
  private written = 0
  private isWriting = false
  private isClosed = false
  private waiting: readonly Waiting[] = []
  private isRetrying = false
  private cancelRetry: (() => void) | null = null
  private now: Keeping = 'none'

  constructor(clock: Clock, on: DeviceEvents) {
    this.clock = clock
    this.on = on
  }

  get keeping(): Keeping {
    return this.now
  }

  /** Whether everything that was noted is written down. */
  get isCurrent(): boolean {
    return this.written >= this.noted
  }

  /** Answers what is kept of the document; null where that cannot be had. Never rejects. */
  async open(offline: Offline, document: Address): Promise<Saved | null> {
    this.become('opening')
    const opening = opened(offline, document)
    try {
      const { store, saved } = await this.inTime(opening)
      this.use(store)
      return saved
    } catch (error) {
      this.give(error)
      opening.then(
        (late) => void this.openLate(late),
        () => {},
      )
      return null
    }
  }

  async reread(): Promise<Saved | null> {
    try {
      return (await this.store?.load()) ?? null
    } catch {
      return null
    }
  }

  note(...notes: readonly Note[]): void {
    if (this.isClosed || !this.accepts) return
    this.notes.push(...notes)
    this.noted += notes.length
    void this.write()
  }

  /** Calls when all that was noted until now is written down or cannot be; at once, where it is. */
  whenWritten(call: () => void): void {
    if (this.isCurrent && this.waiting.length === 0) return call()
    this.waiting = [...this.waiting, { after: this.noted, call }]
  }

  close(): void {
    this.cancelRetry?.()
    this.isClosed = true
    if (!this.isWriting) this.store?.close()
  }

  private async openLate({ store, saved }: Opened): Promise<void> {
    const isHere = !this.isClosed && (await this.on.openedLate(saved))
    if (!isHere || this.isClosed) return store.close()
    this.notes = [...this.on.everything()]
    this.noted += this.notes.length
    this.use(store)
  }

  private use(store: DocumentStore): void {
    this.store = store
    this.become('kept')
    void this.write()
  }

  /** While it is in trouble it is told nothing: what it misses it gets as a whole. */
  private get accepts(): boolean {
    return this.now === 'opening' || this.now === 'kept' || this.isRetrying
  }

  private async write(): Promise<void> {
    if (this.isWriting || this.store === null) return
    this.isWriting = true
    while (this.notes.length > 0) await this.writeGroup(this.store)
    this.isWriting = false
    if (this.isClosed) this.store.close()
  }

  private async writeGroup(store: DocumentStore): Promise<void> {
    const group = this.notes
    const upto = this.noted
    this.notes = []
    const cancel = this.clock.after(PATIENCE, () => this.release(upto))
    try {
      await store.keep(group)
      this.isRetrying = false
      this.release(upto)
      this.become('kept')
    } catch (error) {
      this.give(error)
    }
    cancel()
  }

  private release(upto: number): void {
    this.written = Math.max(this.written, upto)
    const ready = this.waiting.filter(({ after }) => after <= this.written)
    this.waiting = this.waiting.filter(({ after }) => after > this.written)
    for (const { call } of ready) call()
  }

  /** Keeps nothing for now. What is missed meanwhile is in the whole document, which is tried again. */
  private give(error: unknown): void {
    this.notes = []
    this.isRetrying = false
    this.become(error instanceof OfflineError ? error.trouble : 'blocked')
    this.release(this.noted)
    if (this.store === null || this.isClosed) return
    this.cancelRetry?.()
    this.cancelRetry = this.clock.after(RETRY, () => this.retry())
  }

  private retry(): void {
    this.isRetrying = true
    this.notes = [...this.on.everything()]
    this.noted += this.notes.length
    void this.write()
  }

  private become(keeping: Keeping): void {
    if (this.now === keeping) return
    this.now = keeping
    this.on.changed()
  }

  private async inTime<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.clock.after(PATIENCE, () => reject(new OfflineError('blocked', 'It does not answer')))
      void promise.then(resolve, reject).finally(cancel)
    })
  }
}

async function opened(offline: Offline, document: Address): Promise<Opened> {
  const store = await offline.open(document)
  return { store, saved: await store.load() }
}

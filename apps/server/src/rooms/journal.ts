import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Storage, Write } from '../storage/storage.ts'

/** What a journal says about the turns that were given to it. */
export interface JournalReader {
  /** Everything up to this turn is on disk, but for what was called not stored. */
  stored(turn: number): void
  /** Of the turns that were not called stored, nothing is on disk. */
  notStored(detail: string): void
}

/** More than this waits only for a disk that hangs. Pushes are refused then, and memory stays bounded. */
const MAX_WAITING_BYTES = 8_388_608

/** What a write without bytes takes: a person with a long name, and who vouches for them. */
const WRITE_BYTES = 512

/** Between two attempts to write to a disk that does not take it. */
const RETRY_AFTER = 1000

/**
 * What one room has yet to put on disk, in order. One commit is on its way at a time, and the next takes everything that
 * has come meanwhile.
 *
 * A commit that fails is tried again until it succeeds, because others have seen those updates by then. But nobody is
 * told that they are stored: their senders were refused, keep them, and send them again.
 */
export class Journal {
  private readonly storage: Storage
  private readonly clock: Clock
  private readonly log: Log
  private readonly reader: JournalReader
  private writes: Write[] = []
  private waitingBytes = 0
  /** The last turn that has ended, and the last one whose commit has begun. */
  private ended = 0
  private begun = 0
  private state: 'idle' | 'committing' | 'failing' = 'idle'
  private settling: (() => void)[] = []

  constructor(storage: Storage, clock: Clock, log: Log, reader: JournalReader) {
    this.storage = storage
    this.clock = clock
    this.log = log
    this.reader = reader
  }

  /** Why nothing more can be taken now, or null. */
  get obstacle(): string | null {
    if (this.state === 'failing') return 'The last write to the disk failed'
    return this.waitingBytes > MAX_WAITING_BYTES ? 'The disk does not keep up' : null
  }

  add(write: Write): void {
    this.writes.push(write)
    this.waitingBytes += 'bytes' in write ? write.bytes.length : WRITE_BYTES
  }

  /** Everything added until now belongs to this turn or to an earlier one. */
  end(turn: number): void {
    this.ended = turn
  }

  /** Begins a commit of all that waits, unless one is on its way. */
  commit(): void {
    if (this.state !== 'idle') return
    if (this.writes.length === 0 && this.begun === this.ended) return this.settle()
    this.state = 'committing'
    void this.attempt(this.takeWrites())
  }

  /** Resolves when nothing waits any more. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.settling.push(resolve)
      this.commit()
    })
  }

  private async attempt(writes: readonly Write[]): Promise<void> {
    const turn = this.ended
    this.begun = turn
    try {
      await this.storage.commit(writes)
    } catch (error) {
      return this.fail(writes, error instanceof Error ? error.message : String(error))
    }
    this.state = 'idle'
    this.reader.stored(turn)
    this.commit()
  }

  /** Whatever came since then has not heard of the failure, and is not stored either. */
  private fail(writes: readonly Write[], detail: string): void {
    this.log.error({ detail, writes: writes.length }, 'could not store')
    this.state = 'failing'
    this.reader.notStored(detail)
    this.clock.after(RETRY_AFTER, () => void this.attempt([...writes, ...this.takeWrites()]))
  }

  /** All that waits: it waits no more. */
  private takeWrites(): readonly Write[] {
    this.waitingBytes = 0
    return this.writes.splice(0)
  }

  private settle(): void {
    for (const resolve of this.settling.splice(0)) resolve()
  }
}

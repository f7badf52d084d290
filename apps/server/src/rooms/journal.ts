import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Storage, Write } from '../storage/storage.ts'
import type { Member } from './member.ts'

/** What a journal says about the pushes that were given to it. */
export interface JournalReader {
  stored(pushes: ReadonlyMap<Member, number>): void
  notStored(pushes: ReadonlyMap<Member, number>, detail: string): void
}

/** More than this waits only for a disk that hangs. Pushes are refused then, and memory stays bounded. */
const MAX_WAITING_BYTES = 8_388_608

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
  /** For each member its last push among the writes that wait. */
  private pushes = new Map<Member, number>()
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

  add(...writes: readonly Write[]): void {
    for (const write of writes) {
      this.writes.push(write)
      if ('bytes' in write) this.waitingBytes += write.bytes.length
    }
  }

  /** Everything added before this is called stored to this member, when it is. */
  expect(member: Member, push: number): void {
    this.pushes.set(member, push)
  }

  /** Begins a commit of all that waits, unless one is on its way. */
  commit(): void {
    if (this.state !== 'idle') return
    if (this.writes.length === 0 && this.pushes.size === 0) return this.settle()
    const { writes, pushes } = this
    this.writes = []
    this.pushes = new Map()
    this.waitingBytes = 0
    this.state = 'committing'
    void this.attempt(writes, pushes)
  }

  /** Resolves when nothing waits any more. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.settling.push(resolve)
      this.commit()
    })
  }

  private async attempt(writes: readonly Write[], pushes: ReadonlyMap<Member, number>): Promise<void> {
    try {
      await this.storage.commit(writes)
    } catch (error) {
      return this.fail(writes, pushes, error instanceof Error ? error.message : String(error))
    }
    this.state = 'idle'
    this.reader.stored(pushes)
    this.commit()
  }

  /** Whoever has pushed since then has not heard of the failure, and is refused as well. */
  private fail(writes: readonly Write[], pushes: ReadonlyMap<Member, number>, detail: string): void {
    this.log.error({ detail, writes: writes.length }, 'could not store')
    this.state = 'failing'
    const later = this.pushes
    this.pushes = new Map()
    this.reader.notStored(new Map([...pushes, ...later]), detail)
    this.clock.after(RETRY_AFTER, () => void this.attempt([...writes, ...this.writes.splice(0)], new Map()))
  }

  private settle(): void {
    for (const resolve of this.settling.splice(0)) resolve()
  }
}

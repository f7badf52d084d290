import type { ReplicaId, Update } from '@manyhands/crdt'
import type { Address, SharedRegister } from '@manyhands/protocol'
import type { Clock } from './clock.ts'
import { Device, type Keeping } from './device.ts'
import type { Note, Offline, Saved, SavedCopy } from './offline.ts'
import { type AtRisk, NO_RISK, total } from './outbox.ts'

/** What others did is on a server as well: it may be noted this much later. */
const SOON = 1000

/** But a document that this device does not have yet is worth having at once. */
const AT_ONCE = 50

/** Entries since the last whole copy, and their bytes if that is more than it has: then it is written anew. */
export const MOST_ENTRIES = 300
const MOST_BYTES = 262_144

export interface KeeperEvents {
  changed(): void
  /** The whole document; null while there is none. */
  whole(): SavedCopy | null
  /** As `DeviceEvents.openedLate`. */
  openedLate(saved: Saved): Promise<boolean>
}

/**
 * Decides what of one open document is noted on this device, and when: what is done here at once, what others did by and by, and
 * the whole whenever that is shorter. Changed by its client, its device and its timer.
 */
export class Keeper {
  private readonly clock: Clock
  private readonly replica: ReplicaId
  private readonly on: KeeperEvents
  private readonly mostEntries: number
  private readonly device: Device
  /** What was done in this tab that no server has stored. */
  private mine: AtRisk = NO_RISK
  private registers: readonly SharedRegister[] = []
  /** Replicas of tabs that have gone, and left something unsent. */
  private inherited: readonly ReplicaId[] = []
  private others: readonly Uint8Array[] = []
  private hasWhole = false
  private wholeBytes = 0
  private entries = 0
  private bytes = 0
  private cancelSoon: (() => void) | null = null

  constructor(clock: Clock, replica: ReplicaId, on: KeeperEvents, mostEntries: number = MOST_ENTRIES) {
    this.mostEntries = mostEntries
    this.clock = clock
    this.replica = replica
    this.on = on
    this.device = new Device(clock, {
      changed: () => on.changed(),
      everything: () => this.everything(),
      openedLate: (saved) => on.openedLate(saved),
    })
  }

  get keeping(): Keeping {
    return this.device.keeping
  }

  get isCurrent(): boolean {
    return this.device.isCurrent
  }

  /** Whether a server has stored all that this device says is unsent. */
  get isSent(): boolean {
    return this.mine.since === null && this.inherited.length === 0
  }

  /** Answers what is kept; null where nothing can be. */
  async open(offline: Offline, document: Address): Promise<Saved | null> {
    const saved = await this.device.open(offline, document)
    if (saved === null) return null
    this.hasWhole ||= saved.copy !== null
    this.wholeBytes = saved.copy?.bytes.length ?? 0
    this.entries += saved.entries.length
    return saved
  }

  /** What is kept by now; null where that cannot be had. */
  reread(): Promise<Saved | null> {
    return this.device.reread()
  }

  whenWritten(call: () => void): void {
    this.device.whenWritten(call)
  }

  /** The copy on this device cannot be read. */
  setAside(): void {
    this.hasWhole = false
    this.device.note({ type: 'damaged' })
  }

  /** What a tab that has gone left unsent is ours to send. */
  inherit(replica: ReplicaId): void {
    this.inherited = [...this.inherited, replica]
  }

  /** [S2] What was done here, before it is sent; and the registers that no server has stored. */
  noteMine(updates: readonly Update[], risk: AtRisk, registers: readonly SharedRegister[]): void {
    if (this.device.keeping === 'none') return
    this.mine = total([this.mine, risk])
    this.registers = registers
    const unsent = { ...this.mine, replica: this.replica, registers: this.registers }
    const entry = { replica: this.replica, updates: updates.map(({ bytes }) => bytes) }
    this.count(entry.updates)
    const mine: readonly Note[] = [
      { type: 'entry', entry },
      { type: 'unsent', unsent },
    ]
    this.device.note(...this.before(), ...mine)
  }

  noteOthers(updates: readonly Update[]): void {
    const told = updates.filter(({ isEmpty }) => !isEmpty).map(({ bytes }) => bytes)
    if (this.device.keeping === 'none' || told.length === 0) return
    this.others = [...this.others, ...told]
    this.cancelSoon ??= this.clock.after(this.hasWhole ? SOON : AT_ONCE, () => this.noteNow())
  }

  /** A server has stored everything. */
  noteSent(): void {
    const replicas = this.mine.since === null ? this.inherited : [this.replica, ...this.inherited]
    this.mine = NO_RISK
    this.registers = []
    this.inherited = []
    this.device.note(...replicas.map((replica): Note => ({ type: 'sent', replica })))
  }

  /** What is beside the text has changed. */
  noteRegisters(): void {
    if (!this.hasWhole) return
    this.entries = Number.POSITIVE_INFINITY
    this.cancelSoon ??= this.clock.after(SOON, () => this.noteNow())
  }

  close(): void {
    if (this.cancelSoon !== null) this.noteNow()
    this.device.close()
  }

  private noteNow(): void {
    this.cancelSoon?.()
    this.cancelSoon = null
    if (this.device.keeping !== 'none') this.device.note(...this.before())
  }

  /** What others have done until now; in the place of it and of all before it the whole document, where that is shorter. */
  private before(): readonly Note[] {
    const updates = this.others
    this.others = []
    this.count(updates)
    const isLong = this.entries > this.mostEntries || this.bytes > Math.max(MOST_BYTES, this.wholeBytes)
    if (isLong || !this.hasWhole) {
      const whole = this.on.whole()
      if (whole !== null) return [this.counted(whole)]
    }
    return updates.length === 0 ? [] : [{ type: 'entry', entry: { replica: null, updates } }]
  }

  private count(updates: readonly Uint8Array[]): void {
    this.entries++
    this.bytes += updates.reduce((sum, { length }) => sum + length, 0)
  }

  private counted(copy: SavedCopy): Note {
    this.hasWhole = true
    this.wholeBytes = copy.bytes.length
    this.entries = 0
    this.bytes = 0
    return { type: 'copy', copy }
  }

  private everything(): readonly Note[] {
    const whole = this.on.whole()
    if (whole === null) return []
    const unsent = { ...this.mine, replica: this.replica, registers: this.registers }
    const mine: readonly Note[] = this.mine.since === null ? [] : [{ type: 'unsent', unsent }]
    return [this.counted(whole), ...mine]
  }
}

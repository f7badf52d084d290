import { type Anchor, encodeAnchor } from '@manyhands/crdt'
import { PRESENCE_PER_SECOND, type PresenceState } from '@manyhands/protocol'
import type { Clock } from './clock.ts'

/** Who neither types nor moves for this long is shown as away. */
export const IDLE_AFTER = 60_000

const PACE = 1000 / PRESENCE_PER_SECOND

/**
 * What the others are told of me: the newest state, at most 30 times a second, and the last one always gets through,
 * however busy the line was. Changed by the client that owns it, and by its timers.
 */
export class Presence {
  private readonly clock: Clock
  /** False: the line is busy. */
  private readonly tell: (state: PresenceState) => boolean
  private now: PresenceState
  private told: PresenceState | null = null
  private joined = false
  private resting = false
  private stopIdling: () => void

  constructor(clock: Clock, first: PresenceState, tell: (state: PresenceState) => boolean) {
    this.clock = clock
    this.tell = tell
    this.now = first
    this.stopIdling = this.idleLater()
  }

  get state(): PresenceState {
    return this.now
  }

  /** Something I did; so I am not away. */
  set(change: Partial<Omit<PresenceState, 'idle'>>): void {
    this.stopIdling()
    this.stopIdling = this.idleLater()
    this.become({ ...this.now, ...change, idle: false })
  }

  /** A server begins to listen: it gets the whole state, after what the others must have to understand it. */
  join(): void {
    this.joined = true
    this.told = null
    this.clock.soon(() => this.speak())
  }

  leave(): void {
    this.joined = false
  }

  close(): void {
    this.leave()
    this.stopIdling()
  }

  private become(state: PresenceState): void {
    this.now = state
    this.clock.soon(() => this.speak())
  }

  private idleLater(): () => void {
    return this.clock.after(IDLE_AFTER, () => this.become({ ...this.now, idle: true }))
  }

  private speak(): void {
    if (!this.joined || this.resting || this.told === this.now) return
    if (this.tell(this.now)) this.told = this.now
    this.resting = true
    this.clock.after(PACE, () => {
      this.resting = false
      this.speak()
    })
  }
}

/** Whether two selections are one to the others: who edits elsewhere moves my index, but not me. */
export function sameSelection(a: PresenceState['selection'], b: PresenceState['selection']): boolean {
  if (a === null || b === null) return a === b
  return sameAnchor(a.anchor, b.anchor) && sameAnchor(a.head, b.head)
}

export function sameAnchor(a: Anchor, b: Anchor | undefined): boolean {
  return a === b || (b !== undefined && encodeAnchor(a).join() === encodeAnchor(b).join())
}

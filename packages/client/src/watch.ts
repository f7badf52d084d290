import type { Clock } from './clock.ts'

/** An alarm that rings so late comes from a tab that was frozen, or a lid that was closed. */
const LATE = 1000

/**
 * Notices when nothing has come for longer than it should take. A frozen tab hears nothing either: after a standstill of our own
 * there is one more chance. Changed by whoever hears, and by its alarm.
 */
export class Watch {
  private readonly clock: Clock
  private readonly patience: number
  private readonly onSilence: () => void
  private heardAt: number
  private excused = false
  private cancel: () => void

  constructor(clock: Clock, patience: number, onSilence: () => void) {
    this.clock = clock
    this.patience = patience
    this.onSilence = onSilence
    this.heardAt = clock.now()
    this.cancel = clock.after(patience, () => this.ring())
  }

  heard(): void {
    this.heardAt = this.clock.now()
    this.excused = false
  }

  stop(): void {
    this.cancel()
  }

  private ring(): void {
    const left = this.heardAt + this.patience - this.clock.now()
    if (left > 0) return this.again(left)
    if (left > -LATE || this.excused) return this.onSilence()
    this.excused = true
    this.again(this.patience)
  }

  private again(ms: number): void {
    this.cancel = this.clock.after(ms, () => this.ring())
  }
}

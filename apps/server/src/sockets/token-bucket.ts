import type { Clock } from '../clock.ts'

/** How much somebody may do: `atOnce` to begin with, and `perSecond` more as time goes by, never above `atOnce`. */
export class TokenBucket {
  private readonly clock: Clock
  private readonly perSecond: number
  private readonly atOnce: number
  private tokens: number
  private filledAt: number

  constructor(clock: Clock, perSecond: number, atOnce: number) {
    this.clock = clock
    this.perSecond = perSecond
    this.atOnce = atOnce
    this.tokens = atOnce
    this.filledAt = clock.now()
  }

  /** Takes that many, or none and answers false. */
  take(tokens: number): boolean {
    if (this.tokens < tokens) this.fill()
    if (this.tokens < tokens) return false
    this.tokens -= tokens
    return true
  }

  private fill(): void {
    const now = this.clock.now()
    const gained = (Math.max(0, now - this.filledAt) / 1000) * this.perSecond
    this.tokens = Math.min(this.atOnce, this.tokens + gained)
    this.filledAt = now
  }
}

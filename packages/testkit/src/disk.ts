import type { FakeClock } from './clock.ts'
import type { Machine } from './machine.ts'
import { below, type Random } from './random.ts'

/**
 * What a disk promises, and no more: what is written lands in order, each whole or not at all, some time after it was
 * asked for; the word that it has landed comes later still. A crash in between loses the one, or only the word.
 */
export class Disk {
  isFull = false
  private readonly clock: FakeClock
  private readonly random: Random
  private readonly slowest: number
  /** Crashes so far: what was asked for before the last one does not land any more. */
  private crashes = 0
  private lastLanding = 0

  /** `slowest`: milliseconds that a write takes at most, but for a few that take twenty times as long. */
  constructor(clock: FakeClock, random: Random, slowest: number) {
    this.clock = clock
    this.random = random
    this.slowest = slowest
  }

  /** Rejects where the disk is full. */
  write(by: Machine, land: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.inTurn(() => {
        if (this.isFull) return by.run(() => reject(new Error('No space left on device')))
        land()
        by.after(below(this.random, 4), resolve)
      })
    })
  }

  /** Sees everything that was written before. */
  read<T>(by: Machine, see: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      this.inTurn(() => {
        const seen = see()
        by.run(() => resolve(seen))
      })
    })
  }

  crash(): void {
    this.crashes++
    this.lastLanding = 0
  }

  private inTurn(job: () => void): void {
    const { crashes } = this
    this.lastLanding = Math.max(this.lastLanding, this.clock.now() + this.delay())
    this.clock.after(this.lastLanding - this.clock.now(), () => {
      if (crashes === this.crashes) job()
    })
  }

  private delay(): number {
    const ms = below(this.random, this.slowest + 1)
    return this.random() < 0.03 ? 20 * ms : ms
  }
}

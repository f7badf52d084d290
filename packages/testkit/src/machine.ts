import type { Clock } from '@manyhands/client'
import type { FakeClock } from './clock.ts'

/** When all simulated time begins: late enough for a clock that is slow to show a date. */
const EPOCH = 1_700_000_000_000

/**
 * One process on one computer, as a simulation sees it: it has a clock that may be wrong, it can stand still for a while,
 * with all that should happen on it, and it can die.
 */
export class Machine implements Clock {
  readonly name: string
  private readonly clock: FakeClock
  private readonly skew: number
  private state: 'running' | 'frozen' | 'dead' = 'running'
  /** What has come while it stood still, and is not done yet. */
  private readonly held: (() => void)[] = []

  constructor(name: string, clock: FakeClock, skew: number) {
    this.name = name
    this.clock = clock
    this.skew = skew
  }

  get isFrozen(): boolean {
    return this.state === 'frozen'
  }

  get isDead(): boolean {
    return this.state === 'dead'
  }

  now(): number {
    return EPOCH + this.skew + Math.floor(this.clock.now())
  }

  after(ms: number, call: () => void): () => void {
    let calledOff = false
    const callOffAlarm = this.clock.after(ms, () =>
      this.run(() => {
        if (!calledOff) call()
      }),
    )
    return () => {
      calledOff = true
      callOffAlarm()
    }
  }

  soon(call: () => void): void {
    this.clock.soon(() => this.run(call))
  }

  /** Does it now; after everything that waits, if it stands still; never, if it has died. */
  run(call: () => void): void {
    if (this.state === 'dead') return
    if (this.state === 'running' && this.held.length === 0) return call()
    this.held.push(call)
    if (this.state === 'running') this.clock.after(0, () => this.goOn())
  }

  freeze(): void {
    if (this.state === 'running') this.state = 'frozen'
  }

  /** Everything that should have happened meanwhile happens now, one after another. */
  thaw(): void {
    if (this.state !== 'frozen') return
    this.state = 'running'
    for (const _ of this.held) this.clock.after(0, () => this.goOn())
  }

  die(): void {
    this.state = 'dead'
    this.held.length = 0
  }

  private goOn(): void {
    if (this.state === 'running') this.held.shift()?.()
  }
}

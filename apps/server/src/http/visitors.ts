import type { Clock } from '../clock.ts'
import { TokenBucket } from '../sockets/token-bucket.ts'

/** Whoever has not come for longest is forgotten first: 100 bytes each. */
const MAX_VISITORS = 10_000

/** How much each visitor may ask for, by their address. */
export class Visitors {
  private readonly clock: Clock
  private readonly perSecond: number
  private readonly atOnce: number
  private readonly buckets = new Map<string, TokenBucket>()

  constructor(clock: Clock, perSecond: number, atOnce: number) {
    this.clock = clock
    this.perSecond = perSecond
    this.atOnce = atOnce
  }

  /** Whether they may ask for something that costs as much as so many small ones; never more than they may do at once. */
  may(address: string, cost = 1): boolean {
    const bucket = this.buckets.get(address) ?? new TokenBucket(this.clock, this.perSecond, this.atOnce)
    this.buckets.delete(address)
    this.buckets.set(address, bucket)
    const [oldest] = this.buckets.keys()
    if (this.buckets.size > MAX_VISITORS && oldest !== undefined) this.buckets.delete(oldest)
    return bucket.take(Math.min(cost, this.atOnce))
  }
}

import type { Clock } from '../clock.ts'

const MAX_COUNT = 9999

/**
 * Stamps for registers, after Kulkarni and others, "Logical Physical Clocks" (2014): the time, a counter, and the server.
 * They sort as strings. A stamp made here is later than every one that was made or seen here before, also where another
 * server's clock runs ahead of ours; so whoever sees a value and replaces it wins, on all servers.
 */
export class HybridClock {
  private readonly clock: Clock
  private readonly serverNow: () => string
  private time = 0
  private count = 0

  constructor(clock: Clock, server: () => string) {
    this.clock = clock
    this.serverNow = server
  }

  /** Whose stamps these are. */
  get server(): string {
    return this.serverNow()
  }

  next(): string {
    const now = Math.floor(this.clock.now())
    if (now > this.time) this.set(now, 0)
    else if (this.count < MAX_COUNT) this.count++
    else this.set(this.time + 1, 0)
    return `${digits(this.time, 13)}-${digits(this.count, 4)}-${this.server}`
  }

  /** Somebody else's stamp has come. One that is none sorts somewhere, and moves no clock. */
  saw(stamp: string): void {
    const [, time, count] = /^(\d{13})-(\d{4})-/.exec(stamp) ?? []
    if (time === undefined) return
    const [seenTime, seenCount] = [Number(time), Number(count)]
    if (seenTime > this.time || (seenTime === this.time && seenCount > this.count)) this.set(seenTime, seenCount)
  }

  private set(time: number, count: number): void {
    this.time = time
    this.count = count
  }
}

function digits(n: number, length: number): string {
  return String(n).padStart(length, '0')
}

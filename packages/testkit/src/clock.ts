import type { Clock } from '@manyhands/client'

interface Alarm {
  readonly at: number
  readonly call: () => void
}

/** Time that stands still until a test lets it pass. */
export class FakeClock implements Clock {
  private time = 0
  /** In the order in which they will ring: by time, and by when they were set. */
  private readonly alarms: Alarm[] = []
  private turn: (() => void)[] = []

  now(): number {
    return this.time
  }

  after(ms: number, call: () => void): () => void {
    const alarm = { at: this.time + ms, call }
    this.alarms.splice(this.alarms.findLastIndex(({ at }) => at <= alarm.at) + 1, 0, alarm)
    return () => {
      const place = this.alarms.indexOf(alarm)
      if (place >= 0) this.alarms.splice(place, 1)
    }
  }

  soon(call: () => void): void {
    this.turn.push(call)
  }

  /** When the next alarm will ring, or null where none is set. */
  get nextAlarm(): number | null {
    return this.alarms[0]?.at ?? null
  }

  /** Ends the turn: what was to come soon comes now, and what that brings about. */
  settle(): void {
    for (let call = this.turn.shift(); call; call = this.turn.shift()) call()
  }

  /** Lets time pass, and each alarm ring at its time. */
  advance(ms: number): void {
    const end = this.time + ms
    this.settle()
    while (this.nextAlarm !== null && this.nextAlarm <= end) this.ringNext()
    this.time = end
  }

  /** Lets time pass up to the next alarm, which rings alone. */
  ringNext(): void {
    const alarm = this.alarms.shift()
    if (alarm === undefined) return
    this.time = Math.max(this.time, alarm.at)
    alarm.call()
    this.settle()
  }
}

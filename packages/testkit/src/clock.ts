import type { Clock } from '@manyhands/client'

interface Alarm {
  readonly at: number
  readonly call: () => void
}

/** Time that stands still until a test lets it pass. */
export class FakeClock implements Clock {
  private time = 0
  private alarms: readonly Alarm[] = []
  private turn: (() => void)[] = []

  now(): number {
    return this.time
  }

  after(ms: number, call: () => void): () => void {
    const alarm = { at: this.time + ms, call }
    this.alarms = [...this.alarms, alarm]
    return () => {
      this.alarms = this.alarms.filter((other) => other !== alarm)
    }
  }

  soon(call: () => void): void {
    this.turn.push(call)
  }

  /** Ends the turn: what was to come soon comes now, and what that brings about. */
  settle(): void {
    for (let call = this.turn.shift(); call; call = this.turn.shift()) call()
  }

  /** Lets time pass, and each alarm ring at its time. */
  advance(ms: number): void {
    const end = this.time + ms
    this.settle()
    for (let alarm = this.nextUntil(end); alarm; alarm = this.nextUntil(end)) this.ring(alarm)
    this.time = end
  }

  private ring(alarm: Alarm): void {
    this.time = Math.max(this.time, alarm.at)
    this.alarms = this.alarms.filter((other) => other !== alarm)
    alarm.call()
    this.settle()
  }

  private nextUntil(end: number): Alarm | undefined {
    const due = this.alarms.filter(({ at }) => at <= end)
    return due.reduce<Alarm | undefined>((first, alarm) => (first && first.at <= alarm.at ? first : alarm), undefined)
  }
}

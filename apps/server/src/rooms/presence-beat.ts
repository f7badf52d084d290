import { encodeServerMessage, PRESENCE_PER_SECOND } from '@manyhands/protocol'
import type { Clock } from '../clock.ts'
import type { Member } from './member.ts'

const BEAT = 1000 / PRESENCE_PER_SECOND

/**
 * Tells members where the others are: at once when it has been quiet, and then once per beat, whoever has moved how often
 * meanwhile. Whoever reads slowly misses beats, and hears of the latest place when that person moves again.
 */
export class PresenceBeat {
  private readonly clock: Clock
  private readonly members: ReadonlyMap<number, Member>
  private readonly waiting = new Set<Member>()
  private lastBeat = 0
  private beatComes = false

  constructor(clock: Clock, members: ReadonlyMap<number, Member>) {
    this.clock = clock
    this.members = members
  }

  moved(member: Member): void {
    this.waiting.add(member)
    if (this.beatComes) return
    this.beatComes = true
    const rest = this.lastBeat + BEAT - this.clock.now()
    if (rest <= 0) this.clock.soon(() => this.beat())
    else this.clock.after(rest, () => this.beat())
  }

  left(member: Member): void {
    this.waiting.delete(member)
    const bytes = encodeServerMessage({ type: 'presence', member: member.number, state: null })
    for (const other of this.members.values()) other.outlet.send(bytes)
  }

  private beat(): void {
    this.beatComes = false
    this.lastBeat = this.clock.now()
    for (const member of this.waiting) this.tellOthers(member)
    this.waiting.clear()
  }

  private tellOthers(member: Member): void {
    const bytes = encodeServerMessage({ type: 'presence', member: member.number, state: member.state })
    for (const other of this.members.values()) {
      if (other !== member && !other.outlet.congested) other.outlet.send(bytes)
    }
  }
}

import { encodeServerMessage, PRESENCE_PER_SECOND, type PresenceState } from '@manyhands/protocol'
import type { Clock } from '../clock.ts'
import type { Member } from './member.ts'

const BEAT = 1000 / PRESENCE_PER_SECOND

/** Somebody whom members see: another member, or a guest. */
export interface Present {
  readonly number: number
  readonly state: PresenceState
}

/**
 * Tells members where the others are: at once when it has been quiet, and then once per beat, whoever has moved how often
 * meanwhile. Whoever reads slowly misses beats, and hears of the latest place when that person moves again.
 */
export class PresenceBeat {
  private readonly clock: Clock
  private readonly members: ReadonlyMap<number, Member>
  /** Hears of each beat who has moved. */
  private readonly moves: (moved: ReadonlySet<Present>) => void
  private waiting = new Set<Present>()
  private lastBeat = 0
  private beatComes = false

  constructor(clock: Clock, members: ReadonlyMap<number, Member>, moves: (moved: ReadonlySet<Present>) => void) {
    this.clock = clock
    this.members = members
    this.moves = moves
  }

  moved(present: Present): void {
    this.waiting.add(present)
    if (this.beatComes) return
    this.beatComes = true
    // No longer, also where the clock was set back.
    const rest = Math.min(BEAT, this.lastBeat + BEAT - this.clock.now())
    if (rest <= 0) this.clock.soon(() => this.beat())
    else this.clock.after(rest, () => this.beat())
  }

  left(present: Present): void {
    this.waiting.delete(present)
    const bytes = encodeServerMessage({ type: 'presence', member: present.number, state: null })
    for (const other of this.members.values()) other.outlet.send(bytes)
  }

  private beat(): void {
    this.beatComes = false
    this.lastBeat = this.clock.now()
    const moved = this.waiting
    this.waiting = new Set()
    for (const present of moved) this.tellOthers(present)
    this.moves(moved)
  }

  private tellOthers(present: Present): void {
    const bytes = encodeServerMessage({ type: 'presence', member: present.number, state: present.state })
    for (const other of this.members.values()) {
      if (other !== present && !other.outlet.congested) other.outlet.send(bytes)
    }
  }
}

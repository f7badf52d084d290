import type { Clock } from '../clock.ts'
import type { Member } from './member.ts'
import type { Others } from './others.ts'

/** When a push is called stored: when it is on this server's disk, or when it is on another server's as well. */
export type AckLevel = 'local' | 'replicated'

/**
 * A push that only this server's disk has is called stored after this, and says so. A peer on another continent answers in
 * half a second, one whose disk is busy in two; and a person who waits for a pill begins to wonder after three.
 */
const ACK_WAIT = 3000

/** How often it is said that pushes have reached more servers: a pill, not a heartbeat. */
const BEAT = 250

interface Waiting {
  readonly turn: number
  readonly pushes: Map<Member, number>
  readonly stopWaiting: () => void
}

interface Said {
  readonly n: number
  readonly turn: number
  readonly replicas: number
}

/** Says to a member that a push is stored on so many servers. Answers whether they are still there. */
type Tell = (member: Member, n: number, replicas: number) => boolean

/** Of one room: which turns are on how many servers, and which members are to hear so. */
export class Acknowledgements {
  private readonly level: AckLevel
  private readonly clock: Clock
  private readonly others: Pick<Others, 'peers' | 'isAlone'>
  private readonly tell: Tell
  /** The last turn that each peer has on disk. */
  private readonly confirmations = new Map<string, number>()
  /** On this server's disk and on no other's, oldest first. */
  private waiting: Waiting[] = []
  /** What each member heard last, where it is not on all servers yet. */
  private readonly said = new Map<Member, Said>()
  private beatComes = false

  constructor(level: AckLevel, clock: Clock, others: Pick<Others, 'peers' | 'isAlone'>, tell: Tell) {
    this.level = level
    this.clock = clock
    this.others = others
    this.tell = tell
  }

  /** These pushes, of this turn and earlier ones, are on this server's disk. */
  stored(turn: number, pushes: Map<Member, number>): void {
    if (pushes.size === 0) return
    const mustWait = this.level === 'replicated' && !this.others.isAlone && this.replicasOf(turn) === 1
    if (mustWait) return this.wait(turn, pushes)
    // What is said of these speaks of the earlier ones as well.
    for (const member of pushes.keys()) this.forgetWaiting(member)
    this.say(turn, pushes)
  }

  /** A peer has this turn on its disk, and all before it. */
  confirmed(peer: string, turn: number): void {
    if (turn <= (this.confirmations.get(peer) ?? 0)) return
    this.confirmations.set(peer, turn)
    this.sayWhile((waiting) => waiting.turn <= turn)
    if (this.said.size > 0) this.beatSoon()
  }

  /** A peer is out of reach, and may lose its disk meanwhile: it counts again when it confirms again. */
  unconfirmed(peer: string): void {
    this.confirmations.delete(peer)
  }

  /** Nobody is there to be told. */
  left(member: Member): void {
    this.said.delete(member)
    this.forgetWaiting(member)
  }

  private wait(turn: number, pushes: Map<Member, number>): void {
    const stopWaiting = this.clock.after(ACK_WAIT, () => this.sayWhile((waiting) => waiting.turn <= turn))
    this.waiting.push({ turn, pushes, stopWaiting })
  }

  private forgetWaiting(member: Member): void {
    for (const { pushes } of this.waiting) pushes.delete(member)
  }

  /** Says of the oldest that they are stored, up to the first that is not. Each member hears once. */
  private sayWhile(isStored: (waiting: Waiting) => boolean): void {
    const until = this.waiting.findIndex((waiting) => !isStored(waiting))
    const done = until < 0 ? this.waiting.splice(0) : this.waiting.splice(0, until)
    for (const { stopWaiting } of done) stopWaiting()
    const last = done.at(-1)
    if (last !== undefined) this.say(last.turn, new Map(done.flatMap(({ pushes }) => [...pushes])))
  }

  private say(turn: number, pushes: ReadonlyMap<Member, number>): void {
    const replicas = this.replicasOf(turn)
    for (const [member, n] of pushes) {
      const isHere = this.tell(member, n, replicas)
      if (isHere && replicas <= this.others.peers) this.said.set(member, { n, turn, replicas })
      else this.said.delete(member)
    }
  }

  private beatSoon(): void {
    if (this.beatComes) return
    this.beatComes = true
    this.clock.after(BEAT, () => this.beat())
  }

  /** Says once more what is on more servers than when it was said. */
  private beat(): void {
    this.beatComes = false
    for (const [member, { n, turn, replicas }] of this.said) {
      if (this.replicasOf(turn) > replicas) this.say(turn, new Map([[member, n]]))
    }
  }

  private replicasOf(turn: number): number {
    let replicas = 1
    for (const confirmed of this.confirmations.values()) if (confirmed >= turn) replicas++
    return replicas
  }
}

import type { Clock } from '../clock.ts'

/** Nothing has changed for so long, and for twice as long at most: who types pauses. */
const REST = 1500

/** What a peer has not answered by then does not count. */
const ANSWER_WITHIN = 500

/** How often it is asked again: where all agree, and where some do not yet. */
const AGAIN = 30_000
const AGAIN_SOON = 5000

/** What is asked and said, of one room. */
export interface Agreeing {
  readonly isEmpty: boolean
  /** What is here is on this server's disk, and whole. */
  readonly isSettled: boolean
  /** How many other servers there are. */
  readonly peers: number
  /** Of the document as it is. */
  stateHash(): string
  /** The others may answer by `told`. */
  askHash(): void
  sayAgreement(agreeing: number): void
}

/** Of one room: finds out how many servers have the same, when it comes to rest and again and again, and says so. */
export class Agreement {
  private readonly clock: Clock
  private readonly room: Agreeing
  /** The peers that have what is here. */
  private readonly equal = new Set<string>()
  /** Whether a rest is waited for, and whether something has changed meanwhile. */
  private isRestless = false
  private hasStirred = false
  private callOff: () => void = () => {}

  constructor(clock: Clock, room: Agreeing) {
    this.clock = clock
    this.room = room
  }

  /** The document has changed, or somebody has come who has not heard. */
  stirred(): void {
    this.equal.clear()
    this.hasStirred = true
    if (this.isRestless) return
    this.isRestless = true
    this.rest()
  }

  /** Nobody is there to be told. */
  stop(): void {
    this.isRestless = false
    this.callOff()
  }

  /** What a peer has on its disk. */
  told(peer: string, stateHash: string): void {
    if (stateHash === this.room.stateHash()) this.equal.add(peer)
    else this.equal.delete(peer)
  }

  private rest(): void {
    if (this.hasStirred) {
      this.hasStirred = false
      return this.next(REST, () => this.rest())
    }
    this.isRestless = false
    this.ask()
  }

  private ask(): void {
    if (this.room.isEmpty) return
    this.equal.clear()
    if (!this.room.isSettled) return this.next(AGAIN_SOON, () => this.ask())
    this.room.askHash()
    this.next(this.room.peers > 0 ? ANSWER_WITHIN : 0, () => this.say())
  }

  private say(): void {
    const agreeing = 1 + this.equal.size
    if (this.room.isSettled) this.room.sayAgreement(agreeing)
    this.next(agreeing > this.room.peers ? AGAIN : AGAIN_SOON, () => this.ask())
  }

  private next(ms: number, call: () => void): void {
    this.callOff()
    this.callOff = this.clock.after(ms, call)
  }
}

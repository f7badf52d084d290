import { decodeClientMessage, decodeServerMessage, type Push } from '@manyhands/protocol'
import { type Book, type Carried, idsIn, nameOf } from './book.ts'

/** Of a page: what it has done that nobody has called stored, and what it shows of that. */
export interface EarEvents {
  readonly book: Book
  /** All that was done there. */
  done(): Pick<Carried, 'typed' | 'erased'>
  /** On how many servers it shows all that was done there to be; null while it shows something as unsaved. */
  savedOn(): number | null
  /** Hears that what was pushed is said to be on so many disks. */
  promised(carried: Carried, disks: number): void
}

interface Parcel extends Carried {
  readonly n: number
}

/**
 * Follows one connection by the rules P3 to P5: what was pushed is promised when it is called stored. So is all the rest that
 * its page then shows as saved: a server that had it by another way need not be pushed it.
 */
export class Ear {
  private readonly on: EarEvents
  /** What was pushed and not taken back, */
  private pushes: readonly Parcel[] = []
  /** and what of it the last `stored` spoke of. */
  private lastStored = 0

  constructor(on: EarEvents) {
    this.on = on
  }

  says(bytes: Uint8Array): void {
    const message = decodeClientMessage(bytes)
    if (!message.ok) throw new Error(`A client sends what does not decode: ${message.error.detail}`)
    if (message.value.type === 'push') this.pushes = [...this.pushes, this.carriedBy(message.value)]
  }

  /** The page hears this; `hear` is how it does. */
  hears(bytes: Uint8Array, hear: () => void): void {
    const message = decodeServerMessage(bytes)
    if (!message.ok) throw new Error(`A server sends what does not decode: ${message.error.detail}`)
    const { value } = message
    if (value.type === 'resync') this.pushes = this.pushes.filter(({ n }) => n !== value.n)
    if (value.type === 'refused') this.pushes = this.pushes.filter(({ n }) => n > (value.n ?? Infinity))
    if (value.type === 'stored') this.stored(value.n, value.replicas)
    hear()
    if (value.type === 'stored') this.shown(value.n)
  }

  /** A second word on the same pushes says that they are on more disks now. */
  private stored(n: number, disks: number): void {
    if (n > this.lastStored) {
      this.pushes = this.pushes.filter((push) => push.n > this.lastStored)
      this.lastStored = n
    }
    for (const push of this.pushes) if (push.n <= n) this.on.promised(push, disks)
  }

  /** All that the page has done: what was not pushed here, the server had when it said what it has. */
  private shown(n: number): void {
    const disks = this.on.savedOn()
    const last = this.pushes.at(-1)
    if (disks !== null && last?.n === n) this.on.promised({ ...this.on.done(), losses: last.losses }, disks)
  }

  private carriedBy({ n, update }: Push): Parcel {
    const living = new Set(idsIn(update.inserts).map(nameOf))
    const typed = idsIn(update.covers)
    // What is erased when it is first heard of was typed as well.
    const erased = typed.filter((id) => !living.has(nameOf(id)))
    return { n, losses: this.on.book.losses, typed, erased }
  }
}

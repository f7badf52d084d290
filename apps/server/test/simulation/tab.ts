import { type Client, openDocument, type Transport } from '@manyhands/client'
import { applyEdits, type Id, type IdRange } from '@manyhands/crdt'
import { type DocumentId, decodeClientMessage, decodeServerMessage, type Push } from '@manyhands/protocol'
import type { Machine } from '@manyhands/testkit'
import { type Book, type Carried, type Character, nameOf, type Place } from './book.ts'
import { keyOf } from './reader-keys.ts'

interface TabOptions {
  readonly machine: Machine
  readonly document: DocumentId
  readonly book: Book
  readonly servers: readonly string[]
  readonly transport: Transport
  readonly random: () => number
  readonly create: boolean
  /** Hears that what was pushed is said to be on so many disks. */
  readonly promised: (carried: Carried, disks: number) => void
  /** Hears of what must not be. */
  readonly complain: (what: string) => void
  /** A character that nobody has typed yet. */
  readonly newUnit: () => string
}

/** One person's open page: a real client, and somebody who remembers everything that it has shown. */
export class Tab implements Place {
  readonly isDisk = false
  readonly machine: Machine
  readonly document: DocumentId
  readonly book: Book
  readonly client: Client
  private readonly options: TabOptions
  /** The text, by the edits that the client has told. */
  private text = ''
  private readonly seen = new Set<string>()
  private units: ReadonlySet<string> | null = null
  private caret = 0

  constructor(options: TabOptions) {
    const { machine, document, book, servers, random, create } = options
    this.options = options
    this.machine = machine
    this.document = document
    this.book = book
    const person = { name: machine.name, color: '#336699' }
    const transport = this.overheard(options.transport)
    this.client = openDocument({
      document,
      servers,
      person,
      transport,
      clock: machine,
      random,
      create,
      token: keyOf(machine.name),
    })
    this.client.onRemote((edits) => {
      for (const unit of edits.flatMap(({ insert }) => [...insert])) this.hasCome(unit)
      this.text = applyEdits(this.text, edits)
      this.units = null
    })
  }

  get name(): string {
    return this.machine.name
  }

  knows({ unit }: Character): boolean {
    return this.seen.has(unit)
  }

  shows({ unit }: Character): boolean {
    this.units ??= new Set(this.text)
    return this.units.has(unit)
  }

  get hasSeenText(): boolean {
    return this.seen.size > 0
  }

  /** Whether somebody may type here: there is a text, and no server has said that they must not. */
  get canType(): boolean {
    const { ready, role } = this.client.state
    return ready && role !== 'reader' && !this.machine.isFrozen
  }

  edits(at: number | null, erase: number, type: number): void {
    if (!this.canType) return
    const { text, client } = this
    const from = at === null ? Math.min(this.caret, text.length) : at % (text.length + 1)
    const to = Math.min(text.length, from + erase)
    const insert = Array.from({ length: type }, this.options.newUnit).join('')
    if (from === to && insert === '') return
    client.edit([{ from, to, insert }], { selection: [from, from] })
    for (const unit of text.slice(from, to)) this.book.erased(unit, this)
    ;[...insert].forEach((unit, i) => {
      this.book.typed(unit, this.idAt(from + i), this)
      this.seen.add(unit)
    })
    this.text = applyEdits(text, [{ from, to, insert }])
    this.units = null
    this.caret = from + insert.length
    client.setSelection(this.caret, this.caret)
  }

  /** What is wrong with what this page shows, now. */
  faults(disks: readonly Place[]): readonly string[] {
    const { name, client, text } = this
    const { connection, reason, unsavedCharacters } = client.state
    const faults = this.book.oddities(text).map((oddity) => `[S7] In ${name} ${oddity}`)
    if (client.text() !== text)
      faults.push(`The edits told to ${name} led to ${text}, but its text is ${client.text()}`)
    if (connection === 'refused' && reason !== 'not-found') faults.push(`${name} was honest and refused: ${reason}`)
    const unsaved = this.book.unsaved(this, disks)
    if (unsavedCharacters < unsaved) {
      faults.push(`[S5] ${name} says that ${unsavedCharacters} characters are not saved, but ${unsaved} are not`)
    }
    return faults
  }

  /** Nothing is shown again that was gone, or shown before it was typed. */
  private hasCome(unit: string): void {
    if (!this.book.isTyped(unit)) this.options.complain(`${this.name} shows ${unit}, which nobody typed`)
    if (this.seen.has(unit)) this.options.complain(`${unit} comes a second time to ${this.name}`)
    this.seen.add(unit)
  }

  private idAt(index: number): Id {
    const anchor = this.client.anchorAt(index + 1, 'after')
    if (typeof anchor === 'string') throw new Error(`No character stands at ${index}`)
    return anchor.id
  }

  /** The transport, with an ear on it: what is pushed, and what is said to be stored of it. */
  private overheard(transport: Transport): Transport {
    return {
      connect: (url, on) => {
        const ear = new Ear(() => this.book.unpromised(this), this.book, this.options.promised)
        const connection = transport.connect(url, {
          ...on,
          message: (bytes) => {
            ear.hears(bytes)
            on.message(bytes)
          },
        })
        const send = (bytes: Uint8Array): void => {
          ear.says(bytes)
          connection.send(bytes)
        }
        return { ...connection, send }
      },
    }
  }
}

interface Parcel extends Carried {
  readonly n: number
  readonly bytes: string
  /** The server has said what it has, and this says what it lacks: together, all that was at risk here. */
  readonly speaksForAll: boolean
}

const NOTHING: Pick<Carried, 'typed' | 'erased'> = { typed: [], erased: [] }

/** Follows one connection by the rules P3 to P5. */
class Ear {
  private readonly unsaved: () => Pick<Carried, 'typed' | 'erased'>
  private readonly book: Book
  private readonly promised: TabOptions['promised']
  /** What was pushed and not taken back, */
  private pushes: readonly Parcel[] = []
  /** and what of it the last `stored` spoke of. */
  private lastStored = 0
  /** What was at risk when the server last said what it has: the next push answers, and speaks for all of it. */
  private restated: Pick<Carried, 'typed' | 'erased'> | null = null
  /** The one that spoke for all and was taken back; it will be pushed again. */
  private returned: Parcel | null = null

  constructor(unsaved: () => Pick<Carried, 'typed' | 'erased'>, book: Book, promised: TabOptions['promised']) {
    this.unsaved = unsaved
    this.book = book
    this.promised = promised
  }

  says(bytes: Uint8Array): void {
    const message = decodeClientMessage(bytes)
    if (!message.ok) throw new Error(`A client sends what does not decode: ${message.error.detail}`)
    if (message.value.type === 'push') this.pushes = [...this.pushes, this.carriedBy(message.value)]
  }

  hears(bytes: Uint8Array): void {
    const message = decodeServerMessage(bytes)
    if (!message.ok) throw new Error(`A server sends what does not decode: ${message.error.detail}`)
    const { value } = message
    if (value.type === 'welcome') this.restated = this.unsaved()
    if (value.type === 'resync') {
      this.pushes = this.pushes.filter(({ n }) => n !== value.n)
      this.restated = this.unsaved()
    }
    if (value.type === 'refused') this.tookBack(value.n ?? Infinity)
    if (value.type === 'stored') this.stored(value.n, value.replicas)
  }

  /** What was taken back is pushed again in the same parcels. */
  private tookBack(upTo: number): void {
    this.returned = this.pushes.find(({ n, speaksForAll }) => n <= upTo && speaksForAll) ?? this.returned
    this.pushes = this.pushes.filter(({ n }) => n > upTo)
  }

  /** A second word on the same pushes says that they are on more disks now. */
  private stored(n: number, disks: number): void {
    if (n > this.lastStored) {
      this.pushes = this.pushes.filter((push) => push.n > this.lastStored)
      this.lastStored = n
    }
    for (const push of this.pushes) if (push.n <= n) this.promised(push, disks)
  }

  private carriedBy({ n, update }: Push): Parcel {
    const { losses } = this.book
    const bytes = update.bytes.join()
    const all = this.restated ?? (bytes === this.returned?.bytes ? this.returned : NOTHING)
    const speaksForAll = all !== NOTHING
    this.restated = null
    const living = new Set(idsOf(update.inserts).map(nameOf))
    const covered = idsOf(update.covers)
    // What is erased when it is first heard of was typed as well.
    const erased = covered.filter((id) => !living.has(nameOf(id)))
    return { n, bytes, losses, speaksForAll, typed: [...all.typed, ...covered], erased: [...all.erased, ...erased] }
  }
}

function idsOf(ranges: readonly IdRange[]): readonly Id[] {
  return ranges.flatMap(({ replica, from, to }) =>
    Array.from({ length: to - from }, (_, i) => ({ replica, seq: from + i })),
  )
}

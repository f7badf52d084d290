import { type Client, openDocument, type Transport } from '@manyhands/client'
import { applyEdits, type Edit, type Id } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'
import type { Machine } from '@manyhands/testkit'
import { type Book, type Carried, type Character, nameOf, type Place } from './book.ts'
import type { Browser } from './browser.ts'
import { Ear } from './ear.ts'
import type { Limits } from './history.ts'
import { keyOf } from './reader-keys.ts'

interface TabOptions {
  readonly machine: Machine
  readonly document: DocumentId
  readonly book: Book
  readonly servers: readonly string[]
  readonly transport: Transport
  readonly random: () => number
  readonly create: boolean
  /** Null: this page keeps nothing, and knows no other. */
  readonly browser: Browser | null
  readonly limits: Limits
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
  readonly browser: Browser | null
  readonly client: Client
  private readonly options: TabOptions
  /** The text, by the edits that the client has told. */
  private text = ''
  /** The ids of all characters that it has shown, and of copies that it shows no more. */
  private readonly seen = new Set<string>()
  private readonly gone = new Set<string>()
  /** The ids typed or brought back here, what was typed here, whoever brought it back since, and what was erased here. */
  private readonly mine = new Set<string>()
  private readonly typedHere = new Set<string>()
  private readonly erasedHere = new Set<string>()
  private units: ReadonlySet<string> | null = null
  private caret = 0

  constructor(options: TabOptions) {
    const { machine, document, book, servers, random, create, browser, limits } = options
    this.options = options
    this.machine = machine
    this.document = document
    this.book = book
    this.browser = browser
    const device = browser && {
      offline: browser.offline(machine),
      tabs: browser.tabs(machine),
      leases: browser.leases(machine),
    }
    this.client = openDocument({
      document,
      servers,
      person: { name: this.owner, color: '#336699' },
      transport: this.overheard(options.transport),
      clock: machine,
      random,
      create,
      token: keyOf(this.owner),
      partBytes: limits.partBytes,
      mostEntries: limits.mostEntries,
      ...device,
    })
    this.client.onRemote((edits) => {
      for (const unit of edits.flatMap(({ insert }) => [...insert])) this.hasCome(unit)
      this.change(edits)
    })
  }

  get name(): string {
    return this.machine.name
  }

  /** Who sits there. All tabs of one browser are one person's. */
  get owner(): string {
    return this.browser?.name ?? this.name
  }

  knows({ id }: Character): boolean {
    return this.seen.has(nameOf(id))
  }

  shows({ unit, id }: Character): boolean {
    this.units ??= new Set(this.text)
    if (!this.units.has(unit)) return false
    return this.book.allOf(unit).length === 1 || this.idsOf(unit).includes(nameOf(id))
  }

  get hasSeenText(): boolean {
    return this.seen.size > 0
  }

  /** Whether it goes on, and keeps what is done here on its device. */
  get isKept(): boolean {
    const { ready, keeping } = this.client.state
    return ready && keeping === 'kept' && !this.machine.isFrozen
  }

  /** Whether there is a text to type in. A reader's page would not let them; what they type nevertheless is kept. */
  get canType(): boolean {
    return this.client.state.ready && !this.machine.isFrozen
  }

  edits(at: number | null, erase: number, type: number): readonly Character[] {
    if (!this.canType) return []
    const { text, client } = this
    const from = at === null ? Math.min(this.caret, text.length) : at % (text.length + 1)
    const to = Math.min(text.length, from + erase)
    const insert = Array.from({ length: type }, this.options.newUnit).join('')
    if (from === to && insert === '') return []
    const edits = [{ from, to, insert }]
    for (const unit of insert) this.typedHere.add(unit)
    const ids = this.idsIn(edits)
    client.edit(edits, { selection: [from, from] })
    return this.write(edits, ids)
  }

  /** Takes back, or does again, what was done here, and nothing else. */
  reverts(way: 'undo' | 'redo'): readonly Character[] {
    if (!this.canType) return []
    const ids = Array.from(this.text, (_, i) => this.idAt(i))
    const reversal = way === 'undo' ? this.client.undo() : this.client.redo()
    if (reversal === null) return []
    const { edits } = reversal
    const erased = edits.flatMap(({ from, to }) => ids.slice(from, to))
    const units = edits.flatMap(({ from, to }) => [...this.text.slice(from, to)])
    erased.forEach((id, i) => {
      if (!this.mine.has(nameOf(id)) && !this.typedHere.has(units[i] ?? ''))
        this.options.complain(`${this.name} undoes ${nameOf(id)}, which others typed`)
    })
    for (const unit of edits.flatMap(({ insert }) => [...insert])) {
      if (!this.erasedHere.has(unit)) this.options.complain(`${this.name} brings ${unit} back, which others erased`)
    }
    return this.write(edits, erased)
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
    this.lookForCopies()
    return faults
  }

  private idsIn(edits: readonly Edit[]): readonly Id[] {
    return edits.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => this.idAt(from + i)))
  }

  /** Writes down what was done here. Answers what was typed. */
  private write(edits: readonly Edit[], erased: readonly Id[]): readonly Character[] {
    const typed: Character[] = []
    for (const unit of edits.flatMap(({ from, to }) => [...this.text.slice(from, to)])) this.erasedHere.add(unit)
    for (const id of erased) this.book.erased(id, this)
    this.change(edits)
    let shift = 0
    for (const { from, to, insert } of edits) {
      ;[...insert].forEach((unit, i) => {
        const id = this.idAt(from + shift + i)
        this.book.typed(unit, id, this)
        this.seen.add(nameOf(id))
        this.mine.add(nameOf(id))
        typed.push({ unit, id })
      })
      this.caret = from + shift + insert.length
      shift += insert.length - (to - from)
    }
    this.caret = Math.min(this.caret, this.text.length)
    this.client.setSelection(this.caret, this.caret)
    return typed
  }

  private change(edits: readonly Edit[]): void {
    this.text = applyEdits(this.text, edits)
    this.units = null
  }

  /** Nothing is shown again that was gone, or shown before it was typed. Which of several copies it is, is looked at later. */
  private hasCome(unit: string): void {
    const [character, ...copies] = this.book.allOf(unit)
    if (character === undefined) return this.options.complain(`${this.name} shows ${unit}, which nobody typed`)
    if (copies.length > 0) return
    const name = nameOf(character.id)
    if (this.seen.has(name)) this.options.complain(`${unit} comes a second time to ${this.name}`)
    this.seen.add(name)
  }

  private lookForCopies(): void {
    for (const unit of this.book.copied) {
      const shown = this.idsOf(unit)
      for (const name of shown) {
        if (this.gone.has(name)) this.options.complain(`${unit} (${name}) comes a second time to ${this.name}`)
        this.seen.add(name)
      }
      for (const { id } of this.book.allOf(unit)) {
        const name = nameOf(id)
        if (this.seen.has(name) && !shown.includes(name)) this.gone.add(name)
      }
    }
  }

  private idsOf(unit: string): readonly string[] {
    return [...this.text].flatMap((other, i) => (other === unit ? nameOf(this.idAt(i)) : []))
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
        const ear = new Ear({
          book: this.book,
          done: () => this.book.doneIn(this),
          savedOn: () => (this.client.state.unsavedCharacters > 0 ? null : this.client.state.replicas),
          promised: this.options.promised,
        })
        const connection = transport.connect(url, {
          ...on,
          message: (bytes) => ear.hears(bytes, () => on.message(bytes)),
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

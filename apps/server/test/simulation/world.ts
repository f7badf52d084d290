import { encodeVersion } from '@manyhands/crdt'
import { type DocumentId, type Role, randomDocumentId, unreachable } from '@manyhands/protocol'
import { below, FakeClock, Internet, Machine, PlainDoc, type Random, seededRandom } from '@manyhands/testkit'
import type { Ticket } from '../../src/access/ticket.ts'
import type { Log } from '../../src/log.ts'
import { Book, type Carried, type Place } from './book.ts'
import type { History, Step } from './history.ts'
import { isTicketOf } from './reader-keys.ts'
import { SimServer } from './sim-server.ts'
import { storedText } from './sim-storage.ts'
import { Tab } from './tab.ts'

/**
 * When everything is whole again: the longest a client waits, the longest a call takes, one interval of catch-up, and
 * room to say it all.
 */
const TIME_TO_HEAL = 60_000

/** A page that has just been opened shows the text by then, however slow the messages are. */
const TIME_TO_JOIN = 10_000

/** Somebody who was told that there is no such document tries again this often, in the end. */
const TRY_AGAIN = 5000

/** Everything there is: servers, tabs, what lies between them, and one source of chance for all. */
class World {
  private readonly clock = new FakeClock()
  private readonly internet: Internet
  private readonly servers: readonly SimServer[]
  private readonly books: ReadonlyMap<DocumentId, Book>
  private readonly documents: readonly DocumentId[]
  private readonly readers = new Set<string>()
  private readonly complaints: string[] = []
  /** Every title that was ever given, and by whom. */
  private readonly titles = new Map<string, Tab>()
  private aDiskFailed = false
  /** How often a server has told another one something. */
  private told = 0
  private tabs: readonly Tab[] = []
  private visits = 0
  private units = 0
  private luck: Random

  constructor({ servers, ack, documents, slowestMessage, slowestWrite }: History) {
    this.luck = seededRandom(0)
    const { clock } = this
    const random: Random = () => this.luck()
    const internet = new Internet(clock, random, slowestMessage)
    const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => this.logged(message) }
    const roleOf = (ticket: Ticket): Role =>
      [...this.readers].some((name) => isTicketOf(ticket, name)) ? 'reader' : 'writer'
    this.internet = internet
    this.documents = Array.from({ length: documents }, () => randomDocumentId(random))
    this.books = new Map(this.documents.map((document) => [document, new Book()]))
    const urls = ['http://a', 'http://b', 'http://c'].slice(0, servers)
    const complain = (what: string): void => void this.complaints.push(what)
    const told = (): void => void this.told++
    const all = { servers: urls, ack, clock, internet, random, slowestWrite, roleOf, log, told, complain }
    this.servers = urls.map(
      (url, i) => new SimServer({ ...all, url, skew: i === 0 ? 0 : below(random, 10_000) - 5000 }),
    )
  }

  async begin({ tabs, beginsCalm }: History): Promise<void> {
    for (const server of this.servers) server.start()
    for (const document of this.documents) this.visit(document, true)
    for (const tab of this.tabs) tab.edits(null, 0, 1)
    if (beginsCalm) await this.pass(500)
    for (let i = this.tabs.length; i < tabs; i++) this.visit(this.documentAt(i), false)
    if (beginsCalm) await this.pass(500)
    this.mustBeTrue()
  }

  async take(step: Step): Promise<void> {
    this.luck = seededRandom(step.luck)
    await this.carryOut(step)
    this.clock.settle()
    this.mustBeTrue()
  }

  /** Everything is made whole, and time goes on. */
  async heal(): Promise<void> {
    this.luck = seededRandom(1)
    this.internet.healAll()
    for (const server of this.servers) {
      server.disk.isFull = false
      server.machine?.thaw()
      server.start()
    }
    for (const tab of this.tabs) this.thaw(tab)
    this.promoteAll()
    this.internet.cutOne()
    for (const document of this.documents)
      for (const { url } of this.rottenOf(document)) this.visit(document, false, [url])
    for (let left = TIME_TO_HEAL; left > 0; left -= TRY_AGAIN) {
      for (const { client } of this.tabs) if (client.state.connection === 'refused') client.reconnectNow()
      await this.pass(TRY_AGAIN)
      this.mustBeTrue()
    }
  }

  /** [L1] Everybody has the same, and it is what was typed. A page that is opened only now has it, too. Nothing is left to tell. */
  async mustBeOne(): Promise<void> {
    const { told } = this
    for (const document of this.documents) if (this.isAnywhere(document)) this.visit(document, false)
    await this.pass(TIME_TO_JOIN)
    if (this.told > told) this.complaints.push('[S6] Nobody types, and servers tell each other news')
    this.mustBeTrue()
    for (const [document, book] of this.books)
      if (this.isAnywhere(document)) await this.mustBeOneDocument(document, book)
    this.report()
  }

  private async carryOut(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        return this.pass(step.ms)
      case 'edit':
        return this.tabAt(step.tab)?.edits(step.at, step.erase, step.type)
      case 'rename':
        return this.rename(this.tabAt(step.tab))
      case 'visit':
        return this.visit(this.documentAt(step.document), false)
      case 'reload':
        return this.reload(this.tabAt(step.tab))
      case 'leave':
        return this.leave(this.tabAt(step.tab))
      case 'retry':
        return this.tabAt(step.tab)?.client.reconnectNow()
      case 'demote':
        return this.demote(this.tabAt(step.tab))
      case 'promote':
        return this.promoteAll()
      case 'freeze':
        return this.freeze(this.partyAt(step.party))
      case 'thaw':
        return this.thaw(this.partyAt(step.party))
      case 'cut one':
        return this.internet.cutOne()
      case 'cut':
        return this.internet.cut(this.nameAt(step.a), this.nameAt(step.b), step.silent ? 'silent' : 'broken')
      case 'heal':
        return this.internet.heal(this.nameAt(step.a), this.nameAt(step.b))
      case 'crash':
        return this.serverAt(step.server).crash()
      case 'start':
        return this.serverAt(step.server).start()
      case 'lose disk':
        return this.loseDisk(this.serverAt(step.server))
      case 'rot':
        return this.rot(this.serverAt(step.server), this.documentAt(step.document), step.update)
      case 'fill disk':
        this.aDiskFailed = true
        this.serverAt(step.server).disk.isFull = true
        return
      case 'empty disk':
        this.serverAt(step.server).disk.isFull = false
        return
      default:
        return unreachable(step)
    }
  }

  /** Lets time pass, one thing after another, and after each all that follows from it without time. */
  private async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms
    this.clock.settle()
    await turn()
    while (this.clock.nextAlarm !== null && this.clock.nextAlarm <= end) {
      this.clock.ringNext()
      await turn()
    }
    this.clock.advance(end - this.clock.now())
  }

  private visit(document: DocumentId, create: boolean, servers: readonly string[] = this.someServers()): void {
    const book = this.books.get(document)
    if (book === undefined) throw new Error('Every document has its book')
    const machine = new Machine(`tab${this.visits++}`, this.clock, 0)
    const tab = new Tab({
      machine,
      document,
      book,
      servers,
      transport: this.internet.from(machine),
      random: () => this.luck(),
      create,
      promised: (carried, disks) => this.promised(book, document, carried, disks),
      complain: (what) => this.complaints.push(what),
      newUnit: () => String.fromCharCode(0x4e00 + this.units++),
    })
    this.tabs = [...this.tabs, tab]
  }

  /** All of them, whichever first; or one, from which the others are learnt. */
  private someServers(): readonly string[] {
    const first = below(this.luck, this.servers.length)
    const urls = [...this.servers.slice(first), ...this.servers.slice(0, first)].map(({ url }) => url)
    return this.luck() < 0.5 ? urls.slice(0, 1) : urls
  }

  private rename(tab: Tab | undefined): void {
    if (!tab?.canType) return
    const title = `Title ${this.titles.size + 1}`
    this.titles.set(title, tab)
    tab.client.rename(title)
  }

  /** The page goes, with what it had not saved, and comes again. */
  private reload(tab: Tab | undefined): void {
    if (tab === undefined) return
    this.end(tab)
    this.visit(tab.document, false)
  }

  /** The last one stays. */
  private leave(tab: Tab | undefined): void {
    if (tab === undefined || this.tabs.length === 1) return
    tab.client.close()
    this.end(tab)
  }

  private end(tab: Tab): void {
    tab.machine.die()
    this.internet.forget(tab.machine)
    this.tabs = this.tabs.filter((other) => other !== tab)
    this.complaints.push(...tab.book.lost(tab, this.placesOf(tab.document)))
  }

  private demote(tab: Tab | undefined): void {
    if (tab === undefined) return
    this.readers.add(tab.name)
    this.internet.hangUp(tab.machine)
  }

  private promoteAll(): void {
    for (const { name, machine } of this.tabs) if (this.readers.delete(name)) this.internet.hangUp(machine)
  }

  private freeze(party: Tab | SimServer): void {
    if (party.machine === null) return
    party.machine.freeze()
    this.internet.froze(party.machine)
  }

  private thaw(party: Tab | SimServer): void {
    party.machine?.thaw()
  }

  private loseDisk(server: SimServer): void {
    this.aDiskFailed = true
    server.loseDisk()
    for (const [document, book] of this.books) {
      const gone = { name: server.url, isDisk: true, knows: () => false, shows: () => false }
      this.complaints.push(...book.lost(gone, this.placesOf(document)))
    }
  }

  /** Something on a disk cannot be read any more, which is found when its server opens it: if others have it, it can be had again. */
  private rot(server: SimServer, document: DocumentId, update: number): void {
    const place = server.platter.of(document)
    const others = this.disksOf(document).filter((other) => other !== place)
    if (place === null || !others.some((other) => other.rotten === null && other.includes(place))) return
    this.aDiskFailed = true
    server.crash()
    place.rot(update)
    const gone = { name: server.url, isDisk: true, knows: () => false, shows: () => false }
    this.complaints.push(...(this.books.get(document)?.lost(gone, this.placesOf(document)) ?? []))
  }

  private promised(book: Book, document: DocumentId, carried: Carried, disks: number): void {
    this.complaints.push(...book.promised(carried, disks, this.placesOf(document)))
  }

  /** A full disk is all that a server should have to complain of. */
  private logged(message: string): void {
    if (message !== 'could not store' && !(message === 'a stored document is damaged' && this.aDiskFailed))
      this.complaints.push(`A server logs: ${message}`)
  }

  /** What must hold at every moment. */
  private mustBeTrue(): void {
    for (const document of this.documents) {
      const disks = this.disksOf(document)
      const tabs = this.tabs.filter((tab) => tab.document === document)
      for (const tab of tabs) this.complaints.push(...tab.faults(disks))
      const book = this.books.get(document)
      for (const { name, doc } of disks) {
        for (const oddity of book?.oddities(doc.text()) ?? []) this.complaints.push(`On the disk of ${name} ${oddity}`)
      }
      this.mustHashRightly([
        ...tabs.map(({ name, client }) => ({ name, hash: client.hash(), text: client.text() })),
        ...disks.map(({ name, doc }) => ({ name, hash: doc.stateHash(), text: doc.text() })),
      ])
    }
    this.report()
  }

  /** [S4] Equal hashes, equal texts. */
  private mustHashRightly(copies: readonly { name: string; hash: string; text: string }[]): void {
    const texts = new Map<string, { name: string; text: string }>()
    for (const { name, hash, text } of copies) {
      const other = texts.get(hash)
      if (other === undefined) texts.set(hash, { name, text })
      else if (other.text !== text) {
        this.complaints.push(`[S4] ${name} and ${other.name} have the hash ${hash}, but ${text} and ${other.text}`)
      }
    }
  }

  private async mustBeOneDocument(document: DocumentId, book: Book): Promise<void> {
    const disks = this.disksOf(document)
    const tabs = this.tabs.filter((tab) => tab.document === document)
    const [first] = disks
    if (first === undefined || disks.length < this.servers.length) {
      this.complaints.push(`[L1] ${document} is on ${disks.length} disks of ${this.servers.length}`)
      return
    }
    const [text, hash] = [first.doc.text(), first.doc.stateHash()]
    for (const fault of book.faultsOf(text)) this.complaints.push(`[S2] At the end ${fault}`)
    for (const { name, doc } of disks) {
      if (doc.stateHash() !== hash) this.complaints.push(`[L1] The disk of ${name} has ${doc.text()}, not ${text}`)
      if (!sameBytes(encodeVersion(doc.version()), encodeVersion(first.doc.version()))) {
        this.complaints.push(`[L1] The disk of ${name} has another version`)
      }
    }
    for (const { name, client } of tabs) {
      const { connection, unsavedCharacters } = client.state
      if (connection !== 'live') this.complaints.push(`[L1] ${name} is ${connection}`)
      if (unsavedCharacters > 0) this.complaints.push(`[L1] ${name} has ${unsavedCharacters} characters not saved`)
      if (client.hash() !== hash) this.complaints.push(`[L1] ${name} has ${client.text()}, not ${text}`)
      if (client.title !== tabs[0]?.client.title) this.complaints.push(`[L1] ${name} has the title ${client.title}`)
    }
    this.mustBeTitled(document, tabs)
    for (const { platter } of this.servers) {
      if ((await storedText(platter, document)) !== text) this.complaints.push(`${platter.name} loads another text`)
    }
    const twin = new PlainDoc()
    twin.apply(first.doc.encode())
    if (twin.text() !== text || twin.stateHash() !== hash)
      this.complaints.push(`The twin has ${twin.text()}, not ${text}`)
  }

  /**
   * As somebody said; as nobody did only if all who said something have gone, or a disk failed: clients do not bring back a title
   * that was stored, and are told when it cannot be.
   */
  private mustBeTitled(document: DocumentId, tabs: readonly Tab[]): void {
    const title = tabs[0]?.client.title ?? ''
    const given = [...this.titles].filter(([, tab]) => tab.document === document)
    const mustHaveOne = !this.aDiskFailed && given.some(([, tab]) => this.tabs.includes(tab))
    if (title === '' ? mustHaveOne : !given.some(([other]) => other === title)) {
      this.complaints.push(`[L1] ${document} has the title "${title}"`)
    }
  }

  private report(): void {
    if (this.complaints.length > 0) throw new Error([...new Set(this.complaints)].slice(0, 10).join('\n'))
  }

  /** Whether there is anything to keep: whoever made the document up may have gone before any server had a word of it. */
  private isAnywhere(document: DocumentId): boolean {
    const tabs = this.tabs.filter((tab) => tab.document === document)
    return tabs.some(({ hasSeenText }) => hasSeenText) || this.disksOf(document).some(({ isBlank }) => !isBlank)
  }

  private placesOf(document: DocumentId): readonly Place[] {
    return [...this.disksOf(document), ...this.tabs.filter((tab) => tab.document === document)]
  }

  private disksOf(document: DocumentId) {
    return this.servers.flatMap(({ platter }) => platter.of(document) ?? [])
  }

  private rottenOf(document: DocumentId): readonly SimServer[] {
    return this.servers.filter(({ platter }) => (platter.of(document)?.rotten ?? null) !== null)
  }

  private documentAt(number: number): DocumentId {
    const document = this.documents[number % this.documents.length]
    if (document === undefined) throw new Error('There is a document at least')
    return document
  }

  private tabAt(number: number): Tab | undefined {
    return this.tabs[number % this.tabs.length]
  }

  private serverAt(number: number): SimServer {
    const server = this.servers[number % this.servers.length]
    if (server === undefined) throw new Error('There is a server at least')
    return server
  }

  private partyAt(number: number): Tab | SimServer {
    const parties = [...this.servers, ...this.tabs]
    return parties[number % parties.length] ?? this.serverAt(0)
  }

  private nameAt(number: number): string {
    const party = this.partyAt(number)
    return party instanceof Tab ? party.name : party.url
  }
}

/** Runs a history, and throws when something is not as it must be. */
export async function runHistory(history: History): Promise<void> {
  const world = new World(history)
  await world.begin(history)
  for (const step of history.steps) await world.take(step)
  await world.heal()
  await world.mustBeOne()
}

/** Ends a turn of the real event loop, so that every promise that can go on has done so. */
function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

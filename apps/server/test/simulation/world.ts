import { type DocumentId, randomDocumentId, unreachable } from '@manyhands/protocol'
import { below, FakeClock, Internet, Machine, type Random, seededRandom } from '@manyhands/testkit'
import type { Log } from '../../src/log.ts'
import { Book, type Character, type Place } from './book.ts'
import { Browser, forgetDevices } from './browser.ts'
import type { History, Limits, Step } from './history.ts'
import { SimServer } from './sim-server.ts'
import { Tab } from './tab.ts'
import { faultsAtTheEnd, faultsNow, type Home, type Scene } from './truth.ts'

/**
 * When everything is whole again: the longest a client waits, the longest a call takes, one interval of catch-up, and
 * room to say it all.
 */
const TIME_TO_HEAL = 60_000

/** A page that has just been opened shows the text by then, however slow the messages are. */
const TIME_TO_JOIN = 10_000

/** By then a tab has read what its device keeps, however slow that is, and has taken over what a tab that is gone had left. */
const TIME_TO_INHERIT = 10_000

/** Somebody who was told that there is no such document tries again this often, in the end. */
const TRY_AGAIN = 5000

/** Everything there is: servers, tabs, what lies between them, and one source of chance for all. */
class World {
  private readonly clock = new FakeClock()
  private readonly internet: Internet
  private readonly servers: readonly SimServer[]
  private readonly browsers: readonly Browser[]
  private readonly books: ReadonlyMap<DocumentId, Book>
  private readonly documents: readonly DocumentId[]
  private readonly limits: Limits
  /** Who may only read, as it was said last, */
  private readonly readers = new Set<string>()
  /** and what was typed by those whom every server lets only read. */
  private readonly refused = new Map<Character, Tab>()
  private readonly complaints: string[] = []
  /** Every title that was ever given, and by whom. */
  private readonly titles = new Map<string, Tab>()
  private aDiskFailed = false
  /** How often a server has told another one something. */
  private told = 0
  /** What takes turns of the real event loop, and has not ended. */
  private working = 0
  private tabs: readonly Tab[] = []
  private gone: readonly Tab[] = []
  private visits = 0
  private units = 0
  private luck: Random

  constructor({ servers, browsers, ack, documents, limits, slowestMessage, slowestWrite }: History) {
    this.luck = seededRandom(0)
    this.limits = limits
    const { clock } = this
    const random: Random = () => this.luck()
    const internet = new Internet(clock, random, slowestMessage)
    const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => this.logged(message) }
    this.internet = internet
    this.documents = Array.from({ length: documents }, () => randomDocumentId(random))
    this.books = new Map(this.documents.map((document) => [document, new Book()]))
    const urls = ['http://a', 'http://b', 'http://c'].slice(0, servers)
    const complain = (what: string): void => void this.complaints.push(what)
    const told = (): void => void this.told++
    const isWholeSomewhere = (document: DocumentId): boolean =>
      this.servers.some(({ platter }) => platter.of(document)?.isRotten !== true)
    const all = {
      servers: urls,
      ack,
      isWholeSomewhere,
      clock,
      internet,
      random,
      slowestWrite,
      limits,
      log,
      told,
      complain,
    }
    this.servers = urls.map(
      (url, i) => new SimServer({ ...all, url, skew: i === 0 ? 0 : below(random, 10_000) - 5000 }),
    )
    const works = (work: Promise<unknown>): void => void this.work(work)
    this.browsers = Array.from(
      { length: browsers },
      (_, i) => new Browser({ name: `browser${i}`, clock, random, slowestWrite, lastWords: limits.lastWords, works }),
    )
    if (browsers > 0) forgetDevices()
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

  /** Time goes on as things are; then everything is made whole, and it goes on. */
  async heal(): Promise<void> {
    this.luck = seededRandom(1)
    await this.pass(TIME_TO_INHERIT + 1000)
    this.mustBeTrue()
    this.internet.healAll()
    for (const browser of this.browsers) {
      browser.isFull = false
      browser.unplugged = null
    }
    for (const server of this.servers) {
      server.disk.isFull = false
      server.machine?.thaw()
      server.start()
    }
    for (const tab of this.tabs) this.thaw(tab)
    this.internet.cutOne()
    for (const document of this.documents) {
      for (const { url } of this.rottenOf(document)) this.visit(document, false, null, [url])
      for (const browser of this.browsers) {
        const isCaredFor = this.tabs.some((tab) => tab.browser === browser && tab.document === document && tab.isKept)
        if (browser.of(document) !== null && !isCaredFor) this.visit(document, false, browser)
      }
    }
    for (let left = TIME_TO_HEAL; left > 0; left -= TRY_AGAIN) {
      for (const { client } of this.tabs) if (client.state.connection === 'refused') client.reconnectNow()
      this.promoteAll()
      this.visitDevices()
      await this.pass(TRY_AGAIN)
      this.mustBeTrue()
    }
  }

  /** A device that was too slow for whoever came is asked once more: what was left there is no page's yet. */
  private visitDevices(): void {
    const canRead = ({ isKept, client }: Tab): boolean => isKept || client.state.keeping === 'opening'
    for (const document of this.documents)
      for (const browser of this.browsers) {
        const isRead = this.tabs.some((tab) => tab.browser === browser && tab.document === document && canRead(tab))
        if (browser.of(document) !== null && !isRead) this.visit(document, false, browser)
      }
  }

  /** [L1] Everybody has the same, and it is what was typed. A page that is opened only now has it, too. Nothing is left to tell. */
  async mustBeOne(): Promise<void> {
    const { told } = this
    const scenes = this.scenes().filter((scene) => isAnywhere(scene))
    for (const { document } of scenes) this.visit(document, false, null)
    await this.pass(TIME_TO_JOIN)
    if (this.told > told) this.complaints.push('[S6] Nobody types, and servers tell each other news')
    this.mustBeTrue()
    for (const scene of this.scenes().filter((other) => isAnywhere(other))) {
      this.complaints.push(...(await faultsAtTheEnd(scene)))
      this.mustBeTitled(scene)
    }
    this.report()
  }

  private async carryOut(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        return this.pass(step.ms)
      case 'edit':
        return this.edit(this.tabAt(step.tab), (tab) => tab.edits(step.at, step.erase, step.type))
      case 'undo':
      case 'redo':
        return this.edit(this.tabAt(step.tab), (tab) => tab.reverts(step.do))
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
        return this.crash(this.serverAt(step.server))
      case 'start':
        return this.serverAt(step.server).start()
      case 'lose disk':
        return this.loseDisk(this.serverAt(step.server))
      case 'rot':
        return this.rot(this.serverAt(step.server), this.documentAt(step.document), step)
      case 'fill disk':
        this.aDiskFailed = true
        this.serverAt(step.server).disk.isFull = true
        return
      case 'empty disk':
        this.serverAt(step.server).disk.isFull = false
        return
      case 'unplug':
      case 'plug in':
        for (const browser of this.browserAt(step.browser)) {
          browser.unplugged = step.do === 'plug in' ? null : step.silent ? 'silent' : 'broken'
          for (const tab of this.tabs) if (tab.browser === browser) this.plug(browser, tab.name)
        }
        return
      case 'fill device':
      case 'empty device':
        for (const browser of this.browserAt(step.browser)) browser.isFull = step.do === 'fill device'
        return
      case 'wipe device':
        for (const browser of this.browserAt(step.browser)) this.wipe(browser)
        return
      default:
        return unreachable(step)
    }
  }

  /** Lets time pass, one thing after another, and after each all that follows from it without time. */
  private async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms
    this.clock.settle()
    await this.turn()
    while (this.clock.nextAlarm !== null && this.clock.nextAlarm <= end) {
      this.clock.ringNext()
      await this.turn()
    }
    this.clock.advance(end - this.clock.now())
  }

  /** Ends turns of the real event loop until every promise that can go on has done so. */
  private async turn(): Promise<void> {
    do await new Promise((resolve) => void setImmediate(resolve))
    while (this.working > 0)
  }

  private async work(work: Promise<unknown>): Promise<void> {
    this.working++
    await work
    this.working--
  }

  private visit(
    document: DocumentId,
    create: boolean,
    browser: Browser | null = this.someBrowser(),
    servers: readonly string[] = this.someServers(),
  ): void {
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
      browser,
      limits: this.limits,
      promised: (carried, disks) =>
        void this.complaints.push(...book.promised(carried, disks, this.placesOf(document))),
      complain: (what) => this.complaints.push(what),
      newUnit: () => String.fromCharCode(0x4e00 + this.units++),
    })
    if (browser?.unplugged) this.plug(browser, machine.name)
    this.tabs = [...this.tabs, tab]
    if (browser !== null) browser.since = this.clock.now()
  }

  /** The way between a tab and all servers is as its browser has it. */
  private plug({ unplugged }: Browser, tab: string): void {
    for (const { url } of this.servers) {
      if (unplugged === null) this.internet.heal(tab, url)
      else this.internet.cut(tab, url, unplugged)
    }
  }

  private someBrowser(): Browser | null {
    return this.browsers.length === 0 ? null : (this.browsers[below(this.luck, this.browsers.length)] ?? null)
  }

  /** All of them, whichever first; or one, from which the others are learnt. */
  private someServers(): readonly string[] {
    const first = below(this.luck, this.servers.length)
    const urls = [...this.servers.slice(first), ...this.servers.slice(0, first)].map(({ url }) => url)
    return this.luck() < 0.5 ? urls.slice(0, 1) : urls
  }

  private edit(tab: Tab | undefined, act: (tab: Tab) => readonly Character[]): void {
    if (tab === undefined) return
    const isReader = tab.client.state.role === 'reader' && this.isReaderEverywhere(tab)
    for (const character of act(tab)) if (isReader) this.refused.set(character, tab)
  }

  private isReaderEverywhere({ document, owner }: Tab): boolean {
    return this.servers.every((server) => server.isReader(document, owner))
  }

  private rename(tab: Tab | undefined): void {
    if (!tab?.canType || tab.client.state.role === 'reader') return
    const title = `Title ${this.titles.size + 1}`
    this.titles.set(title, tab)
    tab.client.rename(title)
  }

  /** The page goes, with what it had not saved, and comes again. */
  private reload(tab: Tab | undefined): void {
    if (tab === undefined) return
    this.end(tab)
    this.visit(tab.document, false, tab.browser)
  }

  /** The last one stays. */
  private leave(tab: Tab | undefined): void {
    if (tab === undefined || this.tabs.length === 1) return
    tab.client.close()
    this.end(tab)
  }

  private end(tab: Tab): void {
    tab.machine.die()
    tab.browser?.forget(tab.machine)
    this.gone = [...this.gone, tab]
    this.internet.forget(tab.machine)
    if (tab.browser !== null) tab.browser.since = this.clock.now()
    this.tabs = this.tabs.filter((other) => other !== tab)
    this.complaints.push(...tab.book.lost(tab, this.placesOf(tab.document)))
  }

  /** Its tabs go as well, and one of them comes again. */
  private wipe(browser: Browser): void {
    const tabs = this.tabs.filter((tab) => tab.browser === browser)
    for (const tab of tabs) this.end(tab)
    const places = this.documents.map((document) => [document, browser.of(document)] as const)
    browser.wipe()
    for (const [document, place] of places) {
      if (place !== null)
        this.complaints.push(...(this.books.get(document)?.lost(place, this.placesOf(document)) ?? []))
    }
    for (const { document } of tabs.slice(0, 1)) this.visit(document, false, browser)
  }

  private demote(tab: Tab | undefined): void {
    if (tab === undefined) return
    this.readers.add(tab.owner)
    this.tellReaders()
  }

  private promoteAll(): void {
    if (this.readers.size === 0 && this.tabs.every(({ client }) => client.state.role !== 'reader')) return
    this.readers.clear()
    this.tellReaders()
  }

  /** One server hears it, and tells the others. */
  private tellReaders(): void {
    const server = this.serverAt(below(this.luck, 6))
    for (const document of this.documents) server.setReaders(document, [...this.readers])
  }

  private freeze(party: Tab | SimServer): void {
    if (party.machine === null) return
    party.machine.freeze()
    this.internet.froze(party.machine)
  }

  private thaw(party: Tab | SimServer): void {
    party.machine?.thaw()
  }

  private async crash(server: SimServer): Promise<void> {
    server.crash()
    this.complaints.push(...(await server.platter.faults()))
  }

  private loseDisk(server: SimServer): void {
    this.aDiskFailed = true
    server.loseDisk()
    for (const document of this.documents) this.lostOn(server, document)
  }

  /** Something on a disk cannot be read any more, which is found when its server opens it. */
  private rot(server: SimServer, document: DocumentId, { update, alone, gone }: Extract<Step, { do: 'rot' }>): void {
    const place = server.platter.of(document)
    const others = this.disksOf(document).filter((other) => other !== place)
    if (place === null || place.isRotten) return
    if (!alone && !others.some((other) => !other.isRotten && other.includes(place))) return
    this.aDiskFailed = true
    server.crash()
    place.rot(update, gone)
    this.lostOn(server, document)
  }

  private lostOn({ url }: SimServer, document: DocumentId): void {
    const gone = { name: url, isDisk: true, knows: () => false, shows: () => false }
    this.complaints.push(...(this.books.get(document)?.lost(gone, this.placesOf(document)) ?? []))
  }

  /** A full disk is all that a server should have to complain of. */
  private logged(message: string): void {
    if (message !== 'could not store' && !(message === 'a stored document is damaged' && this.aDiskFailed))
      this.complaints.push(`A server logs: ${message}`)
  }

  private mustBeTrue(): void {
    for (const scene of this.scenes()) this.complaints.push(...faultsNow(scene))
    this.mustKeepOut()
    this.report()
  }

  /** What a reader types is on no disk, unless some server lets them write by now. */
  private mustKeepOut(): void {
    for (const [character, tab] of this.refused) {
      if (!this.isReaderEverywhere(tab)) this.refused.delete(character)
      else if (this.disksOf(tab.document).some((disk) => disk.knows(character)))
        this.complaints.push(`${character.unit} was typed by ${tab.name}, who may only read, and is stored`)
    }
  }

  /**
   * As somebody said; as nobody did only if all who said something have gone, or a disk failed: clients do not bring back a title
   * that was stored, and are told when it cannot be.
   */
  private mustBeTitled({ document, tabs }: Scene): void {
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

  private scenes(): readonly Scene[] {
    return [...this.books].map(([document, book]) => ({
      document,
      book,
      tabs: this.tabs.filter((tab) => tab.document === document),
      platters: this.servers.map(({ platter }) => platter),
      disks: this.disksOf(document),
      devices: this.browsers.flatMap((browser) => browser.of(document) ?? []),
      homes: this.browsers.flatMap((browser) => this.homeOf(browser, document)),
    }))
  }

  /** A browser whose tabs have had time to find what others left. */
  private homeOf(browser: Browser, document: DocumentId): readonly Home[] {
    const mine = (tab: Tab): boolean => tab.browser === browser && tab.document === document
    const [tabs, gone, device] = [this.tabs.filter(mine), this.gone.filter(mine), browser.of(document)]
    const isSettled =
      browser.since + TIME_TO_INHERIT < this.clock.now() && tabs.length > 0 && tabs.every((tab) => tab.isKept)
    return isSettled && device !== null ? [{ tabs, gone, device }] : []
  }

  private placesOf(document: DocumentId): readonly Place[] {
    return this.scenes().flatMap((scene) =>
      scene.document === document ? [...scene.disks, ...scene.tabs, ...scene.devices] : [],
    )
  }

  private disksOf(document: DocumentId) {
    return this.servers.flatMap(({ platter }) => platter.of(document) ?? [])
  }

  private rottenOf(document: DocumentId): readonly SimServer[] {
    return this.servers.filter(({ platter }) => platter.of(document)?.isRotten === true)
  }

  private documentAt(number: number): DocumentId {
    const document = this.documents[number % this.documents.length]
    if (document === undefined) throw new Error('There is a document at least')
    return document
  }

  private tabAt(number: number): Tab | undefined {
    return this.tabs[number % this.tabs.length]
  }

  private browserAt(number: number): readonly Browser[] {
    return this.browsers.filter((_, i) => i === number % this.browsers.length)
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

/** Whether there is anything to keep: whoever made the document up may have gone before any server had a word of it. */
function isAnywhere({ tabs, disks }: Scene): boolean {
  return tabs.some(({ hasSeenText }) => hasSeenText) || disks.some(({ isBlank }) => !isBlank)
}

/** Runs a history, and throws when something is not as it must be. */
export async function runHistory(history: History): Promise<void> {
  const world = new World(history)
  await world.begin(history)
  for (const step of history.steps) await world.take(step)
  await world.heal()
  await world.mustBeOne()
}

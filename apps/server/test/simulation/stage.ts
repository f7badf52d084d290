import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { below, FakeClock, Internet, Machine, type Random, seededRandom } from '@manyhands/testkit'
import type { Log } from '../../src/log.ts'
import { Book, type Place } from './book.ts'
import { Browser, forgetDevices } from './browser.ts'
import type { History, Limits } from './history.ts'
import { SimServer } from './sim-server.ts'
import { Tab } from './tab.ts'
import type { Home, Scene } from './truth.ts'

/** By then a tab has read what its device keeps, however slow that is, and has taken over what a tab that is gone had left. */
export const TIME_TO_INHERIT = 10_000

/** Everything there is: servers, tabs, what lies between them, and one source of chance for all. Changed by the world it is in. */
export class Stage {
  readonly clock = new FakeClock()
  readonly internet: Internet
  readonly servers: readonly SimServer[]
  readonly browsers: readonly Browser[]
  readonly books: ReadonlyMap<DocumentId, Book>
  readonly documents: readonly DocumentId[]
  /** What is not as it must be. */
  readonly complaints: string[] = []
  tabs: readonly Tab[] = []
  luck: Random
  aDiskFailed = false
  /** How often a server has told another one something. */
  told = 0
  private readonly limits: Limits
  /** What takes turns of the real event loop, and has not ended. */
  private working = 0
  private gone: readonly Tab[] = []
  private visits = 0
  private units = 0

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

  /** Lets time pass, one thing after another, and after each all that follows from it without time. */
  async pass(ms: number): Promise<void> {
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

  visit(
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
  plug({ unplugged }: Browser, tab: string): void {
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

  end(tab: Tab): void {
    tab.machine.die()
    tab.browser?.forget(tab.machine)
    this.gone = [...this.gone, tab]
    this.internet.forget(tab.machine)
    if (tab.browser !== null) tab.browser.since = this.clock.now()
    this.tabs = this.tabs.filter((other) => other !== tab)
    this.complaints.push(...tab.book.lost(tab, this.placesOf(tab.document)))
  }

  /** A full disk is all that a server should have to complain of. */
  private logged(message: string): void {
    if (message !== 'could not store' && !(message === 'a stored document is damaged' && this.aDiskFailed))
      this.complaints.push(`A server logs: ${message}`)
  }

  report(): void {
    if (this.complaints.length > 0) throw new Error([...new Set(this.complaints)].slice(0, 10).join('\n'))
  }

  scenes(): readonly Scene[] {
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

  placesOf(document: DocumentId): readonly Place[] {
    return this.scenes().flatMap((scene) =>
      scene.document === document ? [...scene.disks, ...scene.tabs, ...scene.devices] : [],
    )
  }

  disksOf(document: DocumentId) {
    return this.servers.flatMap(({ platter }) => platter.of(document) ?? [])
  }

  rottenOf(document: DocumentId): readonly SimServer[] {
    return this.servers.filter(({ platter }) => platter.of(document)?.isRotten === true)
  }

  documentAt(number: number): DocumentId {
    const document = this.documents[number % this.documents.length]
    if (document === undefined) throw new Error('There is a document at least')
    return document
  }

  tabAt(number: number): Tab | undefined {
    return this.tabs[number % this.tabs.length]
  }

  browserAt(number: number): readonly Browser[] {
    return this.browsers.filter((_, i) => i === number % this.browsers.length)
  }

  serverAt(number: number): SimServer {
    const server = this.servers[number % this.servers.length]
    if (server === undefined) throw new Error('There is a server at least')
    return server
  }

  partyAt(number: number): Tab | SimServer {
    const parties = [...this.servers, ...this.tabs]
    return parties[number % parties.length] ?? this.serverAt(0)
  }

  nameAt(number: number): string {
    const party = this.partyAt(number)
    return party instanceof Tab ? party.name : party.url
  }
}

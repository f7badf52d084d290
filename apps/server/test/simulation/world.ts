import { type DocumentId, unreachable } from '@manyhands/protocol'
import { below, seededRandom } from '@manyhands/testkit'
import type { Character } from './book.ts'
import type { Browser } from './browser.ts'
import type { History, Step } from './history.ts'
import type { SimServer } from './sim-server.ts'
import { Stage, TIME_TO_INHERIT } from './stage.ts'
import type { Tab } from './tab.ts'
import { faultsAtTheEnd, faultsNow, type Scene } from './truth.ts'

/**
 * When everything is whole again: the longest a client waits, the longest a call takes, one interval of catch-up, and
 * room to say it all.
 */
const TIME_TO_HEAL = 60_000

/** A page that has just been opened shows the text by then, however slow the messages are. */
const TIME_TO_JOIN = 10_000

/** Somebody who was told that there is no such document tries again this often, in the end. */
const TRY_AGAIN = 5000

/** What happens on a stage, and what must be true of it. */
class World {
  private readonly stage: Stage
  /** Who may only read, as it was said last, */
  private readonly readers = new Set<string>()
  /** and what was typed by those whom every server lets only read. */
  private readonly refused = new Map<Character, Tab>()
  /** Every title that was ever given, and by whom. */
  private readonly titles = new Map<string, Tab>()

  constructor(history: History) {
    this.stage = new Stage(history)
  }

  async begin({ tabs, beginsCalm }: History): Promise<void> {
    for (const server of this.stage.servers) server.start()
    for (const document of this.stage.documents) this.stage.visit(document, true)
    for (const tab of this.stage.tabs) tab.edits(null, 0, 1)
    if (beginsCalm) await this.stage.pass(500)
    for (let i = this.stage.tabs.length; i < tabs; i++) this.stage.visit(this.stage.documentAt(i), false)
    if (beginsCalm) await this.stage.pass(500)
    this.mustBeTrue()
  }

  async take(step: Step): Promise<void> {
    this.stage.luck = seededRandom(step.luck)
    await this.carryOut(step)
    this.stage.clock.settle()
    this.mustBeTrue()
  }

  /** Time may go on as things are; then everything is made whole, and it goes on. */
  async heal({ lingers }: History): Promise<void> {
    this.stage.luck = seededRandom(1)
    if (lingers) await this.stage.pass(TIME_TO_INHERIT + 1000)
    this.mustBeTrue()
    this.stage.internet.healAll()
    for (const browser of this.stage.browsers) {
      browser.isFull = false
      browser.unplugged = null
    }
    for (const server of this.stage.servers) {
      server.disk.isFull = false
      for (const { url } of this.stage.servers) server.list(url, true)
      server.machine?.thaw()
      server.start()
    }
    for (const tab of this.stage.tabs) this.thaw(tab)
    this.stage.internet.cutOne()
    for (const document of this.stage.documents)
      for (const { url } of this.stage.rottenOf(document)) this.stage.visit(document, false, null, [url])
    for (let left = TIME_TO_HEAL; left > 0; left -= TRY_AGAIN) {
      for (const { client } of this.stage.tabs) if (client.state.connection === 'refused') client.reconnectNow()
      this.promoteAll()
      this.visitDevices()
      await this.stage.pass(TRY_AGAIN)
      this.mustBeTrue()
    }
  }

  /** A device that was too slow for whoever came is asked once more: what was left there is no page's yet. */
  private visitDevices(): void {
    const canRead = ({ isKept, client }: Tab): boolean => isKept || client.state.keeping === 'opening'
    for (const document of this.stage.documents)
      for (const browser of this.stage.browsers) {
        const isRead = this.stage.tabs.some(
          (tab) => tab.browser === browser && tab.document === document && canRead(tab),
        )
        if (browser.of(document) !== null && !isRead) this.stage.visit(document, false, browser)
      }
  }

  /** [L1] Everybody has the same, and it is what was typed. A page that is opened only now has it, too. Nothing is left to tell. */
  async mustBeOne(): Promise<void> {
    const { told } = this.stage
    const scenes = this.stage.scenes().filter((scene) => isAnywhere(scene))
    for (const { document } of scenes) this.stage.visit(document, false, null)
    await this.stage.pass(TIME_TO_JOIN)
    if (this.stage.told > told) this.stage.complaints.push('[S6] Nobody types, and servers tell each other news')
    this.mustBeTrue()
    for (const scene of this.stage.scenes().filter((other) => isAnywhere(other))) {
      this.stage.complaints.push(...(await faultsAtTheEnd(scene)))
      this.mustBeTitled(scene)
    }
    this.stage.report()
  }

  private async carryOut(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        return this.stage.pass(step.ms)
      case 'edit':
        return this.edit(this.stage.tabAt(step.tab), (tab) => tab.edits(step.at, step.erase, step.type))
      case 'undo':
      case 'redo':
        return this.edit(this.stage.tabAt(step.tab), (tab) => tab.reverts(step.do))
      case 'rename':
        return this.rename(this.stage.tabAt(step.tab))
      case 'visit':
        return this.stage.visit(this.stage.documentAt(step.document), false)
      case 'reload':
        return this.reload(this.stage.tabAt(step.tab))
      case 'leave':
        return this.leave(this.stage.tabAt(step.tab))
      case 'retry':
        return this.stage.tabAt(step.tab)?.client.reconnectNow()
      case 'demote':
        return this.demote(this.stage.tabAt(step.tab))
      case 'promote':
        return this.promoteAll()
      case 'freeze':
        return this.freeze(this.stage.partyAt(step.party))
      case 'thaw':
        return this.thaw(this.stage.partyAt(step.party))
      case 'cut one':
        return this.stage.internet.cutOne()
      case 'cut':
        return this.stage.internet.cut(
          this.stage.nameAt(step.a),
          this.stage.nameAt(step.b),
          step.silent ? 'silent' : 'broken',
        )
      case 'heal':
        return this.stage.internet.heal(this.stage.nameAt(step.a), this.stage.nameAt(step.b))
      case 'crash':
        return this.crash(this.stage.serverAt(step.server))
      case 'start':
        return this.stage.serverAt(step.server).start()
      case 'unlist':
      case 'list':
        return this.stage.serverAt(step.server).list(this.stage.serverAt(step.other).url, step.do === 'list')
      case 'lose disk':
        return this.loseDisk(this.stage.serverAt(step.server))
      case 'rot':
        return this.rot(this.stage.serverAt(step.server), this.stage.documentAt(step.document), step)
      case 'fill disk':
        this.stage.aDiskFailed = true
        this.stage.serverAt(step.server).disk.isFull = true
        return
      case 'empty disk':
        this.stage.serverAt(step.server).disk.isFull = false
        return
      case 'unplug':
      case 'plug in':
        for (const browser of this.stage.browserAt(step.browser)) {
          browser.unplugged = step.do === 'plug in' ? null : step.silent ? 'silent' : 'broken'
          for (const tab of this.stage.tabs) if (tab.browser === browser) this.stage.plug(browser, tab.name)
        }
        return
      case 'fill device':
      case 'empty device':
        for (const browser of this.stage.browserAt(step.browser)) browser.isFull = step.do === 'fill device'
        return
      case 'wipe device':
        for (const browser of this.stage.browserAt(step.browser)) this.wipe(browser)
        return
      default:
        return unreachable(step)
    }
  }

  private edit(tab: Tab | undefined, act: (tab: Tab) => readonly Character[]): void {
    if (tab === undefined) return
    const isReader = tab.client.state.role === 'reader' && this.isReaderEverywhere(tab)
    for (const character of act(tab)) if (isReader) this.refused.set(character, tab)
  }

  private isReaderEverywhere({ document, owner }: Tab): boolean {
    return this.stage.servers.every((server) => server.isReader(document, owner))
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
    this.stage.end(tab)
    this.stage.visit(tab.document, false, tab.browser)
  }

  /** The last one stays. */
  private leave(tab: Tab | undefined): void {
    if (tab === undefined || this.stage.tabs.length === 1) return
    tab.client.close()
    this.stage.end(tab)
  }

  /** Its tabs go as well, and one of them comes again. */
  private wipe(browser: Browser): void {
    const tabs = this.stage.tabs.filter((tab) => tab.browser === browser)
    for (const tab of tabs) this.stage.end(tab)
    const places = this.stage.documents.map((document) => [document, browser.of(document)] as const)
    browser.wipe()
    for (const [document, place] of places) {
      if (place !== null)
        this.stage.complaints.push(
          ...(this.stage.books.get(document)?.lost(place, this.stage.placesOf(document)) ?? []),
        )
    }
    for (const { document } of tabs.slice(0, 1)) this.stage.visit(document, false, browser)
  }

  private demote(tab: Tab | undefined): void {
    if (tab === undefined) return
    this.readers.add(tab.owner)
    this.tellReaders()
  }

  private promoteAll(): void {
    if (this.readers.size === 0 && this.stage.tabs.every(({ client }) => client.state.role !== 'reader')) return
    this.readers.clear()
    this.tellReaders()
  }

  /** One server hears it, and tells the others. */
  private tellReaders(): void {
    const server = this.stage.serverAt(below(this.stage.luck, 6))
    for (const document of this.stage.documents) server.setReaders(document, [...this.readers])
  }

  private freeze(party: Tab | SimServer): void {
    if (party.machine === null) return
    party.machine.freeze()
    this.stage.internet.froze(party.machine)
  }

  private thaw(party: Tab | SimServer): void {
    party.machine?.thaw()
  }

  private async crash(server: SimServer): Promise<void> {
    server.crash()
    this.stage.complaints.push(...(await server.platter.faults()))
  }

  private loseDisk(server: SimServer): void {
    this.stage.aDiskFailed = true
    server.loseDisk()
    for (const document of this.stage.documents) this.lostOn(server, document)
  }

  /** Something on a disk cannot be read any more, which is found when its server opens it. */
  private rot(server: SimServer, document: DocumentId, { update, alone, gone }: Extract<Step, { do: 'rot' }>): void {
    const place = server.platter.of(document)
    const others = this.stage.disksOf(document).filter((other) => other !== place)
    if (place === null || place.isRotten) return
    if (!alone && !others.some((other) => !other.isRotten && other.includes(place))) return
    this.stage.aDiskFailed = true
    server.crash()
    place.rot(update, gone)
    this.lostOn(server, document)
  }

  private lostOn({ url }: SimServer, document: DocumentId): void {
    const gone = { name: url, isDisk: true, knows: () => false, shows: () => false }
    this.stage.complaints.push(...(this.stage.books.get(document)?.lost(gone, this.stage.placesOf(document)) ?? []))
  }

  private mustBeTrue(): void {
    for (const scene of this.stage.scenes()) this.stage.complaints.push(...faultsNow(scene))
    this.mustKeepOut()
    this.stage.report()
  }

  /** What a reader types is on no disk, unless some server lets them write by now. */
  private mustKeepOut(): void {
    for (const [character, tab] of this.refused) {
      if (!this.isReaderEverywhere(tab)) this.refused.delete(character)
      else if (this.stage.disksOf(tab.document).some((disk) => disk.knows(character)))
        this.stage.complaints.push(`${character.unit} was typed by ${tab.name}, who may only read, and is stored`)
    }
  }

  /**
   * As somebody said; as nobody did only if all who said something have gone, or a disk failed: clients do not bring back a title
   * that was stored, and are told when it cannot be.
   */
  private mustBeTitled({ document, tabs }: Scene): void {
    const title = tabs[0]?.client.title ?? ''
    const given = [...this.titles].filter(([, tab]) => tab.document === document)
    const mustHaveOne = !this.stage.aDiskFailed && given.some(([, tab]) => this.stage.tabs.includes(tab))
    if (title === '' ? mustHaveOne : !given.some(([other]) => other === title)) {
      this.stage.complaints.push(`[L1] ${document} has the title "${title}"`)
    }
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
  await world.heal(history)
  await world.mustBeOne()
}

import {
  decodeVersion,
  emptyVersion,
  encodeVersion,
  type Incarnation,
  type ReplicaId,
  type Update,
} from '@manyhands/crdt'
import { type Address, cleanRegister, type SharedRegister } from '@manyhands/protocol'
import type { Clock } from './clock.ts'
import { type Copy, readable } from './copy.ts'
import { type AtRisk, NO_RISK } from './outbox.ts'
import { readTabMessage, type TabChannel, type TabMessage, type Tabs, type TabWord } from './tabs.ts'

/** A difference between two tabs that outlasts this is one, and not an edit under way. */
const DOUBT = 500

export interface NeighboursEvents {
  readonly replica: ReplicaId
  /** A tab is there, with this replica: perhaps not for the first time. */
  readonly met: (replica: ReplicaId) => void
  readonly copy: () => Copy | null
  /** What I must tell them to pass on, since I have no server to give it to. */
  readonly untold: () => AtRisk
  /** A tab has what we have not: a document, or edits of it. `risk` is what no server may have of them. */
  readonly heard: (incarnation: Incarnation, updates: readonly Update[], risk: AtRisk) => void
  readonly registered: (register: SharedRegister, isUntold: boolean) => void
}

/**
 * The other tabs of this browser that have the document open. They tell each other their edits and, when one comes, or when their
 * state hashes stay different, all that the other lacks. Changed by its client, its channel and its timer.
 */
export class Neighbours {
  private readonly clock: Clock
  private readonly on: NeighboursEvents
  private readonly channel: TabChannel
  private cancelDoubt: (() => void) | null = null
  /** The state that another tab last said it has. */
  private lastHash = ''

  constructor(tabs: Tabs, document: Address, clock: Clock, on: NeighboursEvents) {
    this.clock = clock
    this.on = on
    this.channel = tabs.join(document, (message) => this.hear(readTabMessage(message)))
  }

  greet(): void {
    this.hi(true)
  }

  /** `risk` is what of them no server has, and I have none to give it to. */
  tellEdits(updates: readonly Update[], risk: AtRisk): void {
    const copy = this.on.copy()
    if (copy === null) return
    const { incarnation } = copy.doc
    const stateHash = copy.doc.stateHash()
    const bytes = updates.map((update) => update.bytes)
    this.say({ type: 'edits', incarnation, updates: bytes, stateHash, ...risk })
  }

  tellRegister(register: SharedRegister): void {
    this.say({ type: 'register', ...register, isUntold: this.on.untold().since !== null })
  }

  leave(): void {
    this.cancelDoubt?.()
    this.channel.leave()
  }

  private hi(isQuestion: boolean): void {
    const doc = this.on.copy()?.doc
    const version = encodeVersion(doc?.version() ?? emptyVersion)
    this.say({ type: 'hi', incarnation: doc?.incarnation ?? null, version, isQuestion })
  }

  private say(word: TabWord): void {
    this.channel.say({ ...word, replica: this.on.replica })
  }

  private hear(message: TabMessage | null): void {
    if (message?.replica) this.on.met(message.replica)
    switch (message?.type) {
      case 'hi':
        return this.heardHi(message)
      case 'edits':
        return this.heardEdits(message)
      case 'register':
        return this.heardRegister(message)
    }
  }

  private heardHi({ incarnation, version: bytes, isQuestion }: Extract<TabWord, { type: 'hi' }>): void {
    const copy = this.on.copy()
    const version = decodeVersion(bytes)
    if (copy === null || !version.ok || (incarnation !== null && incarnation !== copy.doc.incarnation)) return
    const lacking = copy.updatesSince(version.value).filter(({ isEmpty }) => !isEmpty)
    this.tellEdits(lacking, lacking.length > 0 ? this.on.untold() : NO_RISK)
    if (isQuestion) this.hi(false)
  }

  private heardEdits({ incarnation, updates, stateHash, ...risk }: Extract<TabWord, { type: 'edits' }>): void {
    const copy = this.on.copy()
    if (copy !== null && copy.doc.incarnation !== incarnation) return
    this.on.heard(incarnation, readable(updates), { characters: risk.characters, since: risk.since })
    this.lastHash = stateHash
    if (this.differs()) this.cancelDoubt ??= this.clock.after(DOUBT, () => this.ask())
  }

  private heardRegister({ name, value, isUntold }: Extract<TabWord, { type: 'register' }>): void {
    this.on.registered({ name, value: cleanRegister(name, value) }, isUntold)
  }

  private ask(): void {
    this.cancelDoubt = null
    if (this.differs()) this.hi(true)
  }

  private differs(): boolean {
    return this.on.copy()?.doc.stateHash() !== this.lastHash
  }
}

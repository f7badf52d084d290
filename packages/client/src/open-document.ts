import {
  type Anchor,
  type Edit,
  type Incarnation,
  type ReplicaId,
  randomIncarnation,
  randomReplicaId,
  type Update,
} from '@manyhands/crdt'
import {
  type ClientMessage,
  cleanName,
  cleanRegister,
  decodeServerMessage,
  encodeClientMessage,
  type LinkKey,
  type Member,
  type Person,
  PROTOCOL_VERSION,
  type RefusalReason,
  type RegisterName,
  type ServerMessage,
  type SharedRegister,
  unreachable,
  type Welcome,
} from '@manyhands/protocol'
import type { Client, ClientOptions, ClientState, Reversal } from './client.ts'
import { type Change, Copy, NOTHING, type Reverted, readable } from './copy.ts'
import { eventsOf, Inheritance, type Legacy } from './inheritance.ts'
import { Keeper } from './keeper.ts'
import { withKey } from './link-keys.ts'
import { peopleIn, withPresence } from './members.ts'
import { Neighbours } from './neighbours.ts'
import type { Saved, SavedCopy } from './offline.ts'
import { type AtRisk, atRisk, emptyOutbox, isEmpty, NO_RISK, type Parcel, parcelsOf, total } from './outbox.ts'
import { Presence, sameAnchor, sameSelection } from './presence.ts'
import { listOf, NO_REGISTERS, type Registers, sameRegisters, withRegisters } from './registers.ts'
import { serversAtFirst } from './servers.ts'
import { type Effect, newSession, receive, type Session, type SessionEvent, type Timer } from './session.ts'
import type { Tabs } from './tabs.ts'
import type { Connection } from './transport.ts'

/** Opens a document and begins to call its servers. */
export function openDocument(options: ClientOptions): Client {
  return new OpenDocument(options)
}

/** The client: carries out what the session decides. Changed by its methods, its connection and its timers. */
class OpenDocument implements Client {
  private readonly options: ClientOptions
  private readonly replica: ReplicaId
  private readonly presence: Presence
  private readonly stopWakeups: () => void
  private readonly timers = new Map<Timer, () => void>()
  private readonly listeners = new Set<() => void>()
  private readonly remoteListeners = new Set<Parameters<Client['onRemote']>[0]>()
  private copy: Copy | null
  private session: Session
  private connection: Connection | null = null
  /** What was done in this turn of the event loop; the session hears of it when the turn ends. */
  private turn: Parcel[] = []
  private shown: ClientState | null = null
  private isStale = true
  private everSynced = false
  private others: readonly Member[] = []
  private people: readonly Member[] = []
  /** As a server said it last. */
  private said: Registers = NO_REGISTERS
  private shownRegisters: Registers = NO_REGISTERS
  /** The keys of links to edit, the latest first; and what the last hello showed of them. */
  private token: string
  private shownToken = ''
  private readonly keeper: Keeper
  private readonly neighbours: Neighbours | null
  private readonly inheritance: Inheritance
  /** What this device has is being read. Servers are called meanwhile, but told only then, for they ask what we have. */
  private isOpening = false
  private owesHello = false
  private isClosed = false
  private foundDamaged = false
  /** What was kept for a copy that could not be read. */
  private early: readonly Update[] = []

  constructor(options: ClientOptions) {
    const { random, clock, person, servers, memory } = options
    this.options = options
    this.token = options.token ?? ''
    this.replica = randomReplicaId(random)
    this.copy = options.create ? this.copyOf(options.madeHere ?? randomIncarnation(random)) : null
    this.session = newSession(serversAtFirst(servers, memory?.recall() ?? []), emptyOutbox)
    const shown = {
      person: clean(person),
      selection: null,
      idle: false,
      ...(options.device && { device: options.device }),
    }
    this.presence = new Presence(clock, shown, (state) => {
      this.endTurn()
      // A cursor stands at what was typed last; it may not overtake that.
      if (!this.keeper.isCurrent) return false
      return this.connection?.sendVolatile(encodeClientMessage({ type: 'presence', state })) ?? false
    })
    const keeping = {
      changed: () => this.changed(),
      whole: () => this.whole(),
      openedLate: (saved: Saved) => this.openedLate(saved),
    }
    this.keeper = new Keeper(clock, this.replica, keeping, options.mostEntries)
    this.neighbours = options.tabs ? this.neighboursBy(options.tabs) : null
    const { document, leases, transport } = options
    const heir = {
      reread: () => this.reread(),
      inherited: (legacy: Legacy) => this.inheritedLate(legacy),
    }
    this.inheritance = new Inheritance({ document, leases, transport, clock, ...heir })
    this.stopWakeups = options.wakeups?.subscribe(() => this.happened({ type: 'wake' })) ?? (() => {})
    this.isOpening = options.offline !== undefined && !options.create
    void this.openDevice()
    this.happened({ type: 'connect' })
    if (!this.isOpening) this.neighbours?.greet()
  }

  text(): string {
    return this.copy?.doc.text() ?? ''
  }

  edit(edits: readonly Edit[], at?: { readonly selection: readonly [number, number] }): void {
    if (!this.copy) throw new Error('Cannot edit: no server has sent the text yet')
    this.did(this.copy.edit(edits, { ...at, time: this.options.clock.now() }))
  }

  undo(): Reversal | null {
    return this.reverted(this.copy?.undo() ?? null)
  }

  redo(): Reversal | null {
    return this.reverted(this.copy?.redo() ?? null)
  }

  onRemote(listener: Parameters<Client['onRemote']>[0]): () => void {
    this.remoteListeners.add(listener)
    return () => this.remoteListeners.delete(listener)
  }

  anchorAt(index: number, side: 'before' | 'after'): Anchor {
    return this.copy?.doc.anchorAt(index, side) ?? 'start'
  }

  indexOf(anchor: Anchor): number | null {
    return this.copy?.doc.indexOf(anchor) ?? null
  }

  get state(): ClientState {
    if (this.shown !== null && !this.isStale) return this.shown
    const now = this.currentState()
    this.isStale = false
    if (this.shown === null || !isSameState(now, this.shown)) this.shown = now
    return this.shown
  }

  get registers(): Registers {
    return this.shownRegisters
  }

  setRegister(name: RegisterName, dirty: string): void {
    const value = cleanRegister(name, dirty)
    const parcel = this.parcelFor(value)
    this.endTurn()
    this.keeper.noteMine([], parcel, [
      ...this.session.outbox.registers.filter((other) => other.name !== name),
      { name, value },
    ])
    this.happened({ type: 'registered', register: { name, value }, parcel })
    this.neighbours?.tellRegister({ name, value })
  }

  get title(): string {
    return this.registers.title
  }

  rename(title: string): void {
    this.setRegister('title', title)
  }

  get members(): readonly Member[] {
    return this.people
  }

  get me(): Person {
    return this.presence.state.person
  }

  setPerson(person: Person): void {
    this.presence.set({ person: clean(person) })
    this.changed()
  }

  setSelection(anchor: number, head: number): void {
    const selection = this.copy?.selectionAt(anchor, head) ?? null
    if (!sameSelection(selection, this.presence.state.selection)) this.presence.set({ selection })
  }

  setTop(index: number): void {
    const top = this.copy?.doc.anchorAt(index, 'before')
    if (top && !sameAnchor(top, this.presence.state.top)) this.presence.set({ top })
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  hash(): string {
    return this.copy?.doc.stateHash() ?? ''
  }

  get isKept(): boolean {
    return this.turn.length === 0 && this.keeper.keeping === 'kept' && this.keeper.isCurrent
  }

  reconnectNow(): void {
    this.happened({ type: 'connect' })
  }

  addKey(key: LinkKey): void {
    this.token = withKey(this.token, key)
    this.comeByNewLink()
  }

  close(): void {
    this.endTurn()
    this.isClosed = true
    this.keeper.close()
    this.neighbours?.leave()
    this.inheritance.close()
    this.stopWakeups()
    this.presence.close()
    this.hangUp()
    this.happened({ type: 'down' })
    for (const cancel of this.timers.values()) cancel()
  }

  /** The text has changed here: counted as unsaved at once, sent when this turn ends. */
  private did(changes: readonly Change[]): void {
    if (this.turn.length === 0) this.options.clock.soon(() => this.endTurn())
    const since = this.options.clock.now()
    for (const change of changes) if (!change.update.isEmpty) this.turn.push({ ...change, since })
    this.changed()
  }

  /** What answers for the value of a register. */
  private parcelFor(value: string): Parcel {
    return { update: NOTHING, characters: Math.max(1, value.length), since: this.options.clock.now() }
  }

  private reverted(reverted: Reverted | null): Reversal | null {
    if (reverted) this.did(reverted.changes)
    return reverted
  }

  private endTurn(): void {
    if (this.turn.length === 0) return
    const parcels = this.turn
    this.turn = []
    const updates = parcels.map(({ update }) => update)
    const risk = total(parcels)
    this.keeper.noteMine(updates, risk, this.session.outbox.registers)
    this.step({ type: 'edited', parcels })
    this.neighbours?.tellEdits(updates, this.isLive ? NO_RISK : risk)
    this.changed()
  }

  private happened(event: SessionEvent): void {
    this.endTurn()
    this.step(event)
    this.changed()
  }

  private step(event: SessionEvent): void {
    const moment = { now: this.options.clock.now(), chance: this.options.random() }
    const [session, effects] = receive(this.session, event, moment)
    this.session = session
    if (!this.keeper.isSent && this.turn.length === 0 && isEmpty(session.outbox)) this.keeper.noteSent()
    if (session.state !== 'live') this.leave()
    for (const effect of effects) this.carryOut(effect)
  }

  private carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'connect':
        return this.call(effect.url)
      case 'disconnect':
        return this.hangUp()
      case 'hello':
        return this.hello()
      case 'join':
        return this.join(effect.welcome)
      case 'merge':
        return this.merge(effect.updates)
      case 'push':
      case 'set-register':
        return this.send(effect)
      case 'catch-up':
        return this.catchUp(effect)
      case 'compare':
        return this.step({ type: 'compared', equal: this.hash() === effect.stateHash })
      case 'sync':
        return this.sync(effect.unless)
      case 'timer':
        return this.setTimer(effect.timer, effect.ms)
      default:
        return unreachable(effect)
    }
  }

  private call(url: string): void {
    this.hangUp()
    this.connection = this.options.transport.connect(url, {
      up: () => this.happened({ type: 'up' }),
      message: (bytes) => this.receive(bytes),
      down: () => this.happened({ type: 'down' }),
    })
  }

  private hangUp(): void {
    this.connection?.close()
    this.connection = null
    this.owesHello = false
  }

  /** [S2] What goes out is on this device before, where the device can. */
  private send(message: ClientMessage): void {
    const { connection } = this
    const bytes = encodeClientMessage(message)
    this.keeper.whenWritten(() => {
      if (connection === this.connection) connection?.send(bytes)
    })
  }

  private hello(): void {
    this.owesHello = this.isOpening
    if (this.isOpening) return
    const { document } = this.options
    const { token } = this
    this.shownToken = token
    const incarnation = this.copy?.doc.incarnation ?? null
    const version = this.copy?.doc.version() ?? null
    const { replica, me: person } = this
    this.send({ type: 'hello', protocol: PROTOCOL_VERSION, document, replica, incarnation, token, person, version })
  }

  /** A server that cannot be understood is as good as none. */
  private receive(bytes: Uint8Array): void {
    const message = decodeServerMessage(bytes)
    if (message.ok) return this.heard(message.value)
    this.hangUp()
    this.happened({ type: 'down' })
  }

  private heard(message: ServerMessage): void {
    if (message.type === 'presence') this.others = withPresence(this.others, message)
    if (message.type === 'registers') this.said = withRegisters(this.said, message.registers)
    this.happened({ type: 'received', message: this.checked(message) })
  }

  /** Copies of different origin are never merged, whatever a server may think. */
  private checked(message: ServerMessage): ServerMessage {
    if (message.type !== 'welcome' || !this.copy || message.incarnation === this.copy.doc.incarnation) return message
    const detail = `Here ${this.copy.doc.incarnation}, on the server ${message.incarnation}`
    return { type: 'refused', reason: 'history-mismatch', detail, n: null }
  }

  private join(welcome: Welcome): void {
    this.copy ??= this.copyOf(welcome.incarnation)
    this.everSynced = true
    this.others = welcome.members
    this.said = withRegisters(NO_REGISTERS, welcome.registers)
    this.options.memory?.keep(this.session.servers)
    this.merge([...this.early.filter((update) => this.isOfThis(update)), welcome.update])
    this.early = []
    this.presence.join()
    this.signForGone()
  }

  private leave(): void {
    this.presence.leave()
    if (this.others.length > 0) this.others = []
  }

  private merge(updates: readonly Update[]): void {
    const { copy } = this
    if (!copy) return
    this.apply(copy, updates)
    this.keeper.noteOthers(updates)
    if (copy.doc.waiting > 0) this.step({ type: 'gap' })
  }

  /** One after another: whoever hears of edits finds the text as they have left it. */
  private apply(copy: Copy, updates: readonly Update[], fromMyTab = false): void {
    for (const update of updates) {
      const edits = copy.merge(update)
      if (edits.length > 0) this.show(edits, fromMyTab)
    }
  }

  /** A listener that fails keeps nobody else from hearing. */
  private show(edits: readonly Edit[], fromMyTab = false): void {
    for (const listener of this.remoteListeners) {
      try {
        listener(edits, fromMyTab)
      } catch (error) {
        this.options.clock.soon(() => {
          throw error
        })
      }
    }
  }

  private catchUp({ version, unless }: Extract<Effect, { type: 'catch-up' }>): void {
    if (!this.copy) return
    this.step({ type: 'lacks', updates: this.hash() === unless ? [] : this.copy.updatesSince(version) })
  }

  private sync(unless: string | null): void {
    const { doc } = this.copy ?? {}
    if (doc && (doc.waiting > 0 || doc.stateHash() !== unless)) this.send({ type: 'sync', version: doc.version() })
  }

  private setTimer(timer: Timer, ms: number): void {
    this.timers.get(timer)?.()
    this.timers.set(
      timer,
      this.options.clock.after(ms, () => this.happened({ type: 'timer', timer })),
    )
  }

  private changed(): void {
    this.isStale = true
    const people = peopleIn(this.others, this.presence.state)
    if (!sameMembers(people, this.people)) this.people = people
    const registers = withRegisters(this.said, this.session.outbox.registers)
    if (!sameRegisters(registers, this.shownRegisters)) {
      this.shownRegisters = registers
      this.token = withKey(this.token, registers['edit-key'])
      this.keeper.noteRegisters()
    }
    for (const listener of this.listeners) listener()
    this.comeByNewLink()
  }

  /** Another tab of this browser has made a new link, which has shut us out. */
  private comeByNewLink(): void {
    const isShutOut = this.session.state === 'refused' && this.session.reason === 'forbidden'
    if (isShutOut && this.token !== this.shownToken) this.happened({ type: 'connect' })
  }

  private currentState(): ClientState {
    const { session } = this
    const { characters, since } = total([atRisk(session.outbox), ...this.turn])
    return {
      connection: this.isOpening ? 'joining' : session.state,
      reason: reasonOf(session),
      detail: session.state === 'refused' ? session.detail : '',
      retryAt: session.state === 'offline' ? session.retryAt : null,
      lostAt: session.lostAt,
      role: session.role,
      unsavedCharacters: characters,
      unsavedSince: since,
      ...session.told,
      moves: session.moves,
      everSynced: this.everSynced,
      ready: this.copy !== null,
      keeping: this.keeper.keeping,
      foundDamaged: this.foundDamaged,
    }
  }

  private copyOf(incarnation: Incarnation): Copy {
    return Copy.ofNothing(this.replica, incarnation, this.options.partBytes)
  }

  /** What this device has is read. */
  private opened(): void {
    this.isOpening = false
    this.neighbours?.greet()
    if (this.owesHello && this.session.state === 'joining') this.hello()
    this.changed()
  }

  private get isLive(): boolean {
    return this.session.state === 'live' && this.session.role !== 'reader'
  }

  private whole(): SavedCopy | null {
    return this.copy && { bytes: this.copy.doc.encode(), registers: listOf(this.said) }
  }

  private async openDevice(): Promise<void> {
    const { offline, document } = this.options
    if (offline === undefined) return
    const held = this.inheritance.hold(this.replica)
    const saved = await this.keeper.open(offline, document)
    await held
    if (this.isOpening && saved !== null) {
      const legacies = await this.inheritance.claim(saved)
      if (!this.isClosed) this.takeOver(saved, legacies)
    }
    if (this.isOpening && !this.isClosed) this.opened()
  }

  /** We began without what was kept: it comes to what is here. What cannot stays where it is, for whoever opens it in time. */
  private async openedLate(saved: Saved): Promise<boolean> {
    const legacies = await this.inheritance.claim(saved)
    if (this.isClosed || !this.canTake(saved)) return false
    this.endTurn()
    const isNews = this.copy === null
    if (isNews) {
      this.takeOver(saved, legacies)
    } else {
      this.takeIn(saved)
      for (const legacy of legacies) this.inherit(legacy)
    }
    this.happened({ type: isNews && this.session.state === 'refused' ? 'connect' : 'gap' })
    this.signForGone()
    return true
  }

  /** Whether the kept copy, if there is one, can be read and is of the history that is here, if there is one. */
  private canTake({ copy }: Saved): boolean {
    if (copy === null) return true
    const [kept] = readable([copy.bytes])
    return kept !== undefined && (this.copy === null || this.isOfThis(kept))
  }

  /** What was kept becomes our copy, and what tabs that have gone left unsent is ours to send. */
  private takeOver(saved: Saved, legacies: readonly Legacy[]): void {
    this.copy = saved.copy && Copy.saved(this.replica, saved.copy.bytes, this.options.partBytes)
    const isUnknown = saved.copy === null && saved.entries.length === 0
    if (isUnknown && this.options.madeHere) this.copy = this.copyOf(this.options.madeHere)
    this.said = withRegisters(NO_REGISTERS, saved.copy?.registers ?? [])
    this.foundDamaged = saved.copy !== null && this.copy === null
    if (this.foundDamaged) this.keeper.setAside()
    const updates = saved.entries.flatMap((entry) => readable(entry.updates))
    if (this.copy === null) {
      this.early = updates
    } else {
      for (const update of updates) if (this.isOfThis(update)) this.copy.merge(update)
      this.show([{ from: 0, to: 0, insert: this.copy.doc.text() }])
    }
    for (const legacy of legacies) this.inherit(legacy)
  }

  private inherit(legacy: Legacy): void {
    this.keeper.inherit(legacy.replica)
    for (const event of eventsOf(legacy)) this.step(event)
  }

  private inheritedLate(legacy: Legacy): void {
    this.endTurn()
    this.inherit(legacy)
    this.signForGone()
    this.changed()
  }

  /** What the device has shown us it takes for known here, and may leave to our next copy: so it has to be. */
  private async reread(): Promise<Saved | null> {
    const saved = await this.keeper.reread()
    if (saved === null || this.isClosed) return saved
    this.endTurn()
    this.takeIn(saved)
    this.changed()
    return saved
  }

  private takeIn({ copy, entries }: Saved): void {
    const updates = readable([...(copy === null ? [] : [copy.bytes]), ...entries.flatMap((entry) => entry.updates)])
    const ofThis = updates.filter((update) => this.isOfThis(update))
    if (this.copy) this.apply(this.copy, ofThis)
    else this.early = [...this.early, ...updates]
  }

  private isOfThis({ incarnation }: Update): boolean {
    return incarnation === null || incarnation === this.copy?.doc.incarnation
  }

  /** Once a server takes what tabs that have gone have left, it hears from whom it is. */
  private signForGone(): void {
    const { copy, token } = this
    if (!copy || !this.isLive || this.inheritance.isSigned) return
    const { incarnation } = copy.doc
    const url = this.session.servers[this.session.server] ?? ''
    this.inheritance.sign(url, { incarnation, version: copy.doc.version(), token, state: this.presence.state })
  }

  private neighboursBy(tabs: Tabs): Neighbours {
    return new Neighbours(tabs, this.options.document, this.options.clock, {
      replica: this.replica,
      met: (replica) => this.inheritance.meet(replica),
      copy: () => this.copy,
      untold: () => (this.isLive ? NO_RISK : atRisk(this.session.outbox)),
      heard: (incarnation, updates, risk) => this.heardFromTab(incarnation, updates, risk),
      registered: (register, isUntold) => this.registeredByTab(register, isUntold),
    })
  }

  /** What another tab has no server for is ours to give to one as well. */
  private heardFromTab(incarnation: Incarnation, updates: readonly Update[], risk: AtRisk): void {
    if (this.isOpening) return
    const isNews = this.copy === null
    this.copy ??= this.copyOf(incarnation)
    this.endTurn()
    this.apply(this.copy, updates, true)
    this.happened(risk.since === null ? { type: 'gap' } : { type: 'edited', parcels: parcelsOf(updates, risk) })
    if (isNews && this.session.state === 'refused') this.happened({ type: 'connect' })
  }

  private registeredByTab(register: SharedRegister, isUntold: boolean): void {
    if (this.isOpening) return
    if (isUntold) return this.happened({ type: 'registered', register, parcel: this.parcelFor(register.value) })
    // Where we have a server, that says it: the other tab may be gone before it has told its own.
    if (!this.isLive) this.said = withRegisters(this.said, [register])
    this.changed()
  }
}

function reasonOf(session: Session): RefusalReason | null {
  if (session.state === 'offline' || session.state === 'refused') return session.reason
  return session.state === 'live' ? (session.hindrance ?? session.pause) : null
}

function isSameState<State extends ClientState>(a: State, b: State): boolean {
  for (const name in a) if (a[name] !== b[name]) return false
  return true
}

function sameMembers(a: readonly Member[], b: readonly Member[]): boolean {
  return a.length === b.length && a.every((member, i) => member === b[i])
}

function clean(person: Person): Person {
  return { ...person, name: cleanName(person.name) }
}

import { Doc, emptyVersion, incarnation, replicaId, type Update } from '@manyhands/crdt'
import { REGISTER_NAMES, type RefusalReason, type Role, type SharedRegister } from '@manyhands/protocol'
import { below, pick, type Random, seededRandom, seeds } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { atRisk, emptyOutbox, isEmpty } from '../src/outbox.ts'
import { type Effect, newSession, receive, type Session, type SessionEvent, type Timer } from '../src/session.ts'

/** What a person did: so many characters, which no server has called stored yet. */
interface Deed {
  readonly characters: number
}

const HASH = '0123456789abcdef'
const origin = incarnation('0'.repeat(32))
const TIMERS: readonly Timer[] = ['retry', 'overdue', 'pause', 'doubt', 'pace', 'silence']
const TRANSIENT: readonly RefusalReason[] = ['shutting-down', 'rate-limited', 'too-many-connections', 'damaged']

/**
 * A session between a person who writes and servers that do whatever a server may. Keeps its own account, by other means:
 * which deeds were in which update, and which of those a server has called stored.
 */
class Ordeal {
  session: Session = newSession(['a', 'b', 'c'], emptyOutbox)
  readonly unstored = new Set<Deed>()
  private readonly random: Random
  private readonly doc = Doc.create({ replica: replicaId(1), incarnation: origin })
  private readonly carried = new Map<Update, readonly Deed[]>()
  /** The pushes of this connection that may be called stored. */
  private pushed: readonly { readonly n: number; readonly update: Update }[] = []
  private role: Role = 'writer'
  private last = 0
  private now = 0

  constructor(random: Random) {
    this.random = random
  }

  happens(event: SessionEvent): void {
    this.now += below(this.random, 3) === 0 ? below(this.random, 3000) : below(this.random, 20)
    const [session, effects] = receive(this.session, event, { now: this.now, chance: this.random() })
    this.session = session
    for (const effect of effects) this.carryOut(effect)
    this.mustBeTrue()
  }

  writes(): void {
    const deed = { characters: 1 + below(this.random, 5) }
    this.unstored.add(deed)
    const update = this.updateWith([deed])
    const parcel = { update, characters: deed.characters, since: this.now }
    if (this.random() < 0.9) this.happens({ type: 'edited', parcels: [parcel] })
    else this.happens({ type: 'registered', register: this.someRegister(), parcel })
  }

  /** Something that a server, a network or a clock may do in this state. */
  suffers(): void {
    const dice = this.random()
    if (dice < 0.15) this.happens({ type: 'timer', timer: pick(this.random, TIMERS) })
    else if (dice < 0.2) this.happens({ type: pick(this.random, ['connect', 'wake', 'down', 'gap'] as const) })
    else if (this.session.state === 'joining') this.joins(dice)
    else if (this.session.state === 'live') this.hears(dice)
    else this.happens({ type: 'wake' })
  }

  /** Everything goes well from here on. */
  recovers(): void {
    for (let i = 0; i < 2000 && !(this.session.state === 'live' && this.isSaved); i++) {
      if (this.session.state === 'joining') this.welcomed('writer')
      else if (this.session.state !== 'live') this.happens({ type: 'connect' })
      else if (this.role === 'reader') this.happens({ type: 'down' })
      else if (this.pushed.length > 0) this.stores()
      else this.happens({ type: 'timer', timer: pick(this.random, ['pause', 'pace']) })
    }
  }

  get isSaved(): boolean {
    const { characters, since } = atRisk(this.session.outbox)
    return characters === 0 && since === null
  }

  private someRegister(): SharedRegister {
    return { name: pick(this.random, REGISTER_NAMES), value: `Said at ${this.now}` }
  }

  private joins(dice: number): void {
    if (dice < 0.7) this.welcomed(this.random() < 0.9 ? 'writer' : 'reader')
    else if (dice < 0.8) this.happens({ type: 'up' })
    else this.refused(null)
  }

  private hears(dice: number): void {
    if (dice < 0.6) this.stores()
    else if (dice < 0.7) this.refused(this.someN())
    else if (dice < 0.75) this.resyncs()
    else if (dice < 0.8) this.refused(null)
    else if (dice < 0.85) this.happens({ type: 'compared', equal: this.random() < 0.5 })
    else if (dice < 0.9) this.changesRole()
    else this.happens({ type: 'received', message: { type: 'updates', updates: [] } })
  }

  private welcomed(role: Role): void {
    this.pushed = []
    this.last = 0
    this.role = role
    const { doc } = this
    const server = this.session.servers[this.session.server] ?? 'a'
    const said = { protocol: 3, server, member: 1, registers: [], members: [], servers: ['a', 'b', 'c'] } as const
    const text = { incarnation: origin, stateHash: HASH, version: emptyVersion, update: doc.edit([]) }
    this.happens({ type: 'received', message: { type: 'welcome', role, ...said, ...text } })
  }

  /** Who may write again is told what the server lacks, as after a welcome. */
  private changesRole(): void {
    this.role = pick(this.random, ['writer', 'reader'] as const)
    const reason = this.role === 'reader' && this.random() < 0.5 ? 'damaged' : null
    this.happens({ type: 'received', message: { type: 'role', role: this.role, reason } })
    if (this.role === 'writer')
      this.happens({ type: 'received', message: { type: 'resync', n: 0, version: emptyVersion } })
  }

  private stores(): void {
    const n = this.someN()
    if (n === null) return
    for (const { update } of this.pushed.filter((push) => push.n <= n)) {
      for (const deed of this.carried.get(update) ?? []) this.unstored.delete(deed)
    }
    this.pushed = this.pushed.filter((push) => push.n > n)
    const replicas = 1 + below(this.random, 3)
    this.happens({ type: 'received', message: { type: 'stored', n, replicas, servers: 3, stateHash: HASH } })
  }

  private refused(n: number | null): void {
    if (n !== null) this.pushed = this.pushed.filter((push) => push.n > n)
    const reason = n === null ? pick(this.random, [...TRANSIENT, 'forbidden'] as const) : 'not-stored'
    this.happens({ type: 'received', message: { type: 'refused', reason, detail: '', n } })
  }

  private resyncs(): void {
    const n = this.someN()
    if (n === null) return
    this.pushed = this.pushed.filter((push) => push.n > n)
    this.happens({ type: 'received', message: { type: 'resync', n, version: emptyVersion } })
  }

  private someN(): number | null {
    return this.pushed.length === 0 ? null : pick(this.random, this.pushed).n
  }

  private carryOut(effect: Effect): void {
    if (effect.type === 'push') {
      this.last += 1
      expect(effect.n).toBe(this.last)
      this.pushed = [...this.pushed, effect]
    }
    if (effect.type === 'connect') this.pushed = []
    if (effect.type === 'catch-up') this.catchesUp(effect.unless)
  }

  /** All that no server has, in a few updates. */
  private catchesUp(unless: string | null): void {
    if (unless !== null && this.random() < 0.5) return this.happens({ type: 'lacks', updates: [] })
    const deeds = [...this.unstored]
    const half = below(this.random, deeds.length + 1)
    const updates = [deeds.slice(0, half), deeds.slice(half)].map((part) => this.updateWith(part))
    this.happens({ type: 'lacks', updates })
  }

  private updateWith(deeds: readonly Deed[]): Update {
    const update = this.doc.edit([{ from: 0, to: 0, insert: 'x' }])
    this.carried.set(update, deeds)
    return update
  }

  private mustBeTrue(): void {
    const unstored = [...this.unstored].reduce((sum, { characters }) => sum + characters, 0)
    const { characters, since } = atRisk(this.session.outbox)
    expect(characters).toBeGreaterThanOrEqual(unstored)
    if (unstored > 0) expect([since === null, isEmpty(this.session.outbox)]).toEqual([false, false])
  }
}

test.each(seeds(200))(
  '[S5] whatever happens, what is not stored counts as unsaved, and is saved in the end, seed %i',
  (seed) => {
    const random = seededRandom(seed)
    const ordeal = new Ordeal(random)
    ordeal.happens({ type: 'connect' })
    for (let i = 0; i < 300; i++) {
      if (random() < 0.3) ordeal.writes()
      else ordeal.suffers()
    }
    ordeal.recovers()
    expect([ordeal.session.state, ordeal.unstored.size, ordeal.isSaved]).toEqual(['live', 0, true])
  },
)

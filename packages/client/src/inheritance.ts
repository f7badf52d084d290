import type { ReplicaId, Update } from '@manyhands/crdt'
import type { Address, SharedRegister } from '@manyhands/protocol'
import type { Clock } from './clock.ts'
import { NOTHING, readable } from './copy.ts'
import type { Leases } from './leases.ts'
import type { Entry, Saved, Unsent } from './offline.ts'
import { type AtRisk, parcelsOf } from './outbox.ts'
import type { SessionEvent } from './session.ts'
import { type Testimony, testify } from './testimony.ts'
import type { Transport } from './transport.ts'

/** What a tab of this device had done that no server had stored when it went. It is ours to send. */
export interface Legacy {
  readonly replica: ReplicaId
  readonly updates: readonly Update[]
  readonly registers: readonly SharedRegister[]
  readonly risk: AtRisk
}

/** What was inherited, and the servers do not know yet whose it is. */
interface Unsigned extends Pick<Legacy, 'replica' | 'updates'> {
  readonly giveBack: () => void
}

/** How the words of a tab that has gone are said to a server, beside whose they are. */
export type Witness = Omit<Testimony, 'document' | 'replica' | 'updates'>

export interface InheritanceOptions {
  readonly document: Address
  /** Undefined: nobody knows who is still there. Then all speak for all. */
  readonly leases: Leases | undefined
  readonly transport: Transport
  readonly clock: Clock
  /** What is kept on this device by now; null where that cannot be had. */
  readonly reread: () => Promise<Saved | null>
  /** A tab that was there has gone. */
  readonly inherited: (legacy: Legacy) => void
}

/**
 * Who speaks for a tab of this device that has gone with something unsent: whoever of those that stay has its lease. One that is
 * there has its own. What was inherited is sent like what was done here; the servers also hear from whom it is [P7], and then the
 * lease is given back. Changed by its client, and when a tab goes.
 */
export class Inheritance {
  private readonly options: InheritanceOptions
  private readonly ends: (() => void)[] = []
  /** Those whose leases we wait for, have, or had. */
  private readonly met = new Set<ReplicaId>()
  private unsigned: readonly Unsigned[] = []
  private isClosed = false

  constructor(options: InheritanceOptions) {
    this.options = options
  }

  /** From now on nobody else speaks for this replica. */
  async hold(replica: ReplicaId): Promise<void> {
    const giveBack = await this.options.leases?.take(this.leaseOf(replica))
    if (giveBack) this.untilClosed(giveBack)
  }

  /** What those have left who have gone. When one of the others goes, `inherited` hears. */
  async claim({ unsent, entries }: Saved): Promise<readonly Legacy[]> {
    const leases = await Promise.all(unsent.map(({ replica }) => this.leaseIfGone(replica)))
    const legacies: Legacy[] = []
    unsent.forEach((one, i) => {
      const giveBack = leases[i] ?? null
      if (giveBack === null) this.waitFor(one.replica)
      else if (this.isClosed) giveBack()
      else legacies.push(this.take(legacyOf(one, entries), giveBack))
    })
    return legacies
  }

  /** A tab is there. It may come to leave something. */
  meet(replica: ReplicaId): void {
    if (!this.met.has(replica)) this.waitFor(replica)
  }

  /** Whether the servers know of all that was inherited whose it is. */
  get isSigned(): boolean {
    return this.unsigned.length === 0
  }

  /** A server takes what we say: it hears from whom that is which they left. */
  sign(url: string, witness: Witness): void {
    const { document, transport, clock } = this.options
    const { unsigned } = this
    this.unsigned = []
    for (const { replica, updates, giveBack } of unsigned) {
      testify({ ...witness, document, replica, updates }, url, transport, clock, giveBack)
    }
  }

  /** What was not signed by then is anybody's again. */
  close(): void {
    this.isClosed = true
    for (const { giveBack } of this.unsigned) giveBack()
    this.unsigned = []
    for (const end of this.ends) end()
  }

  private waitFor(replica: ReplicaId): void {
    if (this.isClosed) return
    this.met.add(replica)
    const stop = this.options.leases?.wait(this.leaseOf(replica), (giveBack) => void this.claimLate(replica, giveBack))
    if (stop) this.untilClosed(stop)
  }

  private async claimLate(replica: ReplicaId, giveBack: () => void): Promise<void> {
    const saved = await this.options.reread()
    const unsent = saved?.unsent.find((one) => one.replica === replica)
    if (this.isClosed || saved === null || unsent === undefined) return giveBack()
    this.options.inherited(this.take(legacyOf(unsent, saved.entries), giveBack))
  }

  private take(legacy: Legacy, giveBack: () => void): Legacy {
    this.met.add(legacy.replica)
    this.unsigned = [...this.unsigned, { replica: legacy.replica, updates: legacy.updates, giveBack }]
    return legacy
  }

  /** Null: that tab is still there, and speaks for itself. */
  private async leaseIfGone(replica: ReplicaId): Promise<(() => void) | null> {
    const { leases } = this.options
    return leases === undefined ? () => {} : leases.take(this.leaseOf(replica))
  }

  private leaseOf(replica: ReplicaId): string {
    return `manyhands ${this.options.document} ${replica}`
  }

  private untilClosed(end: () => void): void {
    if (this.isClosed) end()
    else this.ends.push(end)
  }
}

function legacyOf({ replica, registers, ...risk }: Unsent, entries: readonly Entry[]): Legacy {
  const updates = entries.filter((entry) => entry.replica === replica).flatMap((entry) => readable(entry.updates))
  return { replica, updates, registers, risk }
}

/** What a session must hear to count it as unsaved, and to send it. */
export function eventsOf({ updates, registers, risk }: Legacy): readonly SessionEvent[] {
  const parcel = { update: NOTHING, characters: 0, since: risk.since }
  return [
    { type: 'edited', parcels: parcelsOf([...updates, NOTHING], risk) },
    ...registers.map((register): SessionEvent => ({ type: 'registered', register, parcel })),
  ]
}

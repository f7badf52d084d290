import type { ReplicaId } from '@manyhands/crdt'
import { cleanName, isColor, type Person, type ReplicaPerson } from '@manyhands/protocol'
import type { StoredPerson } from '../storage/storage.ts'

/** Who is behind the replicas of one document: said by themselves, or vouched for by whoever brought their characters (S7). */
export class People {
  private readonly people: Map<ReplicaId, StoredPerson>

  constructor(stored: ReadonlyMap<ReplicaId, StoredPerson>) {
    this.people = new Map(stored)
  }

  /** The author says who they are. Answers what that changes, or null. */
  signed(replica: ReplicaId, { name, color }: Person): ReplicaPerson | null {
    return this.put(replica, { person: name, color, vouchedBy: null })
  }

  /** Somebody brings characters of a replica that nobody has said anything about: they vouch for them. */
  vouched(replica: ReplicaId, by: string): ReplicaPerson | null {
    return this.knows(replica) ? null : this.put(replica, { person: '', color: '#000000', vouchedBy: by })
  }

  /** Another server says who is behind a replica. What it has from the author itself replaces what somebody vouched for. */
  heard({ replica, person, vouchedBy }: ReplicaPerson): ReplicaPerson | null {
    if (vouchedBy !== null && this.knows(replica)) return null
    return this.put(replica, { person: person.name, color: person.color, vouchedBy })
  }

  /** Whether anybody has said anything about a replica. */
  knows(replica: ReplicaId): boolean {
    return this.people.has(replica)
  }

  of(replicas: Iterable<ReplicaId>): readonly ReplicaPerson[] {
    const people: ReplicaPerson[] = []
    for (const replica of replicas) {
      const known = this.people.get(replica)
      if (known !== undefined) people.push(replicaPerson(replica, known))
    }
    return people
  }

  /** Replicas that only somebody vouched for. */
  get unsure(): readonly ReplicaId[] {
    return [...this.people].filter(([, { vouchedBy }]) => vouchedBy !== null).map(([replica]) => replica)
  }

  /** The name behind a replica, as far as it is known. */
  nameOf(replica: ReplicaId | undefined): string {
    return replica === undefined ? '' : (this.people.get(replica)?.person ?? '')
  }

  private put(replica: ReplicaId, stored: StoredPerson): ReplicaPerson | null {
    const before = this.people.get(replica)
    const isSame =
      before?.person === stored.person && before.color === stored.color && before.vouchedBy === stored.vouchedBy
    if (isSame) return null
    this.people.set(replica, stored)
    return replicaPerson(replica, stored)
  }
}

function replicaPerson(replica: ReplicaId, { person, color, vouchedBy }: StoredPerson): ReplicaPerson {
  return {
    replica,
    person: { name: cleanName(person), color: isColor(color) ? color : '#000000' },
    vouchedBy,
  }
}

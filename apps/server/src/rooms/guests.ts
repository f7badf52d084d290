import type { ReplicaId } from '@manyhands/crdt'
import type { Member as NumberedPresence, PresenceState, Whereabouts } from '@manyhands/protocol'
import type { Present } from './presence-beat.ts'

/** A member of another server's room of the same document. */
export interface Guest extends Present {
  readonly replica: ReplicaId
  /** The server whose member it is. */
  readonly peer: string
  state: PresenceState
}

/** The guests of one document, whether or not its room is open here; and the numbers by which members know each other. */
export class Guests {
  private readonly guests = new Map<ReplicaId, Guest>()
  private lastNumber = 0

  get isEmpty(): boolean {
    return this.guests.size === 0
  }

  /** A number that nobody in this document has had. */
  nextNumber(): number {
    return ++this.lastNumber
  }

  /** A peer says where one of its members is. Answers the guest, and whether it is gone; null where nothing has changed. */
  take(peer: string, { replica, state }: Whereabouts): { readonly guest: Guest; readonly isGone: boolean } | null {
    const known = this.guests.get(replica)
    if (state === null) return known?.peer === peer ? { guest: this.remove(known), isGone: true } : null
    if (known?.peer === peer) {
      known.state = state
      return { guest: known, isGone: false }
    }
    // Whoever moves to another server stands there, however long the first one misses them.
    const guest: Guest = { replica, peer, number: known?.number ?? this.nextNumber(), state }
    this.guests.set(replica, guest)
    return { guest, isGone: false }
  }

  /** This replica has come to this server. */
  arrived(replica: ReplicaId): Guest | null {
    const known = this.guests.get(replica)
    return known === undefined ? null : this.remove(known)
  }

  /** A peer is out of reach, and its members with it. */
  lost(peer: string): readonly Guest[] {
    return [...this.guests.values()].filter((guest) => guest.peer === peer).map((guest) => this.remove(guest))
  }

  all(): readonly NumberedPresence[] {
    return [...this.guests.values()].map(({ number, state }) => ({ member: number, state }))
  }

  private remove(guest: Guest): Guest {
    this.guests.delete(guest.replica)
    return guest
  }
}

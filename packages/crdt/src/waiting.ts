import type { ReplicaId } from './ids.ts'
import type { Update } from './update.ts'

/**
 * Typing that came before the run it goes on with. It is no part of the document, nor of its version, until that run comes.
 *
 * Bounded: what does not fit is dropped, and the next sync brings it, since the version does not have it. Looking for what is due
 * costs nothing that waits for something else.
 */
const MOST_CHARACTERS = 1_000_000
const MOST_UPDATES = 10_000

export class Waiting {
  /** Of each replica, of each first seq of a run: the updates by their first seq. */
  private readonly replicas = new Map<ReplicaId, Map<number, Map<number, Update>>>()
  private updates = 0
  /** Characters. */
  size = 0

  add(update: Update): void {
    const first = update.from - update.offset
    const runs = getOrMake(this.replicas, update.replica)
    const list = getOrMake(runs, first)
    const there = list.get(update.from)
    if (there && there.to >= update.to) return
    if (this.size + update.text.length > MOST_CHARACTERS || this.updates >= MOST_UPDATES) return
    if (there) this.count(there, -1)
    list.set(update.from, update)
    this.count(update, 1)
  }

  /** Takes out what goes on with this run. */
  takeRun(replica: ReplicaId, first: number): readonly Update[] {
    const runs = this.replicas.get(replica)
    const list = runs?.get(first)
    if (!runs || !list) return []
    runs.delete(first)
    if (runs.size === 0) this.replicas.delete(replica)
    for (const update of list.values()) this.count(update, -1)
    return [...list.values()]
  }

  /** Drops what is known of a replica by now: it is dead. */
  drop(replica: ReplicaId, isKnown: (from: number, to: number) => boolean): void {
    for (const [first, list] of this.replicas.get(replica) ?? []) {
      for (const update of list.values()) {
        if (!isKnown(update.from, update.to)) continue
        list.delete(update.from)
        this.count(update, -1)
      }
      if (list.size === 0) this.takeRun(replica, first)
    }
  }

  private count(update: Update, sign: number): void {
    this.updates += sign
    this.size += sign * update.text.length
  }
}

function getOrMake<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let inner = map.get(key)
  if (!inner) {
    inner = new Map()
    map.set(key, inner)
  }
  return inner
}

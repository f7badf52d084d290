import { setTimeout as sleep } from 'node:timers/promises'

/** What was sent when, and when it was seen: one entry for each character, by the writer it is of. */
export class Timeline {
  latencies = []
  seen = 0
  #sentAt = new Map()
  #from = 0

  /** From now on what is sent counts. */
  begin() {
    this.#from = performance.now()
  }

  addWriter(id) {
    this.#sentAt.set(id, [])
  }

  sent(id, time) {
    this.#sentAt.get(id).push(time)
  }

  /** The characters [from, to) of a writer have come to somebody. */
  arrived(id, from, to, time) {
    const times = this.#sentAt.get(id)
    if (times === undefined) return
    for (let seq = from; seq < to; seq++) {
      const at = times[seq]
      if (at === undefined) continue
      this.seen++
      if (at >= this.#from) this.latencies.push(time - at)
    }
  }
}

/** p50, p99 and the longest, in milliseconds. */
export function percentiles(latencies) {
  const sorted = Float64Array.from(latencies).sort()
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]
  return { p50: at(0.5), p99: at(0.99), max: at(1), samples: sorted.length }
}

/**
 * Calls `send(k)` for k = 0, 1, … at their times, `rate` a second, for so many seconds. Never waits for an answer, and where it is
 * late it catches up. Resolves with how late it was.
 */
export async function atRate(rate, count, send) {
  const began = performance.now()
  const late = []
  let k = 0
  while (k < count) {
    const now = performance.now()
    const due = Math.min(count, Math.floor(((now - began) / 1000) * rate) + 1)
    for (; k < due; k++) {
      const dueAt = began + (k / rate) * 1000
      late.push(performance.now() - dueAt)
      send(k, dueAt)
    }
    await sleep(1)
  }
  return { lateP99: percentiles(late).p99, seconds: (performance.now() - began) / 1000 }
}

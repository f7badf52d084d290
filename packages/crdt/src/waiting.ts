import type { Update } from './update.ts'

/**
 * Typing that came before the run it goes on with. It is no part of the document, nor of its version, until that run comes.
 *
 * Bounded: what does not fit is dropped, and the next sync brings it, since the version does not have it.
 */
const MOST = 1_000_000

export class Waiting {
  private readonly updates = new Map<string, Update[]>()
  /** Characters. */
  size = 0

  add(update: Update): void {
    const key = keyOf(update)
    const list = this.updates.get(key) ?? []
    if (
      this.size + update.text.length > MOST ||
      list.some((other) => other.from === update.from && other.to === update.to)
    )
      return
    this.updates.set(key, [...list, update])
    this.size += update.text.length
  }

  /** Takes out what is due. */
  take(isDue: (update: Update) => boolean): readonly Update[] {
    if (this.size === 0) return []
    const taken: Update[] = []
    for (const [key, list] of this.updates) {
      const due = list.filter(isDue)
      if (due.length === 0) continue
      taken.push(...due)
      if (due.length === list.length) this.updates.delete(key)
      else
        this.updates.set(
          key,
          list.filter((update) => !due.includes(update)),
        )
    }
    for (const update of taken) this.size -= update.text.length
    return taken
  }
}

function keyOf(update: Update): string {
  return `${update.replica}:${update.from - update.offset}`
}

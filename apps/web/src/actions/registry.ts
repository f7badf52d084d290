/** All that can be done on this page just now. Each part of the page adds its actions while it is shown. */
import { type Action, GROUPS, isAvailable } from './action.ts'

export class Actions {
  private readonly parts = new Set<readonly Action[]>()
  private readonly listeners = new Set<() => void>()

  /** Returns how to take them away again. */
  add(part: readonly Action[]): () => void {
    this.parts.add(part)
    for (const listener of this.listeners) listener()
    return () => this.parts.delete(part)
  }

  /** Calls somebody when there are others. Returns how to stop. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Group by group; within a group in the order they were added. */
  all(): readonly Action[] {
    const known = [...this.parts].flat()
    return GROUPS.flatMap((group) => known.filter((action) => action.group === group))
  }

  available(): readonly Action[] {
    return this.all().filter(isAvailable)
  }
}

import type { RefusalReason } from '@manyhands/protocol'

/** How many connections were refused, by reason. */
export class Refusals {
  private readonly counts = new Map<RefusalReason, number>()

  count(reason: RefusalReason): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1)
  }

  toJSON(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts)
  }
}

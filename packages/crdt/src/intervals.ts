/** Up to so many ranges are put in one by one: each costs one copying of what stands behind it, which is quick. */
const FEW = 8

/**
 * A set of whole numbers as sorted ranges [from, to) that neither touch nor overlap, flat in one array: f0, t0, f1, t1 …
 * What a replica has inserted is nearly always one range, so the last one is looked at first.
 */
export class Intervals {
  private readonly ends: number[]

  constructor(ends: number[] = []) {
    this.ends = ends
  }

  /** The ranges, flat: from, to, from, to … Not to be changed. */
  get flat(): readonly number[] {
    return this.ends
  }

  get isEmpty(): boolean {
    return this.ends.length === 0
  }

  /** One more than the greatest number in the set; 0 if it is empty. */
  get end(): number {
    return this.ends.length === 0 ? 0 : this.ends[this.ends.length - 1]
  }

  has(n: number): boolean {
    return (this.boundariesUpTo(n) & 1) === 1
  }

  /** Whether all of [from, to) is in the set. */
  hasAll(from: number, to: number): boolean {
    const at = this.boundariesUpTo(from)
    return (at & 1) === 1 && to <= this.ends[at]
  }

  /** Adds [from, to). O(1) at the end, else linear in the number of ranges. */
  add(from: number, to: number): void {
    if (from >= to) return
    const ends = this.ends
    const last = ends.length - 1
    if (last < 0 || from > ends[last]) {
      ends.push(from, to)
    } else if (from >= ends[last - 1]) {
      if (to > ends[last]) ends[last] = to
    } else {
      this.merge(from, to)
    }
  }

  /** Adds ranges, flat and rising. Linear in the number of both: what stands behind the first is put in again, in order with them. */
  addAll(ranges: readonly number[]): void {
    const cut = ranges.length > 2 * FEW ? this.boundariesUpTo(ranges[0]) & ~1 : this.ends.length
    const behind = this.ends.splice(cut)
    let next = 0
    for (let i = 0; i < ranges.length; i += 2) {
      for (; behind[next] <= ranges[i]; next += 2) this.add(behind[next], behind[next + 1])
      this.add(ranges[i], ranges[i + 1])
    }
    for (; next < behind.length; next += 2) this.add(behind[next], behind[next + 1])
  }

  /** Calls `visit` for each range of [from, to) that is not in the set, in order. */
  gaps(from: number, to: number, visit: (from: number, to: number) => void): void {
    let at = this.boundariesUpTo(from)
    let start = from
    if ((at & 1) === 1) start = this.ends[at++]
    while (start < to) {
      const end = at < this.ends.length ? Math.min(this.ends[at], to) : to
      if (start < end) visit(start, end)
      start = at + 1 < this.ends.length ? this.ends[at + 1] : to
      at += 2
    }
  }

  /** Calls `visit` for each range of [from, to) that is in the set, in order. */
  overlaps(from: number, to: number, visit: (from: number, to: number) => void): void {
    let at = this.boundariesUpTo(from)
    if ((at & 1) === 1) at--
    for (; at < this.ends.length && this.ends[at] < to; at += 2) {
      visit(Math.max(from, this.ends[at]), Math.min(to, this.ends[at + 1]))
    }
  }

  /** How many of the boundaries are at most n: odd inside a range. */
  private boundariesUpTo(n: number): number {
    const ends = this.ends
    if (ends.length === 0 || n < ends[0]) return 0
    if (n >= ends[ends.length - 1]) return ends.length
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ends[middle] <= n) low = middle + 1
      else high = middle
    }
    return low
  }

  private merge(from: number, to: number): void {
    const ends = this.ends
    let first = this.boundariesUpTo(from)
    if ((first & 1) === 1) from = ends[--first]
    else if (first > 0 && ends[first - 1] === from) {
      first -= 2
      from = ends[first]
    }
    let past = this.boundariesUpTo(to)
    if ((past & 1) === 1) to = ends[past++]
    ends.splice(first, past - first, from, to)
  }
}

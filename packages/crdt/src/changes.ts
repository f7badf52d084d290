import { stringOf } from './codec/reader.ts'
import type { Edit } from './edit.ts'
import type { State } from './state.ts'

/**
 * What an update with many parts did to the text, as edits. Deletions are noted in indexes of the text before, insertions, by
 * their ids, are looked up in the text after, and both are brought onto what stayed: the text between them.
 */
export class Changes {
  private readonly state: State
  /** Ranges of the text before: from, size. */
  private readonly deleted: [number, number][] = []
  /** Ranges of ids: replica, from, to. */
  private readonly inserted: [number, number, number][] = []

  constructor(state: State) {
    this.state = state
  }

  /** Notes that these characters go. Must be called for all before the first goes. */
  delete(piece: number, from: number, to: number): void {
    const { tree } = this.state
    tree.goTo(piece)
    this.deleted.push([tree.startAt + from - tree.seq[piece], to - from])
  }

  insert(replica: number, from: number, to: number): void {
    this.inserted.push([replica, from, to])
  }

  /** The edits, in indexes of the text before. O(changes × log changes). */
  edits(): readonly Edit[] {
    const deleted = joined(this.deleted)
    const inserted = joined(this.lookUp())
    const edits: Edit[] = []
    let before = 0
    let after = 0
    let d = 0
    let i = 0
    while (d < deleted.length || i < inserted.length) {
      const nextDeleted = d < deleted.length ? deleted[d][0] - before : Number.POSITIVE_INFINITY
      const nextInserted = i < inserted.length ? inserted[i][0] - after : Number.POSITIVE_INFINITY
      const kept = Math.min(nextDeleted, nextInserted)
      const from = before + kept
      const to = from + (nextDeleted === kept ? deleted[d++][1] : 0)
      after += kept
      let insert = ''
      if (nextInserted === kept) {
        const size = inserted[i++][1]
        insert = stringOf(this.state.gather(after, after + size))
        after += size
      }
      before = to
      edits.push({ from, to, insert })
    }
    return edits
  }

  private lookUp(): [number, number][] {
    const { state } = this
    const found: [number, number][] = []
    for (const [replica, from, to] of this.inserted) {
      state.living(replica, from, to, (piece, start, end) => {
        state.tree.goTo(piece)
        found.push([state.tree.startAt + start - state.tree.seq[piece], end - start])
      })
    }
    return found
  }
}

/** Ranges in order, those that touch made one. */
function joined(ranges: [number, number][]): [number, number][] {
  ranges.sort((a, b) => a[0] - b[0])
  const result: [number, number][] = []
  for (const range of ranges) {
    const last = result.at(-1)
    if (last && last[0] + last[1] === range[0]) last[1] += range[1]
    else result.push(range)
  }
  return result
}

import type { Anchor, Key } from './anchor.ts'
import { getOrMake, type Restoration } from './author.ts'
import type { Doc } from './doc.ts'
import type { Edit } from './edit.ts'
import { Intervals } from './intervals.ts'
import { inOrder, keyAt } from './places.ts'
import { indexesOf, type Stretch, stretchesIn } from './provenance.ts'
import type { Update } from './update.ts'

/**
 * Undo and redo of one replica's own edits, whatever others have done meanwhile.
 *
 * What I inserted is taken out, as far as it still lives. What I deleted comes back where it was, as a copy that names its source,
 * so that it is still its author's (ids die for good; a copy has new ones). Undoing is an edit like any other, and can be undone.
 *
 * Edits that follow each other within half a second, each at the end of the one before, are undone together.
 */
const GROUP_MILLISECONDS = 500
const MOST_GROUPS = 1000

/** Where a person selected from and to, in UTF-16 code units; a caret has both at one index. */
export type Selection = readonly [anchor: number, head: number]

/** What an undo or redo did. */
export interface Undone {
  /** What to tell the others. */
  readonly update: Update
  /** What changed in the text. */
  readonly edits: readonly Edit[]
  /** Where the selection was before what was undone. */
  readonly selection: Selection
}

/** A stretch of deleted text, with the key of its first character. */
interface Deleted extends Stretch {
  readonly text: string
  readonly key: Key
}

interface Group {
  readonly inserted: Stretch[]
  readonly deleted: Deleted[]
  readonly selection: readonly [Anchor, Anchor] | null
  time: number
  /** The index at which the last edit ended: the next one belongs to the group if it touches it. */
  end: number
}

/** Changed by its own methods only. Edits of the document that do not come through here cannot be undone. */
export class UndoHistory {
  private readonly doc: Doc
  private readonly done: Group[] = []
  private undone: Group[] = []

  /** Nothing that was done before can be undone. A document has one history at a time. O(1). */
  constructor(doc: Doc) {
    this.doc = doc
  }

  /** Whether `undo` has something to do. O(1). */
  get canUndo(): boolean {
    return this.done.length > 0
  }

  /** Whether `redo` has something to do: until the next edit. O(1). */
  get canRedo(): boolean {
    return this.undone.length > 0
  }

  /**
   * Does `doc.edit`, and remembers how to undo it. `time` is in milliseconds; `selection` is the one before the edit. Throws a
   * RangeError as that does, and for a selection that is not in the text. O(log n + depth) for each edit and each piece it deletes.
   */
  edit(edits: readonly Edit[], at: { readonly time: number; readonly selection?: Selection }): Update {
    const current = this.groupFor(edits, at.time)
    const group = current ?? newGroup(at.selection ? this.anchored(at.selection) : null)
    const update = this.perform('edit', edits, group)
    if (!current) push(this.done, group)
    const [edit] = edits
    group.time = at.time
    group.end = edits.length === 1 && edit ? edit.from + edit.insert.length : -1
    this.undone = []
    return update
  }

  /** Ends the group: the next edit is undone apart from what came before it. O(1). */
  separate(): void {
    const last = this.done.at(-1)
    if (last) last.end = -1
  }

  /**
   * Takes back the newest group of edits not taken back yet, and leaves what others did; null if there is none.
   * O(log n · depth) for each piece that goes or comes back, and O(copies in the document).
   */
  undo(): Undone | null {
    return this.turn(this.done, this.undone)
  }

  /** Does again what was undone last; null if there is nothing. Costs as `undo`: O(log n · depth) for each piece, and O(copies). */
  redo(): Undone | null {
    return this.turn(this.undone, this.done)
  }

  /** Reverts the newest group of one list and puts what reverts that on the other. */
  private turn(from: Group[], to: Group[]): Undone | null {
    const group = from.at(-1)
    if (!group) return null
    const edits = this.reverse(group)
    const reverse = newGroup(null)
    const update = this.perform('restore', edits, reverse)
    from.pop()
    push(to, reverse)
    const shown = edits.map(({ from, to, insert }): Edit => ({ from, to, insert }))
    return { update, edits: shown, selection: this.resolved(group.selection) ?? endOf(edits) }
  }

  /**
   * The edits that take a group's living insertions out and put its deletions back. Text that it did both with is left alone; so is
   * text in whose place a copy stands that somebody else brought back, or that comes back itself.
   */
  private reverse(group: Group): readonly Restoration[] {
    const { doc } = this
    const state = doc.inside
    const removed = new Intervals()
    for (const [from, to] of indexesOf(state, group.inserted)) removed.add(from, to)
    const copies: Deleted[] = []
    for (const [from, to] of indexesOf(state, group.deleted)) {
      removed.gaps(from, to, (start, past) => copies.push(...this.stretches(start, past)))
    }
    const others = new Characters([...group.inserted, ...[...copies, ...group.deleted].flatMap(replacedBy)])
    const deleted = group.deleted.flatMap((stretch) => others.partsOutside(stretch))
    const restorations = inOrder(state, deleted, state.learn(doc.replica)).map(
      ([{ text, original, key }, from]): Restoration => ({ from, to: from, insert: text, source: original, at: key }),
    )
    return [...restorations, ...removals(removed, restorations)].toSorted((a, b) => a.from - b.from || a.to - b.to)
  }

  private perform(how: 'edit' | 'restore', edits: readonly Restoration[], group: Group): Update {
    const deleted = edits.flatMap(({ from, to }) => this.stretches(from, to))
    const state = this.doc.inside
    let seq = state.known[state.learn(this.doc.replica)].end
    const update = this.doc[how](edits)
    for (const { insert, source } of edits) {
      if (insert === '') continue
      const ids = { replica: this.doc.replica, from: seq, to: seq + insert.length }
      group.inserted.push({ ids, original: source ?? { replica: ids.replica, seq } })
      seq = ids.to
    }
    group.deleted.push(...deleted)
    return update
  }

  private stretches(from: number, to: number): readonly Deleted[] {
    const state = this.doc.inside
    let at = from
    return stretchesIn(state, from, to).map((stretch) => {
      const start = at
      at += stretch.ids.to - stretch.ids.from
      return { ...stretch, text: this.doc.slice(start, at), key: keyAt(state, start) }
    })
  }

  private groupFor(edits: readonly Edit[], time: number): Group | null {
    const last = this.done.at(-1)
    const [edit] = edits
    if (!last || !edit || edits.length > 1 || this.undone.length > 0) return null
    const touches = edit.from === last.end || edit.to === last.end
    return touches && time - last.time < GROUP_MILLISECONDS ? last : null
  }

  private anchored([anchor, head]: Selection): readonly [Anchor, Anchor] {
    // A caret stays behind the character before it; an end of a selection stays at the text that is selected.
    return [
      this.doc.anchorAt(anchor, anchor < head ? 'before' : 'after'),
      this.doc.anchorAt(head, head < anchor ? 'before' : 'after'),
    ]
  }

  private resolved(selection: Group['selection']): Selection | null {
    const anchor = selection && this.doc.indexOf(selection[0])
    const head = selection && this.doc.indexOf(selection[1])
    return anchor === null || head === null ? null : [anchor, head]
  }
}

function newGroup(selection: Group['selection']): Group {
  return { inserted: [], deleted: [], selection, time: 0, end: -1 }
}

function push(list: Group[], group: Group): void {
  list.push(group)
  if (list.length > MOST_GROUPS) list.shift()
}

/** A set of characters, by their ids and by what they are copies of. */
class Characters {
  private readonly ids = new Map<string, Intervals>()

  constructor(stretches: readonly Stretch[]) {
    for (const stretch of stretches) this.like(stretch).add(stretch.ids.from, stretch.ids.to)
  }

  /** The parts of a deleted stretch whose characters are not in the set. */
  partsOutside(deleted: Deleted): readonly Deleted[] {
    const { ids, original, text, key } = deleted
    const parts: Deleted[] = []
    this.like(deleted).gaps(ids.from, ids.to, (from, to) => {
      const skip = from - ids.from
      parts.push({
        ids: { ...ids, from, to },
        original: { ...original, seq: original.seq + skip },
        text: text.slice(skip, skip + to - from),
        key: { ...key, offset: key.offset + skip },
      })
    })
    return parts
  }

  /** Those of the same replica that are copies of characters as far from themselves. */
  private like({ ids, original }: Stretch): Intervals {
    return getOrMake(this.ids, `${ids.replica} ${original.replica} ${original.seq - ids.from}`)
  }
}

/** The characters in whose place a copy was put, and those in whose place these had been. */
function replacedBy({ ids, original, key }: Deleted): readonly Stretch[] {
  let { offset } = key
  const places = key.steps.toReversed().map(({ replica, first, anchor }): Stretch => {
    const from = first + offset
    offset += anchor
    return { ids: { replica, from, to: from + ids.to - ids.from }, original }
  })
  return places.slice(1)
}

/** Removes what is at the indexes, in parts where text is restored inside. */
function removals(removed: Intervals, restorations: readonly Edit[]): readonly Edit[] {
  const ends = [...removed.flat, ...restorations.map(({ from }) => from)].toSorted((a, b) => a - b)
  return ends
    .map((from, i): Edit => ({ from, to: ends[i + 1], insert: '' }))
    .filter(({ from, to }) => to > from && removed.has(from))
}

/** Behind the last change. */
function endOf(edits: readonly Edit[]): Selection {
  let shift = 0
  let end = 0
  for (const { from, to, insert } of edits) {
    end = from + shift + insert.length
    shift += insert.length - (to - from)
  }
  return [end, end]
}

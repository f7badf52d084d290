import { type ChangeDesc, StateEffect, type StateEffectType, StateField } from '@codemirror/state'
import type { Anchor } from '@manyhands/crdt'

/** Someone else who has the document open, as presence tells of them. */
export interface RemoteMember {
  readonly member: number
  readonly state: {
    readonly person: { readonly name: string; readonly color: string }
    readonly selection: RemoteSelection | null
    readonly idle: boolean
  }
}

interface RemoteSelection {
  readonly anchor: Anchor
  readonly head: Anchor
}

/** Where someone else's selection is in this editor. `moves` counts how often they have moved it. */
export interface RemoteCursor {
  readonly member: number
  readonly name: string
  readonly color: string
  readonly idle: boolean
  readonly selection: RemoteSelection
  readonly anchor: number
  readonly head: number
  readonly moves: number
}

/** Puts other cursors in the place of those that are shown. */
export const showCursors: StateEffectType<readonly RemoteCursor[]> = StateEffect.define()

/** The cursors of the others; between two words from them they move with the text. */
export const cursorField: StateField<readonly RemoteCursor[]> = StateField.define<readonly RemoteCursor[]>({
  create: () => [],
  update(cursors, transaction) {
    const told = transaction.effects.findLast((effect) => effect.is(showCursors))
    if (told?.is(showCursors)) return told.value
    return transaction.docChanged ? cursors.map((cursor) => moved(cursor, transaction.changes)) : cursors
  },
})

/** Stays behind the character it was behind, as the anchor it came from does. */
function moved(cursor: RemoteCursor, changes: ChangeDesc): RemoteCursor {
  return { ...cursor, anchor: changes.mapPos(cursor.anchor, -1), head: changes.mapPos(cursor.head, -1) }
}

/**
 * The cursors of these members. Presence may overtake the text it speaks of; then a cursor stays where it was, or out of
 * sight, until that text is here.
 */
export function cursorsOf(
  members: readonly RemoteMember[],
  indexOf: (anchor: Anchor) => number | null,
  before: readonly RemoteCursor[],
): readonly RemoteCursor[] {
  return members.flatMap(({ member, state }) => {
    const known = before.find((cursor) => cursor.member === member)
    const head = state.selection && (indexOf(state.selection.head) ?? known?.head ?? null)
    if (!state.selection || head === null) return []
    const anchor = indexOf(state.selection.anchor) ?? known?.anchor ?? head
    return [
      {
        member,
        ...state.person,
        idle: state.idle,
        selection: state.selection,
        anchor,
        head,
        moves: movesOf(state.selection, known),
      },
    ]
  })
}

function movesOf(selection: RemoteSelection, known: RemoteCursor | undefined): number {
  if (!known) return 0
  return sameSelection(selection, known.selection) ? known.moves : known.moves + 1
}

function sameSelection(a: RemoteSelection, b: RemoteSelection): boolean {
  return a === b || (sameAnchor(a.anchor, b.anchor) && sameAnchor(a.head, b.head))
}

function sameAnchor(a: Anchor, b: Anchor): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  return a.id.replica === b.id.replica && a.id.seq === b.id.seq && a.side === b.side
}

/** Whether two lists of cursors look the same. */
export function sameCursors(a: readonly RemoteCursor[], b: readonly RemoteCursor[]): boolean {
  return a.length === b.length && a.every((cursor, i) => looksLike(cursor, b[i]))
}

export function looksLike(a: RemoteCursor, b: RemoteCursor | undefined): boolean {
  return (
    a.member === b?.member &&
    a.anchor === b.anchor &&
    a.head === b.head &&
    a.moves === b.moves &&
    a.idle === b.idle &&
    a.name === b.name &&
    a.color === b.color
  )
}

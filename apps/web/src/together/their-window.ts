/** What of somebody's window is news to who follows them. */

/** A place in the text. `name` is the same for equal places, whose indexes change; `index` is null where its text has not come yet. */
export interface Place {
  readonly name: string
  readonly index: number | null
}

/** What was last shown of whose window. */
export interface Seen {
  readonly member: number | null
  readonly top: string
  readonly head: string
}

/** The first place of their window and their caret, where they have been told; what is not news is null. */
export interface TheirWindow {
  readonly top: Place | null
  readonly head: Place | null
}

export const NOTHING: Seen = { member: null, top: '', head: '' }

export function newsOf(before: Seen, { top, head }: TheirWindow): TheirWindow {
  return { top: top?.name === before.top ? null : top, head: head?.name === before.head ? null : head }
}

/** A place whose text has not come yet stays news. */
export function seenOf(before: Seen, member: number | null, { top, head }: TheirWindow): Seen {
  return { member, top: nameOf(top) ?? before.top, head: nameOf(head) ?? before.head }
}

function nameOf(place: Place | null): string | null {
  return place === null || place.index === null ? null : place.name
}

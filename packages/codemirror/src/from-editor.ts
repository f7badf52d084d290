import type { ChangeSet, Text } from '@codemirror/state'
import type { Edit } from '@manyhands/crdt'

/**
 * Changes of an editor, as edits of the text before them. An editor that compares texts may find that only half of a
 * surrogate pair has changed (one emoji for another); such an edit is widened to the whole pair, which gives the same text.
 */
export function editsBetween(before: Text, changes: ChangeSet): readonly Edit[] {
  const edits: Edit[] = []
  changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
    edits.push(widened(before, { from, to, insert: inserted.toString() }))
  })
  return edits
}

function widened(text: Text, { from, to, insert }: Edit): Edit {
  const head = insidePair(text, from) ? 1 : 0
  const tail = insidePair(text, to) ? 1 : 0
  return {
    from: from - head,
    to: to + tail,
    insert: text.sliceString(from - head, from) + insert + text.sliceString(to, to + tail),
  }
}

function insidePair(text: Text, index: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.sliceString(Math.max(0, index - 1), index + 1))
}

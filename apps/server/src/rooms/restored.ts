import { Doc, decodeUpdate, type ReplicaId } from '@manyhands/crdt'
import type { StoredDocument } from '../storage/storage.ts'

/** A document as it came from the disk. */
export interface Restored {
  readonly doc: Doc
  readonly loss: Loss | null
}

/** What was not as it had been written. */
export interface Loss {
  readonly detail: string
  /** Whether the text is all there nevertheless. */
  readonly isWhole: boolean
  /** That of the whole text; empty where it is not known. */
  readonly stateHash: string
}

/**
 * All that can be read: the snapshot, and the updates after it. They need no order and no completeness, so what is lost is
 * only missing. What was written down with them tells whether anything is: the state hash of the text.
 */
export function restored(stored: StoredDocument, replica: ReplicaId): Restored {
  const { incarnation, stateHash, snapshot, tail, damage } = stored
  const details = damage === null ? [] : [damage.detail]
  const begun = snapshot === null ? null : Doc.load(snapshot, { replica })
  if (begun?.ok === false) details.push(`The snapshot does not decode: ${begun.error.message}`)
  const doc = begun?.ok ? begun.value : Doc.create({ replica, incarnation })
  for (const bytes of tail) {
    const update = decodeUpdate(bytes)
    if (update.ok) doc.apply(update.value)
    else details.push(`An update does not decode: ${update.error.message}`)
  }
  const hash = doc.stateHash()
  if (details.length === 0 && (stateHash === '' || stateHash === hash)) return { doc, loss: null }
  if (details.length === 0) details.push(`The hash of the text is ${hash}, and ${stateHash} was written down`)
  const isWhole = stateHash === '' ? damage?.isWhole === true && details.length === 1 : stateHash === hash
  return { doc, loss: { detail: details.join('; '), isWhole, stateHash } }
}

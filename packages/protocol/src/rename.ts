import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { MAX_UNCLEAN_TEXT_BYTES } from './limits.ts'
import { cleanTitle } from './title.ts'

/** A new title for the document. */
export interface Rename {
  readonly type: 'rename'
  readonly title: string
}

export function writeRename(w: Writer, m: Rename): void {
  w.string(cleanTitle(m.title))
}

export function readRename(r: Reader): Rename {
  return { type: 'rename', title: cleanTitle(r.string(MAX_UNCLEAN_TEXT_BYTES)) }
}

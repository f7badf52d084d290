import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { MAX_UNCLEAN_TEXT_BYTES } from './limits.ts'
import { cleanTitle } from './title.ts'

/** The document has a new title. It goes to everyone, to whoever chose it as well: the last one said is the title. */
export interface Renamed {
  readonly type: 'renamed'
  readonly title: string
}

export function writeRenamed(w: Writer, m: Renamed): void {
  w.string(cleanTitle(m.title))
}

export function readRenamed(r: Reader): Renamed {
  return { type: 'renamed', title: cleanTitle(r.string(MAX_UNCLEAN_TEXT_BYTES)) }
}

import type { Update } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readLastUpdate, writeLastUpdate } from './fields.ts'

/** What I did. The pushes of a connection are counted from 1, and are stored in that order. */
export interface Push {
  readonly type: 'push'
  readonly n: number
  readonly update: Update
}

export function writePush(w: Writer, m: Push): void {
  w.varint(m.n)
  writeLastUpdate(w, m.update)
}

export function readPush(r: Reader): Push {
  const n = r.varint()
  if (n === 0) r.fail('out-of-range', 'Pushes are counted from 1')
  return { type: 'push', n, update: readLastUpdate(r) }
}

import type { Update } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { readUpdate, writeUpdate } from './fields.ts'

/**
 * What others did, or what you asked for by sync: at least one update, in one message for all that came in one turn of
 * the server's event loop. Your own may be among them; applying those again changes nothing.
 */
export interface Updates {
  readonly type: 'updates'
  readonly updates: readonly Update[]
}

export function writeUpdates(w: Writer, m: Updates): void {
  for (const update of m.updates) writeUpdate(w, update)
}

export function readUpdates(r: Reader): Updates {
  const updates = [readUpdate(r)]
  while (!r.done) updates.push(readUpdate(r))
  return { type: 'updates', updates }
}

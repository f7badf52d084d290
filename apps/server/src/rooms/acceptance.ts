import { type Result, randomReplicaId } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'
import type { Clock } from '../clock.ts'
import type { Storage, Write } from '../storage/storage.ts'
import { restored } from './restored.ts'
import { Scribe } from './scribe.ts'

/** What is left of a document. */
export interface Remains {
  /** What was lost, as the log said it. */
  readonly detail: string
  readonly text: string
}

/**
 * Writes down what can be read of a damaged document as all there is, so that people may write in it again. The damaged bytes
 * are set aside. Whoever still has what is lost, another server or a page, brings it back when they come: it is only missing.
 */
export async function acceptLoss(
  storage: Storage,
  document: DocumentId,
  clock: Clock,
): Promise<Result<Remains, string>> {
  const stored = await storage.load(document)
  if (stored.state === 'unknown') return { ok: false, error: `There is no document ${document} here.` }
  // Nothing is written in this name.
  const { doc, loss } = restored(stored, randomReplicaId(Math.random))
  if (loss === null) return { ok: false, error: `Nothing of ${document} is lost.` }
  const writes: Write[] = []
  const written = { document, doc, loss, n: stored.n, tailBytes: 0, isStored: true }
  const scribe = new Scribe(written, (write) => writes.push(write), clock)
  scribe.mend()
  scribe.endTurn(doc.stateHash())
  await storage.commit(writes)
  return { ok: true, value: { detail: loss.detail, text: doc.text() } }
}

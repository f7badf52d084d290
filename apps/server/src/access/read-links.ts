import type { DocumentId, LinkKey } from '@manyhands/protocol'
import type { Clock } from '../clock.ts'
import type { Registers } from '../storage/storage.ts'
import { readHashOf } from './links.ts'
import { hashOf } from './ticket.ts'

/** Which document each link to read leads to: about 300 bytes for each document that has one. */
export class ReadLinks {
  private readonly documents = new Map<string, DocumentId>()
  private readonly hashes = new Map<DocumentId, string>()
  private readonly waiting = new Map<string, Set<() => void>>()

  /** This is written down of a document now. */
  put(document: DocumentId, registers: Registers): void {
    const hash = readHashOf(registers)
    const before = this.hashes.get(document)
    if (hash === null || hash === before) return
    if (before !== undefined) this.documents.delete(before)
    this.hashes.set(document, hash)
    this.documents.set(hash, document)
    for (const found of this.waiting.get(hash) ?? []) found()
  }

  /** The document behind a key; null if it is not known, and does not become known within so many milliseconds. */
  async find(key: LinkKey, clock: Clock, within: number): Promise<DocumentId | null> {
    const hash = hashOf(key)
    const known = this.documents.get(hash)
    if (known !== undefined || within === 0) return known ?? null
    await this.known(hash, clock, within)
    return this.documents.get(hash) ?? null
  }

  private async known(hash: string, clock: Clock, within: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const waiting = this.waiting.get(hash) ?? new Set()
      this.waiting.set(hash, waiting)
      const end = (): void => {
        stop()
        waiting.delete(end)
        if (waiting.size === 0) this.waiting.delete(hash)
        resolve()
      }
      const stop = clock.after(within, end)
      waiting.add(end)
    })
  }
}

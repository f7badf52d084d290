import type { DocumentId, LinkKey } from '@manyhands/protocol'
import type { Clock } from '../clock.ts'
import type { Registers } from '../storage/storage.ts'
import { readLinkOf } from './links.ts'
import { hashOf } from './ticket.ts'

interface Claim {
  readonly document: DocumentId
  readonly since: string
}

/**
 * Which document each link to read leads to: about 400 bytes for each document that has one. Whoever has a link can make its key the
 * key of a document of their own. It leads to the one that has had it longest, whatever this server heard first.
 */
export class ReadLinks {
  private readonly claims = new Map<string, readonly Claim[]>()
  private readonly hashes = new Map<DocumentId, string>()
  private readonly waiting = new Map<string, Set<() => void>>()

  /** This is written down of a document now. */
  put(document: DocumentId, registers: Registers): void {
    const link = readLinkOf(registers)
    if (link === null) return
    const { hash, since } = link
    this.withdraw(document)
    this.hashes.set(document, hash)
    this.claims.set(hash, [...this.claimsTo(hash), { document, since }].sort(byAge))
    for (const found of this.waiting.get(hash) ?? []) found()
  }

  /** Whether a key leads to another document than this one. */
  isOfAnother(key: LinkKey, document: DocumentId): boolean {
    return this.claimsTo(hashOf(key)).some((claim) => claim.document !== document)
  }

  /** The document behind a key; null if it is not known, and does not become known within so many milliseconds. */
  async find(key: LinkKey, clock: Clock, within: number): Promise<DocumentId | null> {
    const hash = hashOf(key)
    const known = this.documentOf(hash)
    if (known !== undefined || within === 0) return known ?? null
    await this.known(hash, clock, within)
    return this.documentOf(hash) ?? null
  }

  private documentOf(hash: string): DocumentId | undefined {
    return this.claimsTo(hash)[0]?.document
  }

  private claimsTo(hash: string): readonly Claim[] {
    return this.claims.get(hash) ?? []
  }

  private withdraw(document: DocumentId): void {
    const hash = this.hashes.get(document)
    if (hash === undefined) return
    const others = this.claimsTo(hash).filter((claim) => claim.document !== document)
    if (others.length > 0) this.claims.set(hash, others)
    else this.claims.delete(hash)
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

function byAge(a: Claim, b: Claim): number {
  if (a.since !== b.since) return a.since < b.since ? -1 : 1
  return a.document < b.document ? -1 : 1
}

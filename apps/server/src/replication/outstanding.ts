import type { DocumentId } from '@manyhands/protocol'

interface Sent {
  readonly turn: number
  readonly bytes: number
}

/** What a peer has not confirmed: of each document the turns, and the bytes that are on their way. */
export class Outstanding {
  private readonly turns = new Map<DocumentId, Sent[]>()
  private onTheWay = 0

  /** Bytes that were sent, and that the peer has said nothing about. */
  get bytes(): number {
    return this.onTheWay
  }

  documents(): Iterable<DocumentId> {
    return this.turns.keys()
  }

  /** Whether a turn of this document was never sent: only a comparison confirms it. */
  hasGap(document: DocumentId): boolean {
    return this.turns.get(document)?.some(({ bytes }) => bytes === 0) ?? false
  }

  /** A turn was sent, or could not be: then it has no bytes. */
  add(document: DocumentId, turn: number, bytes: number): void {
    this.onTheWay += bytes
    const sent = this.turns.get(document)
    if (sent === undefined) this.turns.set(document, [{ turn, bytes }])
    else if (bytes === 0 && sent.at(-1)?.bytes === 0) sent[sent.length - 1] = { turn, bytes }
    else sent.push({ turn, bytes })
  }

  /**
   * The peer has on disk what it was sent of this document up to a turn. Answers the last turn of which that is true with all
   * before it, or 0: a turn that was never sent is a gap, and what comes behind it waits for a comparison.
   */
  confirm(document: DocumentId, turn: number): number {
    const sent = this.turns.get(document)
    if (sent === undefined) return turn
    const later = sent.findIndex((other) => other.turn > turn)
    const said = sent.splice(0, later < 0 ? sent.length : later)
    for (const { bytes } of said) this.onTheWay -= bytes
    const gap = said.findIndex(({ bytes }) => bytes === 0)
    const last = said.at(-1)
    if (gap >= 0 && last !== undefined) sent.unshift({ turn: last.turn, bytes: 0 })
    if (sent.length === 0) this.turns.delete(document)
    return (gap < 0 ? last : said[gap - 1])?.turn ?? 0
  }

  /** The peer has, or is about to be sent in one piece, everything of this document up to a turn. */
  settle(document: DocumentId, turn: number): void {
    const sent = this.turns.get(document) ?? []
    for (const { bytes } of sent.filter((each) => each.turn <= turn)) this.onTheWay -= bytes
    const left = sent.filter((each) => each.turn > turn)
    if (left.length > 0) this.turns.set(document, left)
    else this.turns.delete(document)
  }

  /** Nothing of this document is on its way any more; only a comparison can confirm it. */
  giveUp(document: DocumentId): void {
    const sent = this.turns.get(document)
    const last = sent?.at(-1)
    if (sent === undefined || last === undefined) return
    for (const { bytes } of sent) this.onTheWay -= bytes
    this.turns.set(document, [{ turn: last.turn, bytes: 0 }])
  }

  /** The line is lost, and all that was on it. */
  giveUpAll(): void {
    for (const document of [...this.turns.keys()]) this.giveUp(document)
  }
}

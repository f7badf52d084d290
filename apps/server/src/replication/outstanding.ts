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

  /** A turn was sent, or could not be: then it has no bytes. */
  add(document: DocumentId, turn: number, bytes: number): void {
    this.onTheWay += bytes
    const sent = this.turns.get(document)
    if (sent === undefined) this.turns.set(document, [{ turn, bytes }])
    else if (bytes === 0 && sent.at(-1)?.bytes === 0) sent[sent.length - 1] = { turn, bytes }
    else sent.push({ turn, bytes })
  }

  /** The peer has this turn of the document on disk, and all before it. */
  confirm(document: DocumentId, turn: number): void {
    const sent = this.turns.get(document)
    if (sent === undefined) return
    const left = sent.findIndex((other) => other.turn > turn)
    for (const { bytes } of sent.splice(0, left < 0 ? sent.length : left)) this.onTheWay -= bytes
    if (sent.length === 0) this.turns.delete(document)
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

import type { Incarnation, Update } from '@manyhands/crdt'
import {
  type DocumentId,
  encodePeerMessage,
  type NamedRegister,
  type PeerMessage,
  type Whereabouts,
} from '@manyhands/protocol'
import type { PublishedTurn } from '../rooms/others.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { AddressBook } from './address-book.ts'
import { AnsweringEnd } from './answering-end.ts'
import { DialingEnd } from './dialing-end.ts'
import type { Discovery } from './discovery.ts'
import { type LinkSurroundings, portionsOf } from './link.ts'
import type { AcceptedLineEvents, PeerLine, PeerTransport } from './peer-transport.ts'
import type { Relay, Self } from './relay.ts'

export interface MeshOptions extends Omit<LinkSurroundings, 'rooms' | 'identity' | 'greetings' | 'mismatched'> {
  /** Known to all servers of the same documents, and to nobody else. */
  readonly secret: string
  readonly transport: PeerTransport
  readonly discover: Discovery
}

/** A document that is unknown here is asked for so long; then a client that has it may bring it. */
const FETCH_WITHIN = 1000

/** Where a line has just broken, the peer is back by then if it is well. Then nobody waits for it any more. */
const BACK_WITHIN = 3000

/** A message of more than this is cut: a turn can bring several pushes of a megabyte. */
const MESSAGE_BYTES = 1_048_576

/** A full mesh is right up to ten servers, which prove who they are in two messages: more than so many at once are not servers of ours. */
const MAX_UNPROVEN = 64

/**
 * The relay that is built in: every server dials every other one. Right for up to about ten servers; each edit is sent once
 * to each, and there is nothing in the middle that could fail.
 */
export class Mesh implements Relay {
  private readonly options: MeshOptions
  private readonly dialing = new Map<string, DialingEnd>()
  private readonly answering = new Map<string, AnsweringEnd>()
  private readonly lines = new Set<AnsweringEnd>()
  private readonly mismatches = new Map<string, string>()
  /** Null before the start. */
  private surroundings: LinkSurroundings | null = null
  private stopDiscovery: () => void = () => {}
  /** Since a peer was connected last, or since the start, some time has passed. */
  private isGivenUp = false
  private stopHoping: () => void = () => {}

  constructor(options: MeshOptions) {
    this.options = options
  }

  get peers(): number {
    let peers = 0
    for (const end of this.dialing.values()) if (end.isPeer) peers++
    return peers
  }

  get reachable(): number {
    let reachable = 0
    for (const end of this.dialing.values()) if (end.peer !== null) reachable++
    return reachable
  }

  get isAlone(): boolean {
    return this.peers === 0 || (this.isGivenUp && this.reachable === 0)
  }

  get addresses(): readonly string[] {
    const addresses = [...this.dialing.values()].flatMap(({ browserAddress }) => browserAddress ?? [])
    return [...new Set(addresses)]
  }

  /** Documents of which this server and a peer have different ones under one name: nothing of them is merged. */
  get mismatched(): number {
    return this.mismatches.size
  }

  start(rooms: Rooms, { server, url }: Self, book: AddressBook): void {
    const identity = { server, url, secret: this.options.secret }
    const mismatched = (document: string, peer: string): void => this.mismatch(document, peer)
    const surroundings = { ...this.options, identity, greetings: new Set<string>(), rooms, mismatched }
    this.surroundings = surroundings
    this.hope()
    this.stopDiscovery = this.options.discover((addresses) => this.found(addresses, surroundings, book))
  }

  /** A line that another server has dialed, or somebody who says so. */
  accept(line: PeerLine): AcceptedLineEvents {
    const { surroundings } = this
    if (surroundings === null) {
      line.close()
      return { message() {}, down() {} }
    }
    const end = new AnsweringEnd(line, {
      ...surroundings,
      arrived: (peer, arrived) => this.arrived(peer, arrived),
    })
    this.lines.add(end)
    this.endOldestUnproven()
    return {
      message: (bytes) => end.hear(bytes),
      down: () => {
        end.end()
        this.lines.delete(end)
      },
    }
  }

  publish(turn: PublishedTurn): void {
    if (this.dialing.size === 0) return
    const messages = messagesOf(turn)
    for (const end of this.dialing.values()) end.publish(turn.document, turn.turn, messages)
  }

  verify(document: DocumentId, turn: number): void {
    for (const end of this.dialing.values()) end.verify(document, turn)
  }

  askHash(document: DocumentId): void {
    this.send({ type: 'hash', document })
  }

  presence(document: DocumentId, whereabouts: readonly Whereabouts[]): void {
    this.send({ type: 'peer-presence', document, whereabouts })
  }

  catalogue(document: DocumentId, incarnation: Incarnation, registers: readonly NamedRegister[]): void {
    const bytes = encodePeerMessage({ type: 'catalogue', document, incarnation, registers })
    for (const end of this.dialing.values()) end.tell(bytes)
  }

  async fetch(document: DocumentId): Promise<void> {
    const ends = [...this.dialing.values()].filter(({ isPeer }) => isPeer)
    if (ends.length === 0) return
    await new Promise<void>((resolve) => {
      const stop = this.options.clock.after(FETCH_WITHIN, resolve)
      const end = (): void => {
        stop()
        resolve()
      }
      const asked = ends.map((peer) => peer.fetch(document).then((found) => found && end()))
      void Promise.all(asked).then(end)
    })
  }

  async close(): Promise<void> {
    this.stopDiscovery()
    for (const end of this.dialing.values()) end.close()
    this.stopHoping()
    for (const end of this.lines) end.end()
  }

  private found(addresses: readonly string[], surroundings: LinkSurroundings, book: AddressBook): void {
    for (const [address, end] of this.dialing) {
      if (addresses.includes(address)) continue
      this.dialing.delete(address)
      end.close()
    }
    for (const address of addresses) {
      if (this.dialing.has(address)) continue
      const end = new DialingEnd(address, {
        ...surroundings,
        book,
        transport: this.options.transport,
        confirmed: (document, peer, turn) => surroundings.rooms.confirmed(document, peer, turn),
        lost: (peer) => {
          surroundings.rooms.unconfirmed(peer)
          this.hope()
        },
        isReached: (peer) => [...this.dialing.values()].some((other) => other.peer === peer),
      })
      this.dialing.set(address, end)
      end.start()
    }
  }

  /** To every peer, as what is fast and forgettable. */
  private send(message: PeerMessage): void {
    if (this.reachable === 0) return
    const bytes = encodePeerMessage(message)
    for (const end of this.dialing.values()) end.send(bytes)
  }

  /** A peer that is out of reach is worth a wait for so long. */
  private hope(): void {
    this.isGivenUp = false
    this.stopHoping()
    this.stopHoping = this.options.clock.after(BACK_WITHIN, () => {
      this.isGivenUp = true
    })
  }

  /** A peer that comes again has lost its line before we have missed it. */
  private arrived(peer: string, end: AnsweringEnd): void {
    this.answering.get(peer)?.end()
    this.answering.set(peer, end)
  }

  /** Whoever holds many lines open and proves nothing keeps no server out: their own oldest ones make room. */
  private endOldestUnproven(): void {
    const unproven = [...this.lines].filter(({ peer }) => peer === null)
    for (const oldest of unproven.slice(0, -MAX_UNPROVEN)) {
      this.lines.delete(oldest)
      oldest.end()
    }
  }

  private mismatch(document: string, peer: string): void {
    if (this.mismatches.has(document)) return
    this.mismatches.set(document, peer)
    this.options.log.error({ document, peer }, 'this document and the one of a peer began as different ones')
  }
}

/** One turn in messages: one, unless it is very long or many people are new. Only the last is to be confirmed. */
function messagesOf({ document, incarnation, turn, updates, people }: PublishedTurn): readonly Uint8Array[] {
  const portions = portionsOf(people).map((some) => ({ people: some, updates: [] as Update[] }))
  let bytes = 0
  for (const update of updates) {
    if (bytes > 0 && bytes + update.bytes.length > MESSAGE_BYTES) {
      portions.push({ people: [], updates: [] })
      bytes = 0
    }
    bytes += update.bytes.length
    portions.at(-1)?.updates.push(update)
  }
  return portions.map((portion, i) =>
    encodePeerMessage({
      type: 'replicate',
      document,
      incarnation,
      turn: i === portions.length - 1 ? turn : 0,
      ...portion,
    }),
  )
}

import { Doc, emptyVersion, type Incarnation, incarnation, replicaId, type Update } from '@manyhands/crdt'
import {
  type Catalogue,
  type CatchUp,
  type ComparedDocument,
  type DocumentId,
  decodePeerMessage,
  encodePeerMessage,
  MAX_PEER_GREETING_BYTES,
  NONCE_BYTES,
  type NotReplicated,
  type PeerMessage,
  type PeerRefusalReason,
  PROTOCOL_VERSION,
  type RefusalReason,
  type Replicate,
} from '@manyhands/protocol'
import type { Room } from '../rooms/room.ts'
import { type LinkSurroundings, nameOf, PART_BYTES, PROVE_WITHIN, portionsOf, randomBytes } from './link.ts'
import type { PeerLine } from './peer-transport.ts'
import { type Exchange, isProof, proofOf } from './proof.ts'

export interface AnsweringEndOptions extends LinkSurroundings {
  /** A peer has proven who it is. */
  readonly arrived: (peer: string, end: AnsweringEnd) => void
}

type State =
  | { readonly state: 'greeting' }
  | { readonly state: 'challenged'; readonly exchange: Exchange }
  | { readonly state: 'live'; readonly peer: string }
  | { readonly state: 'ended' }

type Obstacle = NotReplicated['reason']

/** Documents in one answer to a comparison: 120 kB. */
const DOCUMENTS_AT_ONCE = 2000

/**
 * The end of a link that was dialed. It takes what the peer's own clients did, says when that is on disk, and answers what
 * the peer asks. It begins nothing itself: what this server's clients do goes over the link that this server dials.
 */
export class AnsweringEnd {
  private readonly line: PeerLine
  private readonly options: AnsweringEndOptions
  private readonly stopWaiting: () => void
  private state: State = { state: 'greeting' }
  /** Turns that are on disk, and of which the peer has not heard yet. */
  private readonly stored = new Map<DocumentId, number>()

  constructor(line: PeerLine, options: AnsweringEndOptions) {
    this.line = line
    this.options = options
    this.stopWaiting = options.clock.after(PROVE_WITHIN, () => this.refuse('bad-message'))
  }

  /** The peer's id when it has proven it. */
  get peer(): string | null {
    return this.state.state === 'live' ? this.state.peer : null
  }

  hear(bytes: Uint8Array): void {
    const { state } = this
    if (state.state === 'ended') return
    if (state.state !== 'live' && bytes.length > MAX_PEER_GREETING_BYTES) return this.refuse('bad-message')
    const message = decodePeerMessage(bytes)
    if (!message.ok) return this.refuse('bad-message')
    if (state.state === 'live') this.take(message.value, state.peer)
    else if (state.state === 'challenged') this.check(message.value, state.exchange)
    else this.challenge(message.value)
  }

  /** Says why, and ends it. */
  refuse(reason: PeerRefusalReason): void {
    this.options.log.warn({ peer: this.peer, reason }, 'refused a peer')
    this.say({ type: 'peer-refused', reason })
    this.end()
  }

  /** Ends it. Called as well when the line has gone. */
  end(): void {
    const { peer } = this
    if (this.state.state === 'ended') return
    this.state = { state: 'ended' }
    this.stopWaiting()
    this.line.close()
    if (peer !== null) this.options.rooms.lost(peer)
  }

  private challenge(message: PeerMessage): void {
    if (message.type !== 'peer-hello') return this.refuse('bad-message')
    const { identity, random } = this.options
    if (message.protocol !== PROTOCOL_VERSION) return this.refuse('other-protocol')
    if (message.server === identity.server) return this.meetNamesake(message.nonce)
    const nonce = randomBytes(random, NONCE_BYTES)
    const exchange: Exchange = {
      dialer: message.server,
      dialed: identity.server,
      dialerNonce: message.nonce,
      dialedNonce: nonce,
    }
    this.state = { state: 'challenged', exchange }
    const proof = proofOf(identity.secret, 'dialed', exchange)
    this.say({ type: 'peer-challenge', protocol: PROTOCOL_VERSION, server: identity.server, nonce, proof })
  }

  /** It is this server itself that calls, or another one with its id: a copy of its disk, perhaps. Those would never replicate. */
  private meetNamesake(nonce: Uint8Array): void {
    const { greetings, identity, log } = this.options
    const isUs = greetings.has(nameOf(nonce))
    if (!isUs) log.error({ server: identity.server }, 'another server has the id of this one: give each a SERVER_ID')
    this.say({ type: 'peer-refused', reason: isUs ? 'itself' : 'same-id' })
    this.end()
  }

  private check(message: PeerMessage, exchange: Exchange): void {
    if (message.type !== 'peer-proof') return this.refuse('bad-message')
    const { identity, arrived } = this.options
    if (!isProof(message.proof, proofOf(identity.secret, 'dialer', exchange))) return this.refuse('wrong-secret')
    this.stopWaiting()
    arrived(exchange.dialer, this)
    this.state = { state: 'live', peer: exchange.dialer }
    this.say({ type: 'peer-welcome', url: identity.url })
  }

  private take(message: PeerMessage, peer: string): void {
    switch (message.type) {
      case 'replicate':
        return this.withRoom(message.document, message.incarnation, (room) => this.receive(room, message))
      case 'catalogue':
        return this.withRoom(message.document, message.incarnation, (room) => this.register(room, message))
      case 'peer-presence':
        return this.options.rooms.visited(message.document, peer, message.whereabouts)
      case 'compare':
        return this.compare(message.hashes)
      case 'catch-up':
        return void this.catchUp(message)
      case 'hash':
        return this.tellHash(message.document)
      default:
        return this.refuse('bad-message')
    }
  }

  private receive(room: Room, { document, turn, people, updates }: Replicate): void {
    room.receive({
      people,
      updates,
      done: (obstacle) => (obstacle === null ? this.confirm(document, turn) : this.sayNot(document, obstacle)),
    })
  }

  private register(room: Room, { registers }: Catalogue): void {
    room.receiveRegisters(registers)
  }

  /** The room of a document that a peer speaks of, at once if it is open. One that is unknown here comes into being. */
  private withRoom(document: DocumentId, origin: Incarnation, use: (room: Room) => void): void {
    const open = this.options.rooms.opened(document)
    if (open !== undefined) return this.ifSame(open, origin, use)
    void this.find(document, origin).then((room) => {
      if (this.state.state === 'ended') return
      if (typeof room === 'string') this.sayNot(document, obstacleOf(room))
      else this.ifSame(room, origin, use)
    })
  }

  private ifSame(room: Room, origin: Incarnation, use: (room: Room) => void): void {
    if (room.incarnation === origin) return use(room)
    this.options.mismatched(room.document, this.peer ?? '')
    this.sayNot(room.document, 'history-mismatch')
  }

  private async find(document: DocumentId, origin: Incarnation | null): Promise<Room | RefusalReason> {
    try {
      const found = await this.options.rooms.find(document, origin)
      return found.ok ? found.value : found.error.reason
    } catch (error) {
      this.options.log.error({ document, err: error }, 'could not load')
      return 'not-stored'
    }
  }

  private compare(theirs: Uint8Array): void {
    const differing = this.options.index.differing(theirs)
    const documents = [...this.options.index.documentsIn(differing)].map(comparedOf)
    do {
      const some = documents.splice(0, DOCUMENTS_AT_ONCE)
      this.say({ type: 'compare-answer', isLast: documents.length === 0, differing, documents: some })
    } while (documents.length > 0)
  }

  private tellHash(document: DocumentId): void {
    const known = this.options.index.get(document)
    if (known !== undefined) this.say({ type: 'hash-answer', document, stateHash: known.stateHash })
  }

  private async catchUp({ document, incarnation: theirs, unsure, version }: CatchUp): Promise<void> {
    const room = await this.find(document, null)
    if (this.state.state === 'ended') return
    if (typeof room === 'string' && room !== 'not-found') return this.sayNot(document, obstacleOf(room))
    const known = typeof room === 'string' ? null : room
    const isDamaged = known?.isDamaged === true
    const answer = { type: 'catch-up-answer', document, incarnation: known?.incarnation ?? null, isDamaged } as const
    const nothing = { version: emptyVersion, registers: [], people: [], update: emptyUpdate }
    if (known === null || (theirs !== null && theirs !== known.incarnation)) {
      return this.say({ ...answer, left: 0, ...nothing })
    }
    const ours = known.version()
    const parts = known.partsSince(version, this.options.partBytes ?? PART_BYTES)
    const answers = parts.flatMap((update, i) => {
      const portions = portionsOf(known.peopleIn(update, i === parts.length - 1 ? unsure : []))
      return portions.map((people, j) => ({ people, update: j === portions.length - 1 ? update : emptyUpdate }))
    })
    for (const [i, each] of answers.entries()) {
      const left = answers.length - 1 - i
      if (left > 0) this.say({ ...answer, left, ...nothing, ...each })
      else this.say({ ...answer, left, version: ours, registers: known.registersBeside([]), ...each })
    }
  }

  /** One message for all that was stored in a turn of the event loop. */
  private confirm(document: DocumentId, turn: number): void {
    if (turn === 0) return
    if (this.stored.size === 0) this.options.clock.soon(() => this.sayStored())
    this.stored.set(document, Math.max(turn, this.stored.get(document) ?? 0))
  }

  private sayStored(): void {
    const turns = [...this.stored].map(([document, turn]) => ({ document, turn }))
    this.stored.clear()
    this.say({ type: 'replicated', turns })
  }

  private sayNot(document: DocumentId, reason: Obstacle): void {
    this.say({ type: 'not-replicated', document, reason })
  }

  private say(message: PeerMessage): void {
    if (this.state.state !== 'ended') this.line.send(encodePeerMessage(message))
  }
}

const emptyUpdate: Update = Doc.create({
  replica: replicaId(1),
  incarnation: incarnation('0'.repeat(32)),
}).updateSince(emptyVersion)

function comparedOf({ document, incarnation, stateHash, registersHash }: ComparedDocument): ComparedDocument {
  return { document, incarnation, stateHash, registersHash }
}

function obstacleOf(reason: RefusalReason): Obstacle {
  return reason === 'damaged' || reason === 'history-mismatch' ? reason : 'not-stored'
}

import {
  type DocumentId,
  decodePeerMessage,
  encodePeerMessage,
  NONCE_BYTES,
  type NotReplicated,
  type PeerMessage,
  type PeerRefusalReason,
  PROTOCOL_VERSION,
} from '@manyhands/protocol'
import type { AddressBook } from './address-book.ts'
import { CatchUp } from './catch-up.ts'
import { type LinkSurroundings, nameOf, PROVE_WITHIN, randomBytes } from './link.ts'
import { Outstanding } from './outstanding.ts'
import type { PeerLine, PeerTransport } from './peer-transport.ts'
import { type Exchange, isProof, proofOf } from './proof.ts'

export interface DialingEndOptions extends LinkSurroundings {
  readonly transport: PeerTransport
  readonly book: AddressBook
  /** A peer has a turn of a document on its disk. */
  readonly confirmed: (document: DocumentId, peer: string, turn: number) => void
  /** The line to a peer is gone. */
  readonly lost: (peer: string) => void
  /** Whether another link leads to this server already. */
  readonly isReached: (peer: string) => boolean
}

type State =
  | { readonly state: 'resting'; readonly stop: () => void }
  | { readonly state: 'dialing' }
  | { readonly state: 'greeting'; readonly nonce: Uint8Array }
  | { readonly state: 'proving'; readonly peer: string }
  | { readonly state: 'live'; readonly peer: string; readonly catchUp: CatchUp; readonly stop: () => void }
  | { readonly state: 'closed' }

/** Whether an address leads to a server that counts: not to this one itself, and not where another link leads. */
type Worth = 'peer' | 'itself' | 'twice'

/** The longest rest between two attempts to reach a peer: a cut that heals is noticed within a second. */
const LONGEST_REST = 1000
const SHORTEST_REST = 50

/** After a refusal that will be the same next time. Another server may stand at the address by then. */
const REST_AFTER_REFUSAL = 60_000

/** How often documents are compared where nothing has gone wrong. */
const COMPARE_EVERY = 30_000

/** Two servers that find each other again compare once: the one with the lesser id, and the other if need be. */
const AFTER_YOU = 1000

/** More than this unconfirmed, and a peer gets what it lacks later, in one piece, instead of every turn now. */
const SLOW_PEER_BYTES = 8_388_608

/**
 * The end of a link that dials, again and again. It says what this server's own clients do, and hears what the peer confirms;
 * it drives catch-up in both directions. What it cannot say, because the line is down or the peer slow, is found by the next
 * comparison.
 */
export class DialingEnd {
  readonly address: string
  private readonly options: DialingEndOptions
  private readonly outstanding = new Outstanding()
  private state: State = { state: 'dialing' }
  private line: PeerLine | null = null
  private stopWaiting: () => void = () => {}
  private worth: Worth = 'peer'
  private failures = 0
  /** Something was not sent that the peer has to have. */
  private isBehind = false
  /** Where browsers reach the peer, as it said last. */
  private url: string | null
  /** Who waits for the first attempt to succeed or fail; null when it has. */
  private firstTry: (() => void)[] | null = []

  constructor(address: string, options: DialingEndOptions) {
    this.address = address
    this.options = options
    this.url = options.book.get(address) ?? null
  }

  /** The peer's id while the link is up. */
  get peer(): string | null {
    return this.state.state === 'live' ? this.state.peer : null
  }

  get isPeer(): boolean {
    return this.worth === 'peer'
  }

  get browserAddress(): string | null {
    return this.isPeer ? this.url : null
  }

  start(): void {
    this.dial()
  }

  /** A turn of a document, in messages that serve all links. */
  publish(document: DocumentId, turn: number, messages: readonly Uint8Array[]): void {
    if (!this.isPeer) return
    const { state } = this
    if (state.state !== 'live' || this.outstanding.bytes > SLOW_PEER_BYTES) {
      this.isBehind = true
      return this.outstanding.add(document, turn, 0)
    }
    const bytes = messages.reduce((sum, { length }) => sum + length, 0)
    this.outstanding.add(document, turn, bytes)
    for (const message of messages) this.line?.send(message)
  }

  /** The peer confirms this turn of a document when it has said what it has, and been sent the rest. */
  verify(document: DocumentId, turn: number): void {
    if (!this.isPeer) return
    this.outstanding.add(document, turn, 0)
    if (this.state.state === 'live') this.state.catchUp.add(document)
    else this.isBehind = true
  }

  /** What the peer has to have, and what is compared as soon as may be where it cannot be sent now. */
  tell(bytes: Uint8Array): void {
    if (this.state.state === 'live' && this.outstanding.bytes <= SLOW_PEER_BYTES) this.line?.send(bytes)
    else this.isBehind = true
  }

  /** What is fast and forgettable. */
  send(bytes: Uint8Array): void {
    if (this.state.state === 'live' && this.outstanding.bytes <= SLOW_PEER_BYTES) this.line?.send(bytes)
  }

  /** Whether the peer knows a document. One that is being dialed for the first time is waited for. */
  async fetch(document: DocumentId): Promise<boolean> {
    const { firstTry } = this
    if (firstTry !== null) await new Promise<void>((resolve) => firstTry.push(resolve))
    return this.state.state === 'live' && this.state.catchUp.fetch(document)
  }

  close(): void {
    this.hangUp()
    this.state = { state: 'closed' }
    this.endFirstTry()
  }

  private dial(): void {
    this.state = { state: 'dialing' }
    const { transport, clock } = this.options
    const line: PeerLine = transport.connect(this.address, {
      up: () => this.line === line && this.greet(),
      message: (bytes) => this.line === line && this.hear(bytes),
      down: (reason) => this.line === line && this.lose(reason),
    })
    this.line = line
    this.stopWaiting = clock.after(PROVE_WITHIN, () => this.lose('no welcome came'))
  }

  private greet(): void {
    const { identity, random } = this.options
    const nonce = randomBytes(random, NONCE_BYTES)
    this.state = { state: 'greeting', nonce }
    this.options.greetings.add(nameOf(nonce))
    this.say({ type: 'peer-hello', protocol: PROTOCOL_VERSION, server: identity.server, nonce })
  }

  private hear(bytes: Uint8Array): void {
    const message = decodePeerMessage(bytes)
    if (!message.ok) return this.lose(`${message.error.reason}: ${message.error.detail}`)
    const { state } = this
    if (state.state === 'greeting') this.options.greetings.delete(nameOf(state.nonce))
    if (message.value.type === 'peer-refused') return this.refused(message.value.reason)
    if (state.state === 'greeting') this.prove(message.value, state.nonce)
    else if (state.state === 'proving') this.begin(message.value, state.peer)
    else if (state.state === 'live') this.take(message.value, state.peer, state.catchUp)
  }

  /** The peer shows that it knows the secret; then we do. */
  private prove(message: PeerMessage, nonce: Uint8Array): void {
    if (message.type !== 'peer-challenge') return this.lose(`${message.type} before peer-challenge`)
    const { identity, isReached } = this.options
    const exchange: Exchange = {
      dialer: identity.server,
      dialed: message.server,
      dialerNonce: nonce,
      dialedNonce: message.nonce,
    }
    if (message.server === identity.server) return this.refused('itself')
    if (!isProof(message.proof, proofOf(identity.secret, 'dialed', exchange))) return this.refused('wrong-secret')
    if (isReached(message.server)) return this.turnAway('twice')
    this.state = { state: 'proving', peer: message.server }
    this.say({ type: 'peer-proof', proof: proofOf(identity.secret, 'dialer', exchange) })
  }

  private begin(message: PeerMessage, peer: string): void {
    if (message.type !== 'peer-welcome') return this.lose(`${message.type} before peer-welcome`)
    this.stopWaiting()
    this.worth = 'peer'
    this.failures = 0
    this.url = message.url
    this.options.book.set(this.address, message.url)
    const { clock, identity, rooms, log } = this.options
    // It may be another server than before, or have another disk.
    for (const { document, newestTurn } of rooms.all()) {
      if (newestTurn > 0) this.outstanding.add(document, newestTurn, 0)
    }
    const catchUp = new CatchUp({
      ...this.options,
      peer,
      outstanding: this.outstanding,
      send: (bytes) => this.line?.send(bytes),
      confirmed: (document, turn) => this.settle(document, peer, turn),
    })
    const first = clock.after(identity.server < peer ? 0 : AFTER_YOU, () => this.compare(catchUp))
    this.state = { state: 'live', peer, catchUp, stop: first }
    log.info({ peer, address: this.address }, 'reached a peer')
    for (const [document, whereabouts] of rooms.everybody()) this.say({ type: 'peer-presence', document, whereabouts })
    this.endFirstTry()
  }

  private take(message: PeerMessage, peer: string, catchUp: CatchUp): void {
    switch (message.type) {
      case 'replicated':
        for (const { document, turn } of message.turns) this.confirm(document, peer, turn, catchUp)
        return this.catchUpIfBehind(catchUp)
      case 'not-replicated':
        return this.notTaken(message, peer, catchUp)
      case 'compare-answer':
        return catchUp.compared(message)
      case 'catch-up-answer':
        return void catchUp.answered(message)
      case 'hash-answer':
        return this.options.rooms.hashTold(message.document, peer, message.stateHash)
      default:
        return this.lose(`${message.type} from the end that was dialed`)
    }
  }

  private notTaken({ document, reason }: NotReplicated, peer: string, catchUp: CatchUp): void {
    this.outstanding.giveUp(document)
    this.options.log.warn({ document, peer, reason }, 'a peer did not take an update')
    if (reason === 'incomplete') catchUp.add(document)
    if (reason === 'history-mismatch') this.options.mismatched(document, peer)
  }

  /** What waits for a comparison, and is not about to be compared, brings one about. */
  private confirm(document: DocumentId, peer: string, turn: number, catchUp: CatchUp): void {
    const reached = this.outstanding.confirm(document, turn)
    if (reached > 0) this.options.confirmed(document, peer, reached)
    if (catchUp.isIdle && this.outstanding.hasGap(document)) this.isBehind = true
  }

  /** A comparison has shown that the peer has all of a document up to a turn. */
  private settle(document: DocumentId, peer: string, turn: number): void {
    if (turn === 0) return
    this.outstanding.settle(document, turn)
    this.options.confirmed(document, peer, turn)
  }

  /** Compares now, and again and again. A comparison of which something is still to be done is not begun anew. */
  private compare(catchUp: CatchUp): void {
    if (this.state.state !== 'live' || this.state.catchUp !== catchUp) return
    if (catchUp.isIdle) {
      this.isBehind = false
      catchUp.compare()
    }
    this.state.stop()
    this.state = { ...this.state, stop: this.options.clock.after(COMPARE_EVERY, () => this.compare(catchUp)) }
  }

  /** A peer that was too slow has come through with what it had been sent, or what it has confirmed waits for a comparison. */
  private catchUpIfBehind(catchUp: CatchUp): void {
    if (this.isBehind && this.outstanding.bytes < SLOW_PEER_BYTES / 2) this.compare(catchUp)
  }

  private refused(reason: PeerRefusalReason): void {
    if (reason === 'itself') return this.turnAway('itself')
    this.options.log.warn({ address: this.address, reason }, 'a peer refuses to talk')
    // A message that was damaged on its way may be whole the next time.
    this.rest(reason === 'bad-message' ? this.nextRest() : REST_AFTER_REFUSAL)
  }

  private turnAway(worth: Worth): void {
    this.worth = worth
    this.options.log.debug({ address: this.address, worth }, 'an address that leads to no other server')
    this.rest(REST_AFTER_REFUSAL)
  }

  private lose(reason: string): void {
    const { address } = this
    if (this.state.state === 'live') this.options.log.warn({ peer: this.state.peer, address, reason }, 'lost a peer')
    else this.options.log.debug({ address, reason }, 'could not reach a peer')
    this.rest(this.nextRest())
  }

  private rest(ms: number): void {
    this.hangUp()
    const { clock } = this.options
    this.state = { state: 'resting', stop: clock.after(ms, () => this.dial()) }
    this.endFirstTry()
  }

  /** Full jitter, so that servers that lost each other do not meet in step. */
  private nextRest(): number {
    const longest = Math.min(LONGEST_REST, SHORTEST_REST * 2 ** this.failures++)
    return SHORTEST_REST + this.options.random() * (longest - SHORTEST_REST)
  }

  /** A greeting that nobody has answered may still be on its way, to this server itself perhaps. */
  private forgetGreetingLater(nonce: Uint8Array): void {
    const { clock, greetings } = this.options
    clock.after(PROVE_WITHIN, () => greetings.delete(nameOf(nonce)))
  }

  private hangUp(): void {
    this.stopWaiting()
    if (this.state.state === 'greeting') this.forgetGreetingLater(this.state.nonce)
    if (this.state.state === 'resting') this.state.stop()
    if (this.state.state === 'live') {
      this.state.stop()
      this.state.catchUp.close()
      this.outstanding.giveUpAll()
      this.options.lost(this.state.peer)
    }
    const { line } = this
    this.line = null
    line?.close()
  }

  private endFirstTry(): void {
    const waiting = this.firstTry ?? []
    this.firstTry = null
    for (const goOn of waiting) goOn()
  }

  private say(message: PeerMessage): void {
    this.line?.send(encodePeerMessage(message))
  }
}

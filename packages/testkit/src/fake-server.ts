import { Doc, emptyVersion, randomReplicaId, type Update } from '@manyhands/crdt'
import {
  type ClientMessage,
  decodeClientMessage,
  encodeServerMessage,
  type Hello,
  type Member,
  PROTOCOL_VERSION,
  type PresenceState,
  type Push,
  type RefusalReason,
  type ServerMessage,
} from '@manyhands/protocol'
import type { FakeClock } from './clock.ts'
import type { Lines, ServerLine } from './network.ts'
import { below, type Random } from './random.ts'

export interface FakeServerOptions {
  readonly url: string
  readonly lines: Lines
  readonly clock: FakeClock
  readonly random: Random
  /** How often a push is refused as not stored. */
  readonly refusing?: number
  /** The servers it names in its welcome. */
  readonly others?: readonly string[]
}

/** Someone connected. `pushed` is the last push taken, `acknowledged` the last one called stored. */
interface Guest {
  readonly line: ServerLine
  readonly member: number
  state: PresenceState
  pushed: number
  acknowledged: number
}

/**
 * A test double of a server: one document in memory, one disk that has it a little later, real messages. What a crash
 * finds in memory only is gone.
 */
export class FakeServer {
  private readonly options: FakeServerOptions
  private guests: readonly Guest[] = []
  private doc: Doc | null = null
  private saved: Uint8Array | null = null
  private cancelCommit: (() => void) | null = null
  private lastMember = 0
  /** Everything that a push brought, in the order of arrival. */
  readonly pushes: Push[] = []
  /** What each hello showed. */
  readonly tokens: string[] = []
  /** The key without which nobody is let in. */
  wants = ''
  title = ''
  language = ''
  diskText = ''
  diskTitle = ''
  /** Its process is stopped: it hears and says nothing, and no connection breaks. */
  hangs = false
  /** Words that the server keeps to itself. */
  mute: ServerMessage['type'] | null = null

  constructor(options: FakeServerOptions) {
    this.options = options
    this.start()
  }

  get text(): string {
    return this.doc?.text() ?? ''
  }

  get hash(): string {
    return this.doc?.stateHash() ?? ''
  }

  get present(): readonly Member[] {
    return this.guests.map(({ member, state }) => ({ member, state }))
  }

  start(): void {
    this.options.lines.listen(this.options.url, (line) => this.accept(line))
  }

  crash(): void {
    this.options.lines.silence(this.options.url)
    this.cancelCommit?.()
    this.cancelCommit = null
    this.guests = []
    this.doc = this.saved && this.load(this.saved)
    this.title = this.diskTitle
  }

  /** Says something to everyone. */
  say(message: ServerMessage): void {
    for (const guest of this.guests) this.tell(guest, message)
  }

  private load(bytes: Uint8Array): Doc {
    const doc = Doc.load(bytes, { replica: randomReplicaId(this.options.random) })
    if (!doc.ok) throw new Error(`The disk does not read: ${doc.error.message}`)
    return doc.value
  }

  private accept(line: ServerLine) {
    let guest: Guest | null = null
    return {
      message: (bytes: Uint8Array): void => {
        if (this.hangs) return
        const message = decodeClientMessage(bytes)
        if (!message.ok) throw new Error(`A client sent nonsense: ${message.error.detail}`)
        if (message.value.type === 'hello') guest = this.hello(line, message.value)
        else if (guest) this.heard(guest, message.value)
      },
      down: (): void => {
        if (guest) this.leave(guest)
      },
    }
  }

  private hello(line: ServerLine, hello: Hello): Guest | null {
    this.tokens.push(hello.token)
    if (this.wants !== '' && !hello.token.split(' ').includes(this.wants)) return this.refuse(line, 'forbidden')
    const { incarnation, person, version } = hello
    if (!this.doc && incarnation) this.doc = Doc.create({ replica: randomReplicaId(this.options.random), incarnation })
    if (!this.doc) return this.refuse(line, 'not-found')
    if (incarnation && incarnation !== this.doc.incarnation) return this.refuse(line, 'history-mismatch')
    this.lastMember++
    const state = { person, selection: null, idle: false }
    const guest = { line, member: this.lastMember, state, pushed: 0, acknowledged: 0 }
    this.tell(guest, {
      type: 'welcome',
      protocol: PROTOCOL_VERSION,
      server: this.options.url,
      member: guest.member,
      role: 'writer',
      incarnation: this.doc.incarnation,
      registers: [
        { name: 'title', value: this.title },
        { name: 'language', value: this.language },
      ],
      members: this.present,
      servers: this.options.others ?? [],
      stateHash: this.doc.stateHash(),
      version: this.doc.version(),
      update: this.doc.updateSince(version ?? emptyVersion),
    })
    this.guests = [...this.guests, guest]
    this.tellOthers(guest, { type: 'presence', member: guest.member, state })
    return guest
  }

  private refuse(line: ServerLine, reason: RefusalReason): null {
    line.send(encodeServerMessage({ type: 'refused', reason, detail: '', n: null }))
    line.close()
    return null
  }

  private leave(guest: Guest): void {
    this.guests = this.guests.filter((other) => other !== guest)
    this.say({ type: 'presence', member: guest.member, state: null })
  }

  private heard(guest: Guest, message: Exclude<ClientMessage, Hello>): void {
    switch (message.type) {
      case 'push':
        return this.push(guest, message)
      case 'presence':
        guest.state = message.state
        return this.tellOthers(guest, { type: 'presence', member: guest.member, state: message.state })
      case 'set-register': {
        const { name, value } = message
        if (name === 'title') this.title = value
        if (name === 'language') this.language = value
        this.commitSoon()
        return this.say({ type: 'registers', registers: [{ name, value }] })
      }
      case 'sync':
        return this.doc
          ? this.tell(guest, { type: 'updates', updates: [this.doc.updateSince(message.version)] })
          : undefined
    }
  }

  private push(guest: Guest, push: Push): void {
    const { doc } = this
    if (!doc) return
    this.pushes.push(push)
    if (this.options.random() < (this.options.refusing ?? 0)) {
      guest.acknowledged = push.n
      return this.tell(guest, { type: 'refused', reason: 'not-stored', detail: '', n: push.n })
    }
    if (this.taken(doc, push.update)) {
      guest.pushed = push.n
      this.tellOthers(guest, { type: 'updates', updates: [push.update] })
      this.commitSoon()
    } else {
      guest.acknowledged = push.n
      this.tell(guest, { type: 'resync', n: push.n, version: doc.version() })
    }
  }

  /** False: it hangs on something that has not come. Then it is tried on a copy, and the copy thrown away. */
  private taken(doc: Doc, update: Update): boolean {
    const trial = this.load(doc.encode())
    trial.apply(update)
    if (trial.waiting > 0) return false
    doc.apply(update)
    return true
  }

  private commitSoon(): void {
    this.cancelCommit ??= this.options.clock.after(1 + below(this.options.random, 20), () => this.commit())
  }

  private commit(): void {
    this.cancelCommit = null
    if (!this.doc) return
    this.saved = this.doc.encode()
    this.diskText = this.doc.text()
    this.diskTitle = this.title
    for (const guest of this.guests) this.acknowledge(guest, this.doc.stateHash())
  }

  private acknowledge(guest: Guest, stateHash: string): void {
    if (guest.pushed <= guest.acknowledged) return
    guest.acknowledged = guest.pushed
    this.tell(guest, { type: 'stored', n: guest.pushed, replicas: 1, servers: 1, stateHash })
  }

  private tellOthers(guest: Guest, message: ServerMessage): void {
    for (const other of this.guests) if (other !== guest) this.tell(other, message)
  }

  private tell(guest: Guest, message: ServerMessage): void {
    if (message.type !== this.mute && !this.hangs) guest.line.send(encodeServerMessage(message))
  }
}

import type { Update, Version } from '@manyhands/crdt'
import {
  bandOf,
  type RefusalReason,
  type Refused,
  type Role,
  type ServerMessage,
  type Stored,
  unreachable,
  type Welcome,
} from '@manyhands/protocol'
import { serverAfter, waitAfter } from './backoff.ts'
import {
  cutOff,
  isEmpty,
  loosened,
  type Outbox,
  type Parcel,
  queued,
  restated,
  returned,
  stored,
  taken,
} from './outbox.ts'

/**
 * Where a client stands with its servers. Offline: waits to try again. Joining: has called a server, which has not
 * answered yet. Live: in step. Refused: was told no for good; it tries again only when a person says so.
 */
export type Session = Course & (Offline | Joining | Live | Stopped)

interface Course {
  readonly servers: readonly string[]
  /** The index of the server we talk to, or call next. */
  readonly server: number
  /** Attempts in a row that came to nothing. */
  readonly failures: number
  readonly outbox: Outbox
  /** What a server said last of where the text is, and of its hash. */
  readonly told: Told
}

interface Told {
  readonly replicas: number
  readonly servers: number
  readonly stateHash: string | null
}

interface Offline {
  readonly state: 'offline'
  readonly retryAt: number
  /** Why the server ended it, if it said so. */
  readonly reason: RefusalReason | null
}

interface Joining {
  readonly state: 'joining'
}

interface Live {
  readonly state: 'live'
  readonly since: number
  readonly role: Role
  /** Why pushes pause: the server took one back. */
  readonly pause: RefusalReason | null
  /** Our state was seen to differ from the server's; soon we shall ask. */
  readonly doubt: boolean
}

interface Stopped {
  readonly state: 'refused'
  readonly reason: RefusalReason
  readonly detail: string
}

export type SessionEvent =
  | { readonly type: 'connect' }
  | { readonly type: 'wake' }
  | { readonly type: 'up' }
  | { readonly type: 'down' }
  | { readonly type: 'received'; readonly message: ServerMessage }
  | { readonly type: 'timer'; readonly timer: Timer }
  | { readonly type: 'edited'; readonly parcels: readonly Parcel[] }
  /** The answer to `catch-up`: what the server lacks. */
  | { readonly type: 'lacks'; readonly updates: readonly Update[] }
  /** The answer to `compare`. */
  | { readonly type: 'compared'; readonly equal: boolean }
  /** Something the server sent cannot be shown before something else has come. */
  | { readonly type: 'gap' }

export type Effect =
  | { readonly type: 'connect'; readonly url: string }
  | { readonly type: 'disconnect' }
  | { readonly type: 'hello' }
  | { readonly type: 'join'; readonly welcome: Welcome }
  | { readonly type: 'merge'; readonly updates: readonly Update[] }
  | { readonly type: 'push'; readonly n: number; readonly update: Update }
  /** Find what a server at that version lacks, and say so in a `lacks`; nothing, where our state has the hash `unless`. */
  | { readonly type: 'catch-up'; readonly version: Version; readonly unless: string | null }
  /** Say in a `compared` whether our state has this hash. */
  | { readonly type: 'compare'; readonly stateHash: string }
  /** Ask for what we lack; not, where by now our state has the hash `unless` and nothing waits for its beginning. */
  | { readonly type: 'sync'; readonly unless: string | null }
  /** Set a timer, in the place of the one of that name. */
  | { readonly type: 'timer'; readonly timer: Timer; readonly ms: number }

/** Timers are never called off: one that comes when it has lost its meaning changes nothing. */
export type Timer = 'retry' | 'overdue' | 'pause' | 'doubt'

/** The world's part in an event: when it was, and a chance from 0 up to 1. */
export interface Moment {
  readonly now: number
  readonly chance: number
}

type Step = readonly [Session, readonly Effect[]]
type LiveSession = Course & Live

/** A server that has not said welcome by then is as good as dead. */
export const WELCOME_WITHIN = 8000

/** A connection that lasted this long was a good one: its loss begins a new count of failures. */
const STEADY = 5000

/** The server's state may be ahead of what it has sent us; a difference that outlasts this is one. */
const DOUBT = 2000

/** What lacks its beginning is out of order by a moment at most. */
const GAP = 200

const PAUSE = 1000

export function newSession(servers: readonly string[], outbox: Outbox): Session {
  if (servers.length === 0) throw new RangeError('A session needs at least one server')
  const told = { replicas: 0, servers: 0, stateHash: null }
  return { state: 'offline', retryAt: 0, reason: null, servers, server: 0, failures: 0, outbox, told }
}

/** What an event means, given where we are. Touches nothing: `client.ts` carries out the effects, in order. */
export function receive(session: Session, event: SessionEvent, moment: Moment): Step {
  switch (event.type) {
    case 'connect':
      return session.state === 'offline' || session.state === 'refused' ? call(session) : [session, []]
    case 'wake':
      return session.state === 'offline' ? call(session) : [session, []]
    case 'up':
      return session.state === 'joining' ? [session, [{ type: 'hello' }]] : [session, []]
    case 'down':
      return session.state === 'joining' || session.state === 'live' ? lost(session, moment, null) : [session, []]
    case 'received':
      return heard(session, event.message, moment)
    case 'timer':
      return rang(session, event.timer, moment)
    case 'edited':
      return edited(session, event.parcels)
    case 'lacks':
      return session.state === 'live'
        ? push({ ...session, outbox: restated(session.outbox, event.updates) })
        : [session, []]
    case 'compared':
      return event.equal ? trust(session) : doubt(session, DOUBT)
    case 'gap':
      return doubt(session, GAP)
    default:
      return unreachable(event)
  }
}

function call(session: Session): Step {
  const { servers, server } = session
  const effects: Effect[] = [{ type: 'timer', timer: 'overdue', ms: WELCOME_WITHIN }]
  return [{ ...course(session), state: 'joining' }, [...effects, { type: 'connect', url: servers[server] ?? '' }]]
}

/** What holds in every state. */
function course({ servers, server, failures, outbox, told }: Session): Course {
  return { servers, server, failures, outbox, told }
}

function lost(session: Session, { now, chance }: Moment, reason: RefusalReason | null): Step {
  const steady = session.state === 'live' && now - session.since >= STEADY
  const failures = steady ? 1 : session.failures + 1
  const ms = waitAfter(failures, chance)
  const server = serverAfter(session.server, session.servers)
  const outbox = cutOff(session.outbox)
  const offline = { ...course(session), server, failures, outbox, state: 'offline', retryAt: now + ms, reason } as const
  return [offline, [{ type: 'timer', timer: 'retry', ms }]]
}

function heard(session: Session, message: ServerMessage, moment: Moment): Step {
  if (session.state === 'joining') return heardJoining(session, message, moment)
  return session.state === 'live' ? heardLive(session, message, moment) : [session, []]
}

function heardJoining(session: Session, message: ServerMessage, moment: Moment): Step {
  switch (message.type) {
    case 'welcome':
      return join(session, message, moment)
    case 'refused':
    case 'bye':
      return ended(session, message.reason, detailOf(message), moment)
    default:
      return [session, []]
  }
}

function heardLive(session: LiveSession, message: ServerMessage, moment: Moment): Step {
  switch (message.type) {
    case 'updates':
      return [session, [{ type: 'merge', updates: message.updates }]]
    case 'stored':
      return acknowledged(session, message)
    case 'resync':
      return [session, [{ type: 'catch-up', version: message.version, unless: null }]]
    case 'refused':
      return message.n === null || bandOf(message.reason) === 'permanent'
        ? ended(session, message.reason, message.detail, moment)
        : tookBack(session, message, message.n, moment)
    case 'bye':
      return ended(session, message.reason, '', moment)
    case 'welcome':
    case 'presence':
    case 'renamed':
      return [session, []]
    default:
      return unreachable(message)
  }
}

/** Each side has said what it knows; now we merge what we lacked and send what the server lacks. */
function join(session: Session, welcome: Welcome, { now }: Moment): Step {
  const servers = [...new Set([...session.servers, ...welcome.servers])]
  const told = { ...session.told, stateHash: welcome.stateHash }
  const live = { state: 'live', since: now, role: welcome.role, pause: null, doubt: false } as const
  const unless = isEmpty(session.outbox) ? welcome.stateHash : null
  const effects: Effect[] = [{ type: 'join', welcome }]
  if (welcome.role === 'writer') effects.push({ type: 'catch-up', version: welcome.version, unless })
  return [{ ...course(session), servers, told, ...live }, effects]
}

/** The server has closed the door: for good, or for now. One that is only restarting is a loss like any other. */
function ended(session: Session, reason: RefusalReason, detail: string, moment: Moment): Step {
  if (bandOf(reason) === 'permanent') return stopped(session, reason, detail)
  const failures = reason === 'shutting-down' ? session.failures : Math.max(1, session.failures)
  const [offline, effects] = lost({ ...course(session), failures, state: 'joining' }, moment, reason)
  return [offline, [{ type: 'disconnect' }, ...effects]]
}

function stopped(session: Session, reason: RefusalReason, detail: string): Step {
  const outbox = cutOff(session.outbox)
  return [{ ...course(session), outbox, state: 'refused', reason, detail }, [{ type: 'disconnect' }]]
}

function detailOf(message: ServerMessage): string {
  return message.type === 'refused' ? message.detail : ''
}

function acknowledged(session: LiveSession, { n, replicas, servers, stateHash }: Stored): Step {
  const outbox = stored(session.outbox, n)
  const [next, pushes] = push({ ...session, outbox, told: { replicas, servers, stateHash } })
  return isEmpty(next.outbox) ? [next, [{ type: 'compare', stateHash }]] : [next, pushes]
}

function tookBack(session: LiveSession, { reason }: Refused, n: number, { chance }: Moment): Step {
  const outbox = returned(session.outbox, n)
  const ms = PAUSE + Math.floor(chance * PAUSE)
  return [{ ...session, outbox, pause: reason }, [{ type: 'timer', timer: 'pause', ms }]]
}

function rang(session: Session, timer: Timer, moment: Moment): Step {
  switch (timer) {
    case 'retry':
      return session.state === 'offline' ? call(session) : [session, []]
    case 'overdue':
      return session.state === 'joining' ? overdue(session, moment) : [session, []]
    case 'pause':
      return session.state === 'live' ? push({ ...session, pause: null }) : [session, []]
    case 'doubt':
      return session.state === 'live' && session.doubt ? ask(session) : [session, []]
    default:
      return unreachable(timer)
  }
}

function ask(session: LiveSession): Step {
  return [{ ...session, doubt: false }, [{ type: 'sync', unless: session.told.stateHash }]]
}

function overdue(session: Session, moment: Moment): Step {
  const [offline, effects] = lost(session, moment, null)
  return [offline, [{ type: 'disconnect' }, ...effects]]
}

function edited(session: Session, parcels: readonly Parcel[]): Step {
  if (session.state !== 'live' || session.role === 'reader') {
    return [{ ...session, outbox: loosened(session.outbox, parcels) }, []]
  }
  return push({ ...session, outbox: queued(session.outbox, parcels) })
}

/** Sends what waits, as far as the server lets us. */
function push(session: LiveSession): Step {
  if (session.pause !== null) return [session, []]
  const [outbox, sent] = taken(session.outbox)
  return [{ ...session, outbox }, sent.map(({ n, update }) => ({ type: 'push', n, update }))]
}

function trust(session: Session): Step {
  return [session.state === 'live' ? { ...session, doubt: false } : session, []]
}

function doubt(session: Session, ms: number): Step {
  if (session.state !== 'live' || session.doubt) return [session, []]
  return [{ ...session, doubt: true }, [{ type: 'timer', timer: 'doubt', ms }]]
}

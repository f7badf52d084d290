import type { Update, Version } from '@manyhands/crdt'
import {
  type Agreement,
  bandOf,
  type RefusalReason,
  type Refused,
  type Role,
  type ServerMessage,
  type SharedRegister,
  type Stored,
  unreachable,
  type Welcome,
} from '@manyhands/protocol'
import { serverAfter, waitAfter } from './backoff.ts'
import {
  bytesOf,
  cutOff,
  hasRoom,
  isEmpty,
  loosened,
  type Outbox,
  type Parcel,
  queued,
  registered,
  restated,
  returned,
  stored,
  taken,
} from './outbox.ts'
import { freshPace, type Pace, paceAt, spent, waitFor } from './pace.ts'
import { serversAfterWelcome } from './servers.ts'

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
  /** What a server said last of where the text is, when, and of its hash. */
  readonly told: Told
  /** The id of the server that welcomed us last, */
  readonly home: string | null
  /** and what we may do, as a server said it last. */
  readonly role: Role | null
  /** When the last connection was lost; null while there is one, and before the first. */
  readonly lostAt: number | null
  /** How often we have moved to another server with all that we had: it was stored there. */
  readonly moves: number
}

interface Told {
  readonly replicas: number
  readonly servers: number
  readonly stateHash: string | null
  readonly agreement: Agreed | null
  readonly storedAt: number | null
}

/** How many servers, of how many, said that what they have has this hash. */
export type Agreed = Pick<Agreement, 'agreeing' | 'servers' | 'stateHash'>

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
  /** Why our role is less than our token gives us, if it is. */
  readonly hindrance: RefusalReason | null
  /** Why pushes pause: the server took one back. */
  readonly pause: RefusalReason | null
  /** Our state was seen to differ from the server's; soon we shall ask. */
  readonly doubt: boolean
  /** We come from another server: we find out what this one lacks, or it has yet to store that. */
  readonly moving: 'finding-out' | 'storing' | null
  readonly pace: Pace
  readonly silence: Silence | null
}

/** The server owes us an answer and says nothing. */
interface Silence {
  readonly since: number
  /** Since when it has answered no push: it may talk of other things. */
  readonly stuckSince: number
  /** Our own clock stood still meanwhile, once: then the silence may be ours. */
  readonly excused: boolean
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
  /** A person gave the document a title, say. The parcel says nothing, and answers for it. */
  | { readonly type: 'registered'; readonly register: SharedRegister; readonly parcel: Parcel }
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
  | ({ readonly type: 'set-register' } & SharedRegister)
  /** Find what a server at that version lacks, and say so in a `lacks`: no updates, where our state has the hash `unless`. */
  | { readonly type: 'catch-up'; readonly version: Version; readonly unless: string | null }
  /** Say in a `compared` whether our state has this hash. */
  | { readonly type: 'compare'; readonly stateHash: string }
  /** Ask for what we lack; not, where by now our state has the hash `unless` and nothing waits for its beginning. */
  | { readonly type: 'sync'; readonly unless: string | null }
  /** Set a timer, in the place of the one of that name. */
  | { readonly type: 'timer'; readonly timer: Timer; readonly ms: number }

/** Timers are never called off: one that comes when it has lost its meaning changes nothing. */
export type Timer = 'retry' | 'overdue' | 'pause' | 'doubt' | 'pace' | 'silence'

/** The world's part in an event: when it was, and a chance from 0 up to 1. */
export interface Moment {
  readonly now: number
  readonly chance: number
}

type Step = readonly [Session, readonly Effect[]]
type LiveSession = Course & Live

/** A server that has not said welcome by then is as good as dead. */
export const WELCOME_WITHIN = 8000

/** But while there is another one that we have not tried, that one may be quicker. */
export const WELCOME_SOON = 2500

/**
 * A server that is pushed to and says nothing, not even what others write, for so long: then another one is called. The
 * slowest phones and disks answer in two seconds. What is more than a trickle may take its time on the way; whether
 * that line lives, its ping tells.
 */
export const SILENCE = 4000
const TRICKLE_BYTES = 65_536

/**
 * A server that has answered no push for so long has a disk that hangs, whatever else it says. One that waits for its peers in
 * vain says so after three seconds.
 */
const STUCK = 10_000

/** A timer that rings so late comes from a tab that was frozen, or a lid that was closed. */
const LATE = 1000

/** A connection that lasted this long, or stored something, was a good one: its loss begins a new count of failures. */
const STEADY = 5000

/** The server's state may be ahead of what it has sent us; a difference that outlasts this is one. */
const DOUBT = 2000

/** What lacks its beginning is out of order by a moment at most. */
const GAP = 200

const PAUSE = 1000

/** What a server says that has not heard of a new link, or has another document under the name: the others are asked as well. */
const LATE_NEWS: ReadonlySet<RefusalReason> = new Set(['forbidden', 'history-mismatch'])

export function newSession(servers: readonly string[], outbox: Outbox): Session {
  if (servers.length === 0) throw new RangeError('A session needs at least one server')
  const told = { replicas: 0, servers: 0, stateHash: null, agreement: null, storedAt: null }
  const course = { servers, server: 0, failures: 0, outbox, told, home: null, role: null, lostAt: null, moves: 0 }
  return { ...course, state: 'offline', retryAt: 0, reason: null }
}

/** What an event means, given where we are. Touches nothing: `client.ts` carries out the effects, in order. */
export function receive(session: Session, event: SessionEvent, moment: Moment): Step {
  const [next, effects] = react(session, event, moment)
  return [arrived(next), effects]
}

function react(session: Session, event: SessionEvent, moment: Moment): Step {
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
      return edited(session, event.parcels, moment)
    case 'registered': {
      const outbox = registered(session.outbox, event.register, event.parcel)
      return edited({ ...session, outbox }, [event.parcel], moment)
    }
    case 'lacks':
      return session.state === 'live' ? lacks(session, event.updates, moment) : [session, []]
    case 'compared':
      return event.equal ? trust(session) : doubt(session, DOUBT)
    case 'gap':
      return doubt(session, GAP)
    default:
      return unreachable(event)
  }
}

/** All that was at risk when we came from another server is stored at this one. */
function arrived(session: Session): Session {
  if (session.state !== 'live' || session.moving !== 'storing' || !isEmpty(session.outbox)) return session
  return { ...session, moving: null, moves: session.moves + 1 }
}

function call(session: Session): Step {
  const ms = session.failures + 1 < choices(session) ? WELCOME_SOON : WELCOME_WITHIN
  const effects: Effect[] = [{ type: 'timer', timer: 'overdue', ms }]
  return [{ ...course(session), state: 'joining' }, [...effects, { type: 'connect', url: urlOf(session) }]]
}

/** How many servers there are to try: those we can call, or those that stand behind one address. */
function choices({ servers, told }: Session): number {
  return Math.max(servers.length, told.servers)
}

function urlOf({ servers, server }: Session): string {
  return servers[server] ?? ''
}

/** What holds in every state. */
function course({ servers, server, failures, outbox, told, home, role, lostAt, moves }: Session): Course {
  return { servers, server, failures, outbox, told, home, role, lostAt, moves }
}

function lost(session: Session, { now, chance }: Moment, reason: RefusalReason | null): Step {
  const wasGood = session.state === 'live' && (now - session.since >= STEADY || isStoring(session, reason))
  const failures = Math.max(wasGood ? 1 : session.failures + 1, 1 + failuresAtLeast(session, reason))
  const ms = waitAfter(failures, choices(session), chance)
  const server = serverAfter(session.server, session.servers)
  const outbox = cutOff(session.outbox)
  const lostAt = session.state === 'live' ? now : session.lostAt
  const wait = { state: 'offline', retryAt: now + ms, reason } as const
  return [{ ...course(session), server, failures, outbox, lostAt, ...wait }, [{ type: 'timer', timer: 'retry', ms }]]
}

/** It took what we sent until the line broke. A server that ends it itself for a reason may do so again at once. */
function isStoring({ outbox }: Session, reason: RefusalReason | null): boolean {
  return reason === null && outbox.acknowledged > 0
}

function heard(session: Session, message: ServerMessage, moment: Moment): Step {
  if (session.state === 'joining') return heardJoining(session, message, moment)
  if (session.state !== 'live') return [session, []]
  const [next, effects] = heardLive(session, message, moment)
  return [next.state === 'live' ? { ...next, silence: silenceAfter(message, next, moment) } : next, effects]
}

/** The server has just said something. What it still owes us, it owes from now on. */
function silenceAfter({ type }: ServerMessage, { outbox, silence }: LiveSession, { now }: Moment): Silence | null {
  if (silence === null || outbox.sent.length === 0) return null
  const isAnswer = type === 'stored' || type === 'refused' || type === 'resync'
  return { since: now, stuckSince: isAnswer ? now : silence.stuckSince, excused: false }
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
      return acknowledged(session, message, moment)
    case 'agreement':
      return agreed(session, message)
    case 'resync':
      return [session, [{ type: 'catch-up', version: message.version, unless: null }]]
    case 'refused':
      if (message.n !== null && session.role === 'reader') return keptBack(session, message.n)
      return message.n === null || bandOf(message.reason) === 'permanent'
        ? ended(session, message.reason, message.detail, moment)
        : tookBack(session, message, message.n, moment)
    case 'bye':
      return ended(session, message.reason, '', moment)
    case 'role':
      return changedRole({ ...session, role: message.role, hindrance: message.reason }, moment)
    case 'welcome':
    case 'presence':
    case 'registers':
      return [session, []]
    default:
      return unreachable(message)
  }
}

/** Each side has said what it knows; now we merge what we lacked and send what the server lacks. */
function join(session: Session, welcome: Welcome, { now, chance }: Moment): Step {
  const home = welcome.server
  const servers = serversAfterWelcome(urlOf(session), welcome.servers, session.servers, chance)
  const told = { ...session.told, stateHash: welcome.stateHash, agreement: null }
  const isMove = session.home !== null && session.home !== home
  const isWriter = welcome.role === 'writer'
  const moving = isMove ? (isWriter ? 'finding-out' : 'storing') : null
  const fresh = { hindrance: null, pause: null, doubt: false, pace: freshPace(now), silence: null } as const
  const live = { state: 'live', since: now, role: welcome.role, lostAt: null, moving, ...fresh } as const
  const unless = isEmpty(session.outbox) ? welcome.stateHash : null
  const effects: Effect[] = [{ type: 'join', welcome }]
  if (isWriter) effects.push({ type: 'catch-up', version: welcome.version, unless })
  return [{ ...course(session), servers, server: 0, told, home, ...live }, effects]
}

/** What hinders this server may not hinder another one. */
function changedRole(session: LiveSession, moment: Moment): Step {
  const elsewhere = session.hindrance !== null && session.failures + 1 < choices(session)
  return elsewhere ? leave(session, moment, session.hindrance) : [session, []]
}

/** The server has closed the door: for good, or for now. One that is only restarting is a loss like any other. */
function ended(session: Session, reason: RefusalReason, detail: string, moment: Moment): Step {
  if (bandOf(reason) !== 'permanent') return leave(session, moment, reason)
  // One that ends a connection for it has heard news, and not missed them.
  const mayBeLate = session.state === 'joining' && LATE_NEWS.has(reason) && session.failures + 1 < choices(session)
  return mayBeLate ? leave(session, moment, reason) : stopped(session, reason, detail)
}

/** Another server may let us in at once; but who has said too much, said it to all of them. */
function failuresAtLeast(session: Session, reason: RefusalReason | null): number {
  if (reason === null || reason === 'shutting-down') return 0
  return reason === 'rate-limited' || choices(session) === 1 ? choices(session) : 0
}

function stopped(session: Session, reason: RefusalReason, detail: string): Step {
  const outbox = cutOff(session.outbox)
  return [{ ...course(session), outbox, state: 'refused', reason, detail }, [{ type: 'disconnect' }]]
}

function detailOf(message: ServerMessage): string {
  return message.type === 'refused' ? message.detail : ''
}

/** A word about pushes that are stored already tells on how many servers they are by now, unless later ones are stored. */
function acknowledged(session: LiveSession, { n, replicas, servers, stateHash }: Stored, moment: Moment): Step {
  const said = { replicas, servers, stateHash, storedAt: moment.now }
  const told = n < session.outbox.acknowledged ? session.told : { ...session.told, ...said }
  const [next, effects] = push({ ...session, outbox: stored(session.outbox, n), told }, moment)
  return isEmpty(next.outbox) ? [next, [{ type: 'compare', stateHash }]] : [next, effects]
}

/** Said at rest and again and again, to readers as well: whoever has nothing under way can see whether they have the same. */
function agreed(session: LiveSession, { agreeing, servers, stateHash }: Agreement): Step {
  const told = { ...session.told, stateHash, agreement: { agreeing, servers, stateHash } }
  return [{ ...session, told }, isEmpty(session.outbox) ? [{ type: 'compare', stateHash }] : []]
}

/** We were made a reader while these were on their way. They stay here, and are told to nobody else. */
function keptBack(session: LiveSession, n: number): Step {
  return [{ ...session, outbox: returned(session.outbox, n) }, []]
}

function tookBack(session: LiveSession, { reason }: Refused, n: number, moment: Moment): Step {
  const outbox = returned(session.outbox, n)
  if (mayBeBetterElsewhere(session)) return leave({ ...session, outbox }, moment, reason)
  const ms = PAUSE + Math.floor(moment.chance * PAUSE)
  return [{ ...session, outbox, pause: reason }, [{ type: 'timer', timer: 'pause', ms }]]
}

/** A server whose disk takes nothing is left for another one; but where none takes anything, we stay. */
function mayBeBetterElsewhere(session: LiveSession): boolean {
  const { outbox, failures } = session
  return choices(session) > 1 && (outbox.acknowledged > 0 || failures + 1 < choices(session))
}

function rang(session: Session, timer: Timer, moment: Moment): Step {
  switch (timer) {
    case 'retry':
      return session.state === 'offline' ? call(session) : [session, []]
    case 'overdue':
      return session.state === 'joining' ? leave(session, moment, null) : [session, []]
    case 'pause':
      return session.state === 'live' ? push({ ...session, pause: null }, moment) : [session, []]
    case 'pace':
      return session.state === 'live' ? push(session, moment) : [session, []]
    case 'silence':
      return session.state === 'live' && session.silence !== null
        ? listen(session, session.silence, moment)
        : [session, []]
    case 'doubt':
      return session.state === 'live' && session.doubt ? ask(session) : [session, []]
    default:
      return unreachable(timer)
  }
}

function ask(session: LiveSession): Step {
  return [{ ...session, doubt: false }, [{ type: 'sync', unless: session.told.stateHash }]]
}

/** Hangs up: the server is as good as dead, or of no use. */
function leave(session: Session, moment: Moment, reason: RefusalReason | null): Step {
  const [offline, effects] = lost(session, moment, reason)
  return [offline, [{ type: 'disconnect' }, ...effects]]
}

function listen(session: LiveSession, { since, stuckSince, excused }: Silence, moment: Moment): Step {
  const left = Math.min(since + SILENCE, stuckSince + STUCK) - moment.now
  if (left > 0) return [session, [{ type: 'timer', timer: 'silence', ms: left }]]
  const frozen = left < -LATE && !excused
  const patient = choices(session) === 1 || bytesOf(session.outbox.sent) > TRICKLE_BYTES
  if (!frozen && !patient) return leave(session, moment, null)
  const silence = { since: moment.now, stuckSince: moment.now, excused: excused || frozen }
  return [{ ...session, silence }, [{ type: 'timer', timer: 'silence', ms: SILENCE }]]
}

function edited(session: Session, parcels: readonly Parcel[], moment: Moment): Step {
  if (session.state !== 'live' || session.role === 'reader') {
    return [{ ...session, outbox: loosened(session.outbox, parcels) }, []]
  }
  return push({ ...session, outbox: queued(session.outbox, parcels) }, moment)
}

function lacks(session: LiveSession, updates: readonly Update[], moment: Moment): Step {
  const moving = session.moving && 'storing'
  const news = isEmpty(session.outbox) ? updates.filter((update) => !update.isEmpty) : updates
  return push({ ...session, outbox: restated(session.outbox, news), moving }, moment)
}

/** Sends what waits, as far and as fast as the server lets us. */
function push(session: LiveSession, { now }: Moment): Step {
  if (session.pause !== null || session.role === 'reader') return [session, []]
  const full = paceAt(session.pace, now)
  const [outbox, sent] = taken(session.outbox, full)
  const pace = spent(full, sent.length, bytesOf(sent))
  const effects: Effect[] = sent.map(({ n, update }) => ({ type: 'push', n, update }))
  const fresh = outbox.registers.filter(({ n }) => n !== null && n === sent[0]?.n)
  effects.unshift(...fresh.map(({ name, value }) => ({ type: 'set-register', name, value }) as const))
  const mustWait = hasRoom(outbox) ? waitFor(pace, bytesOf(outbox.waiting.slice(0, 1))) : 0
  if (mustWait > 0) effects.push({ type: 'timer', timer: 'pace', ms: mustWait })
  const isSilent = sent.length > 0 && session.silence === null
  if (isSilent) effects.push({ type: 'timer', timer: 'silence', ms: SILENCE })
  const silence = isSilent ? { since: now, stuckSince: now, excused: false } : session.silence
  return [{ ...session, outbox, pace, silence }, effects]
}

function trust(session: Session): Step {
  return [session.state === 'live' ? { ...session, doubt: false } : session, []]
}

function doubt(session: Session, ms: number): Step {
  if (session.state !== 'live' || session.doubt) return [session, []]
  return [{ ...session, doubt: true }, [{ type: 'timer', timer: 'doubt', ms }]]
}

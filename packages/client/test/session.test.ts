import { Doc, emptyVersion, incarnation, replicaId } from '@manyhands/crdt'
import type { RefusalReason, Role, ServerMessage, Welcome } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { atRisk, emptyOutbox, type Parcel } from '../src/outbox.ts'
import { type Effect, newSession, receive, type Session, type SessionEvent } from '../src/session.ts'

const doc = Doc.create({ replica: replicaId(1), incarnation: incarnation('0'.repeat(32)) })
const update = doc.edit([{ from: 0, to: 0, insert: 'abc' }])
const HASH = '0123456789abcdef'

const connect: SessionEvent = { type: 'connect' }
const wake: SessionEvent = { type: 'wake' }
const up: SessionEvent = { type: 'up' }
const down: SessionEvent = { type: 'down' }
const overdue: SessionEvent = { type: 'timer', timer: 'overdue' }
const retry: SessionEvent = { type: 'timer', timer: 'retry' }
const pauseOver: SessionEvent = { type: 'timer', timer: 'pause' }
const doubtOver: SessionEvent = { type: 'timer', timer: 'doubt' }
const gap: SessionEvent = { type: 'gap' }
const lacksNothing: SessionEvent = { type: 'lacks', updates: [] }
const lacks: SessionEvent = { type: 'lacks', updates: [update] }
const hear = (message: ServerMessage): SessionEvent => ({ type: 'received', message })
const compared = (equal: boolean): SessionEvent => ({ type: 'compared', equal })
const edit = (characters = 3, since = 0): SessionEvent => {
  const parcel: Parcel = { update, characters, since }
  return { type: 'edited', parcels: [parcel] }
}
const stored = (n: number): SessionEvent => hear({ type: 'stored', n, replicas: 2, servers: 3, stateHash: HASH })
const refused = (reason: RefusalReason, n: number | null = null): SessionEvent =>
  hear({ type: 'refused', reason, detail: 'as seen', n })
const bye = (reason: RefusalReason): SessionEvent => hear({ type: 'bye', reason })
const resync = (n: number): SessionEvent => hear({ type: 'resync', n, version: emptyVersion })

function welcome(role: Role = 'writer', servers: readonly string[] = []): SessionEvent {
  const message: Welcome = {
    type: 'welcome',
    protocol: 1,
    member: 1,
    role,
    incarnation: doc.incarnation,
    title: '',
    members: [],
    servers,
    stateHash: HASH,
    version: emptyVersion,
    update,
  }
  return hear(message)
}

const offline = newSession(['a', 'b'], emptyOutbox)
const half = { now: 1000, chance: 0.5 }

/** Lets the events happen one second after the other, and says where that ends and what the last of them asks for. */
function after(start: Session, ...events: readonly SessionEvent[]): { session: Session; effects: readonly string[] } {
  let session = start
  let effects: readonly Effect[] = []
  for (const [i, event] of events.entries()) {
    const step = receive(session, event, { now: 1000 * (i + 1), chance: 0.5 })
    session = step[0]
    effects = step[1]
  }
  return { session, effects: effects.map(inWords) }
}

function inWords(effect: Effect): string {
  if (effect.type === 'connect') return `connect ${effect.url}`
  if (effect.type === 'push') return `push ${effect.n}`
  if (effect.type === 'timer') return `${effect.timer} in ${effect.ms}`
  if (effect.type === 'catch-up') return effect.unless === null ? 'catch-up' : 'catch-up unless equal'
  return effect.type
}

const live = after(offline, connect, up, welcome(), lacksNothing).session
const reading = after(offline, connect, up, welcome('reader')).session
const writing = after(live, edit(3), edit(4)).session
const joining = after(offline, connect).session
const stopped = after(joining, refused('forbidden')).session

const HANG_UP = ['disconnect', 'retry in 250']

type Row = readonly [
  from: Session,
  what: string,
  events: readonly SessionEvent[],
  to: Session['state'],
  effects: readonly string[],
]

const table: readonly Row[] = [
  [offline, 'asked to connect, calls the first server', [connect], 'joining', ['overdue in 8000', 'connect a']],
  [offline, 'woken, calls at once', [wake], 'joining', ['overdue in 8000', 'connect a']],
  [offline, 'when the wait is over, calls', [retry], 'joining', ['overdue in 8000', 'connect a']],
  [offline, 'ignores words of a connection it no longer has', [up, down, welcome(), stored(3), overdue], 'offline', []],
  [joining, 'says hello when the line is up', [up], 'joining', ['hello']],
  [
    joining,
    'welcomed, joins and asks what the server lacks',
    [up, welcome()],
    'live',
    ['join', 'catch-up unless equal'],
  ],
  [joining, 'after edits, asks so in any case', [edit(), up, welcome()], 'live', ['join', 'catch-up']],
  [joining, 'welcomed as a reader, only joins', [edit(), up, welcome('reader')], 'live', ['join']],
  [joining, 'ignores calls to connect', [connect, wake, retry], 'joining', []],
  [joining, 'lost for the first time, tries the next server at once', [down], 'offline', ['retry in 0']],
  [joining, 'not welcomed in time, is lost', [up, overdue], 'offline', ['disconnect', 'retry in 0']],
  [joining, 'refused for good, stops', [up, refused('not-found')], 'refused', ['disconnect']],
  [joining, 'refused for now, waits', [up, refused('too-many-connections')], 'offline', HANG_UP],
  [
    joining,
    'at a server that restarts, tries the next at once',
    [bye('shutting-down')],
    'offline',
    ['disconnect', 'retry in 0'],
  ],
  [live, 'pushes an edit', [edit()], 'live', ['push 1']],
  [live, 'pushes many edits without waiting for the first to be stored', [edit(), edit()], 'live', ['push 2']],
  [live, 'compares when everything is stored', [edit(), edit(), stored(2)], 'live', ['compare']],
  [live, 'does not compare while something is under way', [edit(), edit(), stored(1)], 'live', []],
  [live, 'lost, tries the next server at once', [down], 'offline', ['retry in 0']],
  [live, 'overdue means nothing any more', [overdue], 'live', []],
  [live, 'is told goodbye for now', [bye('rate-limited')], 'offline', HANG_UP],
  [live, 'is told goodbye for good', [bye('forbidden')], 'refused', ['disconnect']],
  [
    writing,
    'takes back a push that could not be stored, and pauses',
    [refused('not-stored', 1)],
    'live',
    ['pause in 1500'],
  ],
  [writing, 'sends nothing during the pause', [refused('not-stored', 1), edit()], 'live', []],
  [writing, 'sends it again after the pause', [refused('not-stored', 1), pauseOver], 'live', ['push 3']],
  [writing, 'stops when a push is refused for good', [refused('forged-author', 2)], 'refused', ['disconnect']],
  [writing, 'asked to resync, finds out what the server lacks', [resync(1)], 'live', ['catch-up']],
  [writing, 'and pushes it under a new number', [resync(1), lacks], 'live', ['push 3']],
  [live, 'seeing a difference, waits a moment', [compared(false)], 'live', ['doubt in 2000']],
  [live, 'seeing it again, waits no longer than that', [compared(false), compared(false)], 'live', []],
  [live, 'asks for what it lacks when the difference has lasted', [compared(false), doubtOver], 'live', ['sync']],
  [live, 'does not ask when the difference has gone', [compared(false), compared(true), doubtOver], 'live', []],
  [live, 'asks soon for the beginning of what has none', [gap], 'live', ['doubt in 200']],
  [reading, 'keeps what it writes to itself', [edit()], 'live', []],
  [stopped, 'ignores everything', [wake, retry, up, down, edit(), welcome(), doubtOver, lacks], 'refused', []],
  [stopped, 'but a person', [connect], 'joining', ['overdue in 8000', 'connect a']],
]

for (const [from, what, events, state, effects] of table) {
  test(`${from.state}: ${what}`, () => {
    const end = after(from, ...events)
    expect(end.session.state).toBe(state)
    expect(end.effects).toEqual(effects)
  })
}

test('[S2] edits made offline, while joining, in flight and refused are at risk until they are stored', () => {
  const risk = (session: Session): number => atRisk(session.outbox).characters
  let { session } = after(offline, edit(1), connect, edit(2), up, edit(4))
  expect(risk(session)).toBe(7)
  session = after(session, welcome(), lacks, edit(8)).session
  expect(risk(session)).toBe(15)
  session = after(session, down).session
  expect(risk(session)).toBe(15)
  session = after(session, connect, refused('forbidden'), edit(16)).session
  expect(risk(session)).toBe(31)
  session = after(session, connect, up, welcome(), lacks).session
  expect(risk(session)).toBe(31)
  session = after(session, stored(1)).session
  expect(risk(session)).toBe(0)
})

test('`stored` of one connection says nothing of the next', () => {
  const second = after(writing, down, connect, up, welcome(), lacks, edit()).session
  expect(second.outbox.sent.map(({ n }) => n)).toEqual([1, 2])
  expect(atRisk(after(second, stored(1)).session.outbox).characters).toBe(3)
})

test('the servers take turns, and one that a welcome names joins them', () => {
  const named = after(live, down).session
  expect(named.server).toBe(1)
  const wider = after(offline, connect, up, welcome('writer', ['b', 'c'])).session
  expect(wider.servers).toEqual(['a', 'b', 'c'])
})

test('failures in a row make the wait longer, a steady connection forgets them', () => {
  const waits = (session: Session): number => (session.state === 'offline' ? session.retryAt - 1000 : -1)
  let session: Session = offline
  const seen: number[] = []
  for (let i = 0; i < 4; i++) {
    session = receive(after(session, connect).session, down, half)[0]
    seen.push(waits(session))
  }
  expect(seen).toEqual([0, 250, 500, 1000])
  const flapping = receive(after(session, connect, up, welcome()).session, down, { ...half, now: 3100 })[0]
  expect(flapping.failures).toBe(5)
  const steady = receive(after(session, connect, up, welcome()).session, down, { ...half, now: 9000 })[0]
  expect(steady.failures).toBe(1)
})

test('a refusal says why; what a server told of the text stays known', () => {
  expect(stopped).toMatchObject({ state: 'refused', reason: 'forbidden', detail: 'as seen' })
  const { session } = after(writing, stored(2), down)
  expect(session.told).toEqual({ replicas: 2, servers: 3, stateHash: HASH })
})

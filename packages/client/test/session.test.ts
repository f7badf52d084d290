import { Doc, emptyVersion, incarnation, replicaId } from '@manyhands/crdt'
import type { RefusalReason, Role, ServerMessage, Welcome } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { atRisk, emptyOutbox, type Parcel } from '../src/outbox.ts'
import { PUSHES_AT_ONCE } from '../src/pace.ts'
import { type Effect, newSession, receive, type Session, type SessionEvent, SILENCE } from '../src/session.ts'

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
const entitled = (title: string): SessionEvent => {
  const parcel: Parcel = { update: doc.edit([]), characters: title.length, since: 0 }
  return { type: 'registered', register: { name: 'title', value: title }, parcel }
}
const stored = (n: number, replicas = 2): SessionEvent =>
  hear({ type: 'stored', n, replicas, servers: 3, stateHash: HASH })
const silenceOver: SessionEvent = { type: 'timer', timer: 'silence' }
const paceOver: SessionEvent = { type: 'timer', timer: 'pace' }
const refused = (reason: RefusalReason, n: number | null = null): SessionEvent =>
  hear({ type: 'refused', reason, detail: 'as seen', n })
const bye = (reason: RefusalReason): SessionEvent => hear({ type: 'bye', reason })
const role = (role: Role, reason: RefusalReason | null = null): SessionEvent => hear({ type: 'role', role, reason })
const resync = (n: number): SessionEvent => hear({ type: 'resync', n, version: emptyVersion })

function welcome(role: Role = 'writer', servers: readonly string[] = [], server = 'a'): SessionEvent {
  const message: Welcome = {
    type: 'welcome',
    protocol: 3,
    server,
    member: 1,
    role,
    incarnation: doc.incarnation,
    registers: [],
    members: [],
    servers,
    stateHash: HASH,
    version: emptyVersion,
    update,
  }
  return hear(message)
}

const there = (role: Role = 'writer'): SessionEvent => welcome(role, [], 'b')

const offline = newSession(['a', 'b'], emptyOutbox)
const lonely = newSession(['a'], emptyOutbox)
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
  if (effect.type === 'set-register') return `${effect.name} ${effect.value}`
  if (effect.type === 'timer') return `${effect.timer} in ${effect.ms}`
  if (effect.type === 'catch-up') return effect.unless === null ? 'catch-up' : 'catch-up unless equal'
  return effect.type
}

const live = after(offline, connect, up, welcome(), lacksNothing).session
const reading = after(offline, connect, up, welcome('reader')).session
const writing = after(live, edit(3), edit(4)).session
const joining = after(offline, connect).session
const stopped = after(joining, refused('forbidden'), retry, refused('forbidden')).session

const onlyOne = after(lonely, connect, up, welcome(), lacksNothing).session

const MOVE_ON = ['disconnect', 'retry in 0']

type Row = readonly [
  from: Session,
  what: string,
  events: readonly SessionEvent[],
  to: Session['state'],
  effects: readonly string[],
]

const table: readonly Row[] = [
  [offline, 'asked to connect, calls the first server', [connect], 'joining', ['overdue in 2500', 'connect a']],
  [offline, 'woken, calls at once', [wake], 'joining', ['overdue in 2500', 'connect a']],
  [offline, 'when the wait is over, calls', [retry], 'joining', ['overdue in 2500', 'connect a']],
  [lonely, 'is more patient where there is no other server', [connect], 'joining', ['overdue in 8000', 'connect a']],
  [
    offline,
    'and with the last that is left to try',
    [connect, down, retry],
    'joining',
    ['overdue in 8000', 'connect b'],
  ],
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
  [onlyOne, 'told to read only, keeps its edits', [role('reader', 'damaged'), edit(), pauseOver, paceOver], 'live', []],
  [live, 'told to read only because of damage, tries another server', [role('reader', 'damaged')], 'offline', MOVE_ON],
  [live, 'told to read only because that is its role, stays', [role('reader')], 'live', []],
  [reading, 'told to write, waits for what the server lacks', [edit(), role('writer')], 'live', []],
  [reading, 'and finds that out', [edit(), role('writer'), resync(0)], 'live', ['catch-up']],
  [joining, 'ignores calls to connect', [connect, wake, retry], 'joining', []],
  [joining, 'lost for the first time, tries the next server at once', [down], 'offline', ['retry in 0']],
  [joining, 'not welcomed in time, is lost', [up, overdue], 'offline', ['disconnect', 'retry in 0']],
  [
    joining,
    'refused by one that may not know a new link, asks the others',
    [up, refused('forbidden')],
    'offline',
    MOVE_ON,
  ],
  [
    joining,
    'and stops when all of them have said so',
    [up, refused('forbidden'), retry, up, refused('forbidden')],
    'refused',
    ['disconnect'],
  ],
  [joining, 'refused for good, stops', [up, refused('not-found')], 'refused', ['disconnect']],
  [
    joining,
    'refused for now, tries the next server at once',
    [up, refused('too-many-connections')],
    'offline',
    MOVE_ON,
  ],
  [
    joining,
    'refused by all of them for now, and by the first again, waits',
    [up, refused('too-many-connections'), retry, up, refused('damaged'), retry, up, refused('damaged')],
    'offline',
    ['disconnect', 'retry in 250'],
  ],
  [
    joining,
    'at a server that restarts, tries the next at once',
    [bye('shutting-down')],
    'offline',
    ['disconnect', 'retry in 0'],
  ],
  [live, 'pushes an edit', [edit()], 'live', ['push 1', 'silence in 4000']],
  [live, 'pushes many edits without waiting for the first to be stored', [edit(), edit()], 'live', ['push 2']],
  [live, 'compares when everything is stored', [edit(), edit(), stored(2)], 'live', ['compare']],
  [live, 'does not compare while something is under way', [edit(), edit(), stored(1)], 'live', []],
  [live, 'lost, tries the next server at once', [down], 'offline', ['retry in 0']],
  [live, 'overdue means nothing any more', [overdue], 'live', []],
  [live, 'told that it says too much, waits', [bye('rate-limited')], 'offline', ['disconnect', 'retry in 250']],
  [live, 'told goodbye for now, tries the next server at once', [bye('damaged')], 'offline', MOVE_ON],
  [live, 'is told goodbye for good', [bye('client-too-old')], 'refused', ['disconnect']],
  [live, 'and that its link is none any more', [bye('forbidden')], 'refused', ['disconnect']],
  [writing, 'leaves a server that can store nothing for another one', [refused('not-stored', 1)], 'offline', MOVE_ON],
  [
    writing,
    'but where none can, takes the push back, and pauses',
    [refused('not-stored', 1), retry, up, welcome(), lacks, refused('not-stored', 1)],
    'live',
    ['pause in 1500'],
  ],
  [onlyOne, 'or there is only one', [edit(), refused('not-stored', 1)], 'live', ['pause in 1500']],
  [onlyOne, 'sends nothing during the pause', [edit(), refused('not-stored', 1), edit()], 'live', []],
  [
    onlyOne,
    'sends it again after the pause',
    [edit(), refused('not-stored', 1), pauseOver],
    'live',
    ['push 2', 'silence in 4000'],
  ],
  [
    live,
    'sends a title, and a push that answers for it',
    [entitled('T')],
    'live',
    ['title T', 'push 1', 'silence in 4000'],
  ],
  [
    live,
    'sends a title that is not stored yet to the next server',
    [entitled('T'), down, retry, up, welcome(), lacksNothing],
    'live',
    ['title T', 'push 1', 'silence in 4000'],
  ],
  [
    live,
    'sends a title that is stored no more',
    [entitled('T'), stored(1), down, retry, up, welcome(), lacksNothing],
    'live',
    [],
  ],
  [reading, 'keeps a title to itself', [entitled('T')], 'live', []],
  [writing, 'stops when a push is refused for good', [refused('forged-author', 2)], 'refused', ['disconnect']],
  [writing, 'asked to resync, finds out what the server lacks', [resync(1)], 'live', ['catch-up']],
  [writing, 'and pushes it under a new number', [resync(1), lacks], 'live', ['push 3']],
  [live, 'seeing a difference, waits a moment', [compared(false)], 'live', ['doubt in 2000']],
  [live, 'seeing it again, waits no longer than that', [compared(false), compared(false)], 'live', []],
  [live, 'asks for what it lacks when the difference has lasted', [compared(false), doubtOver], 'live', ['sync']],
  [live, 'does not ask when the difference has gone', [compared(false), compared(true), doubtOver], 'live', []],
  [live, 'asks soon for the beginning of what has none', [gap], 'live', ['doubt in 200']],
  [reading, 'keeps what it writes to itself', [edit()], 'live', []],
  [
    writing,
    'made a reader, keeps what is refused, and goes on reading',
    [role('reader', null), refused('forbidden', 2)],
    'live',
    [],
  ],
  [
    writing,
    'and made a writer again, says it anew',
    [role('reader', null), refused('forbidden', 2), role('writer', null), resync(0), lacks],
    'live',
    ['push 3', 'silence in 4000'],
  ],
  [stopped, 'ignores everything', [wake, retry, up, down, edit(), welcome(), doubtOver, lacks], 'refused', []],
  [stopped, 'but a person', [connect], 'joining', ['overdue in 8000', 'connect b']],
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

test('[F1] the servers take turns, and those that a welcome names come first', () => {
  expect(after(live, down).session.server).toBe(1)
  const wider = after(offline, connect, up, welcome('writer', ['c', 'a', 'd', 'e'])).session
  expect(wider.servers).toEqual(['a', 'd', 'e', 'c', 'b'])
  expect(wider.server).toBe(0)
})

test('[F1] failures in a row make the wait longer, one that was steady or stored something forgets them', () => {
  const waits = (session: Session): number => (session.state === 'offline' ? session.retryAt - 1000 : -1)
  let session: Session = offline
  const seen: number[] = []
  for (let i = 0; i < 5; i++) {
    session = receive(after(session, connect).session, down, half)[0]
    seen.push(waits(session))
  }
  expect(seen).toEqual([0, 0, 250, 500, 1000])
  const flapping = receive(after(session, connect, up, welcome()).session, down, { ...half, now: 3100 })[0]
  expect(flapping.failures).toBe(6)
  const steady = receive(after(session, connect, up, welcome()).session, down, { ...half, now: 9000 })[0]
  expect(steady.failures).toBe(1)
  const stored1 = after(session, connect, up, welcome(), lacksNothing, edit(), stored(1)).session
  const stored1ThenGone = receive(stored1, down, { ...half, now: 6500 })[0]
  expect(stored1ThenGone.failures).toBe(1)
  const stored1ThenFull = receive(stored1, bye('too-many-connections'), { ...half, now: 6500 })[0]
  expect(stored1ThenFull.failures).toBe(6)
  const chatty = receive(live, bye('rate-limited'), { ...half, now: 100_000 })[0]
  expect(waits(chatty)).toBe(99_250)
})

/** One event at its time. */
function at(session: Session, now: number, event: SessionEvent): { session: Session; effects: readonly string[] } {
  const [next, effects] = receive(session, event, { now, chance: 0.5 })
  return { session: next, effects: effects.map(inWords) }
}

test('[F2] a server that is pushed to and says nothing for four seconds is left for another one', () => {
  const { session } = at(live, 10_000, edit())
  expect(at(session, 10_000 + SILENCE, silenceOver).effects).toEqual(MOVE_ON)
  const chatting = at(session, 13_000, hear({ type: 'updates', updates: [] })).session
  expect(at(chatting, 14_000, silenceOver)).toMatchObject({ session: { state: 'live' }, effects: ['silence in 3000'] })
  expect(at(chatting, 17_000, silenceOver).effects).toEqual(MOVE_ON)
  const answered = at(session, 13_000, stored(1)).session
  expect(at(answered, 20_000, silenceOver)).toMatchObject({ session: { state: 'live' }, effects: [] })
})

test('[F2] a server that talks but stores nothing for ten seconds is left as well', () => {
  let { session } = at(live, 10_000, edit())
  for (let now = 11_000; now < 20_000; now += 1000)
    session = at(session, now, hear({ type: 'updates', updates: [] })).session
  expect(at(session, 19_500, silenceOver)).toMatchObject({ session: { state: 'live' }, effects: ['silence in 500'] })
  expect(at(session, 20_000, silenceOver).effects).toEqual(MOVE_ON)
  const storing = at(at(session, 19_000, edit()).session, 19_500, stored(1)).session
  expect(at(storing, 20_000, silenceOver)).toMatchObject({ session: { state: 'live' }, effects: ['silence in 3500'] })
})

test('[F2] but not where there is no other, nor while much is on its way', () => {
  const alone = at(onlyOne, 10_000, edit()).session
  expect(at(alone, 14_000, silenceOver).session.state).toBe('live')
  const big = Doc.create({ replica: replicaId(2), incarnation: doc.incarnation })
  const pasted = big.edit([{ from: 0, to: 0, insert: 'x'.repeat(100_000) }])
  const parcel = { update: pasted, characters: 100_000, since: 0 }
  const uploading = at(live, 10_000, { type: 'edited', parcels: [parcel] }).session
  expect(at(uploading, 14_000, silenceOver)).toMatchObject({ session: { state: 'live' }, effects: ['silence in 4000'] })
})

test('where several servers stand behind one address, it is called again at once', () => {
  const told = at(at(onlyOne, 9000, edit()).session, 9500, stored(1)).session
  const { session } = at(told, 10_000, edit())
  const left = at(session, 10_000 + SILENCE, silenceOver)
  expect(left.effects).toEqual(MOVE_ON)
  expect(at(left.session, 14_000, retry).effects).toEqual(['overdue in 2500', 'connect a'])
})

test('a frozen tab is not a dead server: an alarm that comes late is given one more chance', () => {
  const { session } = at(live, 10_000, edit())
  const thawed = at(session, 600_000, silenceOver)
  expect(thawed).toMatchObject({ session: { state: 'live' }, effects: ['silence in 4000'] })
  expect(at(thawed.session, 700_000, silenceOver).effects).toEqual(MOVE_ON)
})

test('[F4] a move to another server is told when all that was at risk is stored there, and not before', () => {
  const { session } = after(writing, down, retry, up, there(), lacks, edit())
  expect([session.home, session.moves]).toEqual(['b', 0])
  const partly = after(session, stored(1)).session
  expect(partly.moves).toBe(0)
  expect(after(partly, stored(2)).session.moves).toBe(1)
  expect(after(partly, stored(2), edit(), stored(3)).session.moves).toBe(1)
})

test('[F4] a move with nothing to bring is told when that is known; a return to the same server is none', () => {
  expect(after(live, down, retry, up, there()).session.moves).toBe(0)
  expect(after(live, down, retry, up, there(), lacksNothing).session.moves).toBe(1)
  expect(after(reading, down, retry, up, there('reader')).session.moves).toBe(1)
  expect(after(onlyOne, down, retry, up, welcome(), lacksNothing).session.moves).toBe(0)
})

test('[F4] a move is told as well where both servers stand behind one address', () => {
  expect(after(onlyOne, down, retry, up, there(), lacksNothing).session.moves).toBe(1)
})

test('[P10] more servers may have the last edit by and by; what is said of earlier ones is no news', () => {
  const replicas = (...events: readonly SessionEvent[]): number => after(writing, ...events).session.told.replicas
  expect(replicas(stored(2, 1), stored(2, 2))).toBe(2)
  expect(replicas(stored(2, 1), stored(1, 3))).toBe(1)
})

test('[P9] whoever writes faster than a server takes it is slowed down, and loses nothing', () => {
  let session: Session = live
  let pushed = 0
  let alarm: string | undefined
  for (let n = 0; n < 2 * PUSHES_AT_ONCE; n++) {
    const step = at(session, 10_000, edit(1))
    pushed += step.effects.filter((effect) => effect.startsWith('push')).length
    alarm ??= step.effects.find((effect) => effect.startsWith('pace'))
    session = at(step.session, 10_000, stored(pushed)).session
  }
  expect(pushed).toBe(PUSHES_AT_ONCE)
  expect(alarm).toBe('pace in 2')
  expect(atRisk(session.outbox).characters).toBe(PUSHES_AT_ONCE)
  expect(at(session, 10_100, paceOver).effects.filter((effect) => effect.startsWith('push')).length).toBe(75)
})

test('[S4] servers that agree are known until the next welcome, and also a reader then looks whether they have the same', () => {
  const agreement = { agreeing: 2, servers: 3, stateHash: HASH }
  const agree = hear({ type: 'agreement', ...agreement })
  const { session, effects } = after(reading, agree)
  expect([session.told.agreement, session.told.stateHash, effects]).toEqual([agreement, HASH, ['compare']])
  expect(after(writing, agree).effects).toEqual([])
  expect(after(session, down, retry, up, welcome('reader')).session.told.agreement).toBeNull()
})

test('a refusal says why; what a server told of the text stays known', () => {
  expect(stopped).toMatchObject({ state: 'refused', reason: 'forbidden', detail: 'as seen' })
  const { session } = after(writing, stored(2), down)
  expect(session.told).toEqual({ replicas: 2, servers: 3, stateHash: HASH, agreement: null, storedAt: 1000 })
})

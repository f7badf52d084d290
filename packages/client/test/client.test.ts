import { Doc, emptyVersion, incarnation, replicaId } from '@manyhands/crdt'
import { encodeClientMessage, MAX_MESSAGE_BYTES } from '@manyhands/protocol'
import { type FakeServer, Typist } from '@manyhands/testkit'
import { expect, test, vi } from 'vitest'
import type { Client } from '../src/client.ts'
import type { Tabs } from '../src/tabs.ts'
import { World } from './world.ts'

const [FIRST, SECOND] = ['a'.repeat(28), 'b'.repeat(28)]

const types = (client: Client, text: string): Typist => new Typist(client).goesToEnd().types(text)

/** Ann has just made a document up; Ben has the link. */
function annAndBen() {
  const world = new World()
  const server = world.server()
  const ann = world.client('Ann', { create: true })
  types(ann, 'hello')
  world.pass(100)
  const ben = world.client('Ben')
  world.pass(100)
  return { world, server, ann, ben }
}

test('what one types the other sees, and both are saved', () => {
  const { world, server, ann, ben } = annAndBen()
  types(ben, ' Ann')
  world.pass(100)
  expect([ann.text(), ben.text(), server.diskText]).toEqual(['hello Ann', 'hello Ann', 'hello Ann'])
  expect(ann.hash()).toBe(ben.hash())
  expect(ben.state).toMatchObject({
    connection: 'live',
    unsavedCharacters: 0,
    replicas: 1,
    servers: 1,
    everSynced: true,
  })
})

test('a document that was just made up can be written in before any server answers', () => {
  const world = new World()
  const ann = world.client('Ann', { create: true })
  types(ann, 'offline')
  world.pass(30_000)
  expect(ann.state).toMatchObject({ unsavedCharacters: 7, unsavedSince: 0, ready: true, everSynced: false })
  const server = world.server()
  world.pass(15_000)
  expect(ann.state).toMatchObject({ connection: 'live', unsavedCharacters: 0, unsavedSince: null })
  expect(server.diskText).toBe('offline')
})

test('a document of the server is ready when it has come, and then the editor hears of its text', () => {
  const world = new World()
  world.server()
  types(world.client('Ann', { create: true }), 'text')
  world.pass(100)
  const ben = world.client('Ben')
  const heard = vi.fn()
  ben.onRemote(heard)
  expect(ben.state.ready).toBe(false)
  expect([ben.text(), ben.hash(), ben.undo(), ben.indexOf('start'), ben.anchorAt(0, 'after')]).toEqual([
    '',
    '',
    null,
    null,
    'start',
  ])
  expect(() => ben.edit([{ from: 0, to: 0, insert: 'x' }])).toThrow('no server has sent the text yet')
  world.pass(100)
  expect(heard).toHaveBeenCalledWith([{ from: 0, to: 0, insert: 'text' }], false)
})

test('[S5] an edit is at risk in the very moment it is made', () => {
  const { world, ann } = annAndBen()
  expect(ann.state.unsavedCharacters).toBe(0)
  ann.edit([{ from: 0, to: 2, insert: 'HE' }])
  expect(ann.state).toMatchObject({ unsavedCharacters: 4, unsavedSince: world.clock.now() })
})

test('edits of one turn leave together, after it', () => {
  const { world, server, ann } = annAndBen()
  const before = server.pushes.length
  types(ann, 'abc')
  expect(world.lines.pending).toBe(0)
  world.clock.settle()
  expect(world.lines.pending).toBe(3)
  world.pass(100)
  expect(server.pushes.length - before).toBe(3)
})

test('[S2] a server that dies before it has stored an edit gets it again', () => {
  const { world, server, ann, ben } = annAndBen()
  types(ann, '!')
  world.arrive()
  expect(server.text).toBe('hello!')
  server.crash()
  world.pass(100)
  expect(ann.state).toMatchObject({ unsavedCharacters: 1 })
  server.start()
  world.pass(15_000)
  expect([server.diskText, ann.text(), ben.text()]).toEqual(['hello!', 'hello!', 'hello!'])
  expect(ann.state.unsavedCharacters).toBe(0)
})

test('[M3] a server that lost its disk gets the document from a client', () => {
  const { world, server, ann, ben } = annAndBen()
  server.crash()
  const fresh = world.server()
  world.pass(15_000)
  expect(fresh.diskText).toBe('hello')
  expect(fresh.hash).toBe(ann.hash())
  expect(ben.state.connection).toBe('live')
})

test('[F1] the next server is called at once when one dies', () => {
  const world = new World()
  world.server()
  const second = world.server({ url: 'b' })
  const ann = world.client('Ann', { create: true, servers: ['a', 'b'] })
  types(ann, 'hello')
  world.pass(100)
  world.lines.silence('a')
  types(ann, '!')
  world.pass(100)
  expect(ann.state).toMatchObject({ connection: 'live', unsavedCharacters: 0 })
  expect(second.diskText).toBe('hello!')
})

test('a server that does not say welcome soon is left for the next one', () => {
  const world = new World()
  const mute = world.server()
  mute.mute = 'welcome'
  world.server({ url: 'b' })
  const ann = world.client('Ann', { create: true, servers: ['a', 'b'] })
  world.pass(2490)
  expect(ann.state.connection).toBe('joining')
  world.pass(100)
  expect(ann.state.connection).toBe('live')
})

test('[F2] [S2] a server that hangs is left within five seconds of typing, and what it did not store goes to the next', () => {
  const world = new World()
  const first = world.server()
  const second = world.server({ url: 'b' })
  const ann = world.client('Ann', { create: true, servers: ['a', 'b'] })
  types(ann, 'hello')
  world.pass(1000)
  first.hangs = true
  for (const letter of ' world') {
    types(ann, letter)
    world.pass(200)
  }
  expect(ann.state).toMatchObject({ connection: 'live', unsavedCharacters: 6, moves: 0 })
  world.pass(3000)
  expect(ann.state).toMatchObject({ connection: 'live', unsavedCharacters: 0, moves: 1 })
  expect([second.diskText, ann.text()]).toEqual(['hello world', 'hello world'])
})

test('[F3] a server that can store nothing is left for one that can', () => {
  const world = new World()
  world.server({ refusing: 1 })
  const second = world.server({ url: 'b' })
  const ann = world.client('Ann', { create: true, servers: ['a', 'b'] })
  types(ann, 'hello')
  world.pass(200)
  expect(second.diskText).toBe('hello')
  expect(ann.state).toMatchObject({ unsavedCharacters: 0, moves: 1 })
})

test('[F1] the servers that a welcome named are remembered for the next visit', () => {
  const world = new World()
  world.server({ others: ['b'] })
  const second = world.server({ url: 'b' })
  let remembered: readonly string[] = []
  const memory = {
    recall: () => remembered,
    keep: (servers: readonly string[]) => {
      remembered = servers
    },
  }
  const ann = world.client('Ann', { create: true, memory })
  types(ann, 'hello')
  world.pass(100)
  expect(remembered).toEqual(['a', 'b'])
  world.lines.silence('a')
  types(ann, '!')
  world.pass(100)
  expect(second.diskText).toBe('hello!')
  const ben = world.client('Ben', { memory })
  world.pass(100)
  expect([ben.text(), remembered]).toEqual(['hello!', ['b', 'a']])
})

test('typing faster than a server takes it fills the outbox and not the server', () => {
  const { world, server, ann } = annAndBen()
  const before = server.pushes.length
  for (let n = 0; n < 5000; n++) {
    types(ann, 'x')
    if (n % 10 === 0) world.pass(5)
  }
  const seconds = 2.5
  expect(server.pushes.length - before).toBeLessThan(4000 + 1000 * seconds)
  world.pass(10_000)
  expect([ann.state.unsavedCharacters, server.diskText.length]).toEqual([0, 5005])
})

test('a sign that the network is back cuts the wait', () => {
  const world = new World()
  let wakeUp = (): void => {}
  const subscribe = (wake: () => void): (() => void) => {
    wakeUp = wake
    return () => {}
  }
  const ann = world.client('Ann', { create: true, wakeups: { subscribe } })
  world.pass(60_000)
  while (ann.state.connection !== 'offline' || (ann.state.retryAt ?? 0) < world.clock.now() + 1000) world.pass(100)
  world.server()
  world.pass(100)
  expect(ann.state.connection).toBe('offline')
  wakeUp()
  world.pass(100)
  expect(ann.state).toMatchObject({ connection: 'live', retryAt: null })
})

test('[M2] a document nobody knows is refused, and a person may try again', () => {
  const world = new World()
  world.server()
  const ben = world.client('Ben')
  world.pass(60_000)
  expect(ben.state).toMatchObject({ connection: 'refused', reason: 'not-found', ready: false })
  types(world.client('Ann', { create: true }), 'here')
  world.pass(100)
  ben.reconnectNow()
  world.pass(100)
  expect([ben.state.connection, ben.text()]).toEqual(['live', 'here'])
})

test('[M2] a server with another history of the document is never merged with; the text stays', () => {
  const { world, server, ann } = annAndBen()
  server.crash()
  const other = world.server()
  world.client('Eve', { create: true })
  world.arrive()
  expect(other.present.length).toBe(1)
  types(ann, '!')
  world.pass(15_000)
  expect(ann.state).toMatchObject({ connection: 'refused', reason: 'history-mismatch', unsavedCharacters: 1 })
  expect(ann.text()).toBe('hello!')
})

test('a welcome of another origin is refused even where the server does not notice', () => {
  const { world, server, ann } = annAndBen()
  const other = Doc.create({ replica: replicaId(7), incarnation: incarnation('f'.repeat(32)) })
  const update = other.edit([{ from: 0, to: 0, insert: 'doom' }])
  server.mute = 'welcome'
  world.lines.cutOne()
  world.lines.cutOne()
  world.pass(100)
  server.mute = null
  server.say({
    type: 'welcome',
    protocol: 3,
    server: 'a',
    member: 9,
    role: 'writer',
    incarnation: other.incarnation,
    registers: [],
    members: [],
    servers: [],
    stateHash: other.stateHash(),
    version: emptyVersion,
    update,
  })
  world.arrive()
  expect(ann.state).toMatchObject({ connection: 'refused', reason: 'history-mismatch' })
  expect(ann.text()).toBe('hello')
})

test('[S4] words that a server lost on the way are asked for when nothing is under way', () => {
  const { world, server, ann, ben } = annAndBen()
  server.mute = 'updates'
  types(ann, ' all')
  world.pass(100)
  server.mute = null
  types(ben, '!')
  world.pass(100)
  expect(ann.hash()).not.toBe(ben.hash())
  world.pass(3000)
  expect(ben.hash()).toBe(ann.hash())
  expect(ann.hash()).toBe(server.hash)
})

test('the middle of a word whose beginning was lost brings the beginning with it', () => {
  const { world, server, ann, ben } = annAndBen()
  server.mute = 'updates'
  const typist = new Typist(ann).goes(2).types('(')
  world.pass(100)
  server.mute = null
  typist.types('!)')
  world.pass(100)
  expect(ben.text()).toBe('hello')
  world.pass(300)
  expect(ben.text()).toBe('he(!)llo')
})

test('a title goes to everyone, and one that was given offline is given again', () => {
  const { world, server, ann, ben } = annAndBen()
  ann.rename('  Minutes\n of Monday ')
  expect(ann.title).toBe('Minutes of Monday')
  world.pass(100)
  expect([server.title, ben.title]).toEqual(['Minutes of Monday', 'Minutes of Monday'])
  server.crash()
  world.pass(100)
  ben.rename('Notes')
  ann.rename('Minutes')
  server.start()
  world.pass(15_000)
  expect(['Notes', 'Minutes']).toContain(server.title)
  expect([ann.title, ben.title]).toEqual([server.title, server.title])
})

test('[M7] a language is shared beside the title; of what was said offline each is said again', () => {
  const { world, server, ann, ben } = annAndBen()
  const { registers } = ben
  server.crash()
  world.pass(100)
  ann.setRegister('language', 'Rust')
  ann.rename('Minutes')
  ann.setRegister('language', ' Python\n')
  expect(ann.registers).toMatchObject({ title: 'Minutes', language: 'Python' })
  expect(ben.registers).toBe(registers)
  server.start()
  world.pass(15_000)
  expect([ben.registers, ann.state.unsavedCharacters]).toMatchObject([{ title: 'Minutes', language: 'Python' }, 0])
})

test('[S2] a title that a server took and lost before it was on the disk is given again', () => {
  const { world, server, ann } = annAndBen()
  ann.rename('Minutes')
  expect(ann.state.unsavedCharacters).toBe(7)
  world.arrive()
  expect(server.title).toBe('Minutes')
  server.crash()
  server.start()
  expect(server.title).toBe('')
  world.pass(15_000)
  expect([server.diskTitle, ann.title, ann.state.unsavedCharacters]).toEqual(['Minutes', 'Minutes', 0])
})

test('who gives a title after mine has the last word', () => {
  const { world, server, ann, ben } = annAndBen()
  ann.rename('Mine')
  world.clock.settle()
  ben.rename('His')
  world.pass(100)
  expect([ann.title, ben.title]).toEqual([server.title, server.title])
})

test('the others are seen with their names and selections, and vanish when they or we are cut off', () => {
  const { world, server, ann, ben } = annAndBen()
  ben.setSelection(1, 3)
  ben.setPerson({ name: 'Benjamin\u202e', color: '#112233' })
  world.pass(100)
  expect(ben.me).toEqual({ name: 'Benjamin', color: '#112233' })
  const [{ state } = { state: null }] = ann.members
  expect(state?.person).toEqual(ben.me)
  expect(state?.selection && [ann.indexOf(state.selection.anchor), ann.indexOf(state.selection.head)]).toEqual([1, 3])
  ben.close()
  world.pass(100)
  expect(ann.members).toEqual([])
  expect(server.present.length).toBe(1)
  const cleo = world.client('Cleo')
  world.pass(100)
  expect(ann.members.length).toBe(1)
  server.crash()
  world.pass(10)
  expect([ann.members, cleo.members]).toEqual([[], []])
})

test('after a reconnection the others get the whole presence again', () => {
  const { world, server, ann, ben } = annAndBen()
  ben.setSelection(2, 2)
  world.pass(100)
  server.crash()
  server.start()
  world.pass(15_000)
  const selection = ann.members[0]?.state.selection
  expect(selection && ann.indexOf(selection.head)).toBe(2)
})

test('a selection that others push around is not told anew', () => {
  const { world, server, ann, ben } = annAndBen()
  ben.setSelection(3, 3)
  world.pass(100)
  const seen = server.present[1]?.state
  new Typist(ann).types('oh, ')
  world.pass(100)
  ben.setSelection(7, 7)
  world.pass(100)
  expect(server.present[1]?.state).toBe(seen)
})

test('undo takes back my own edits, counts as unsaved, and reaches the others', () => {
  const { world, ann, ben } = annAndBen()
  world.pass(1000)
  ann.edit([{ from: 1, to: 5, insert: 'ey!' }], { selection: [5, 1] })
  world.pass(1000)
  new Typist(ben).goes(0).types('> ')
  world.pass(100)
  expect(ann.undo()).toMatchObject({ selection: [7, 3] })
  expect(ann.state.unsavedCharacters).toBe(7)
  world.pass(100)
  expect([ann.text(), ben.text()]).toEqual(['> hello', '> hello'])
  ann.redo()
  world.pass(100)
  expect(ben.text()).toBe('> hey!')
  expect(ann.state.unsavedCharacters).toBe(0)
})

test('what somebody else writes changes the text and not the state', () => {
  const { world, ann, ben } = annAndBen()
  const { state } = ben
  const heard = vi.fn()
  ben.subscribe(heard)
  types(ann, ' Ben')
  world.pass(100)
  expect(ben.text()).toBe('hello Ben')
  expect(heard).toHaveBeenCalled()
  expect(ben.state).toBe(state)
})

test('state and members are the same objects until something changes', () => {
  const { world, ann, ben } = annAndBen()
  const { state, members, me } = ann
  expect(ann.state).toBe(state)
  world.pass(20)
  expect([ann.members, ann.me]).toEqual([members, me])
  const listener = vi.fn()
  const stop = ann.subscribe(listener)
  types(ben, '!')
  world.pass(100)
  expect(listener).toHaveBeenCalled()
  stop()
  listener.mockClear()
  ann.edit([{ from: 0, to: 0, insert: 'x' }])
  expect(ann.state).not.toBe(state)
  expect(listener).not.toHaveBeenCalled()
})

/** What a server takes: a push in one message of at most a megabyte. */
function longestPush(server: FakeServer): number {
  return Math.max(...server.pushes.map((push) => encodeClientMessage(push).length))
}

test('three megabytes pasted, undone, and brought back arrive, in pushes that a server takes', () => {
  const { world, server, ann, ben } = annAndBen()
  const text = 'The quick brown fox. \n'.repeat(140_000)
  world.pass(1000)
  ann.edit([{ from: 5, to: 5, insert: text }])
  world.pass(500)
  expect(ben.text() === `hello${text}`).toBe(true)
  ann.undo()
  world.pass(500)
  expect(ben.text()).toBe('hello')
  ann.redo()
  expect(ann.state.unsavedCharacters).toBe(text.length)
  world.pass(500)
  expect(ben.text() === `hello${text}`).toBe(true)
  expect(ann.state.unsavedCharacters).toBe(0)
  expect(longestPush(server)).toBeLessThanOrEqual(MAX_MESSAGE_BYTES)
})

test('a long day offline, in a script of three bytes a character, arrives in pushes that a server takes', () => {
  const { world, server, ann, ben } = annAndBen()
  server.crash()
  world.pass(100)
  for (let i = 0; i < 8; i++) ann.edit([{ from: 2, to: 2, insert: '漢字\n'.repeat(80_000) }])
  world.pass(60_000)
  expect(ann.state.unsavedCharacters).toBe(8 * 240_000)
  server.start()
  world.pass(15_000)
  expect(ann.state.unsavedCharacters).toBe(0)
  expect(ben.hash()).toBe(ann.hash())
  expect(longestPush(server)).toBeLessThanOrEqual(MAX_MESSAGE_BYTES)
})

test('a client that is closed lets go of everything and calls nobody any more', () => {
  const { world, server, ann, ben } = annAndBen()
  types(ann, '!')
  ann.close()
  world.pass(60_000)
  expect(ann.state.connection).toBe('offline')
  expect(server.present.length).toBe(1)
  expect(ben.text()).toBe('hello!')
})

test('a client shows the keys it was given, and first of all the one that it has made itself', () => {
  const { world, server, ann } = annAndBen()
  const cleo = world.client('Cleo', { token: FIRST })
  world.pass(100)
  cleo.setRegister('edit-key', SECOND)
  world.pass(100)
  expect([cleo.registers['edit-key'], ann.registers['edit-key']]).toEqual([SECOND, SECOND])
  server.crash()
  server.start()
  world.pass(15_000)
  expect(new Set(server.tokens.slice(-3))).toEqual(new Set([`${SECOND} ${FIRST}`, SECOND]))
})

test('who was shut out by a new link, and hears of it from another tab, comes in by it', () => {
  const world = new World()
  const server = world.server()
  const tabs = tabsOfOneBrowser(world)
  const ann = world.client('Ann', { create: true, tabs })
  types(ann, 'hello')
  world.pass(100)
  const second = world.client('Ann', { tabs })
  world.pass(100)
  server.wants = SECOND
  server.say({ type: 'refused', reason: 'forbidden', detail: '', n: null })
  world.pass(100)
  expect([ann.state.connection, second.state.connection]).toEqual(['refused', 'refused'])
  ann.setRegister('edit-key', SECOND)
  world.pass(1000)
  expect([ann.state.connection, second.state.connection]).toEqual(['live', 'live'])
})

test('what is typed in another tab of the same browser is told apart from what others type', () => {
  const world = new World()
  world.server()
  const tabs = tabsOfOneBrowser(world)
  const ann = world.client('Ann', { create: true, tabs })
  world.pass(100)
  const second = world.client('Ann', { tabs })
  const ben = world.client('Ben')
  world.pass(100)
  const heard = vi.fn()
  ann.onRemote(heard)
  second.edit([{ from: 0, to: 0, insert: 'mine' }])
  world.pass(100)
  ben.edit([{ from: 4, to: 4, insert: 'his' }])
  world.pass(100)
  expect(heard.mock.calls).toEqual([
    [[{ from: 0, to: 0, insert: 'mine' }], true],
    [[{ from: 4, to: 4, insert: 'his' }], false],
  ])
})

/** Ben inserts a character at the end and deletes it with others, and the server tells both in one message. */
function twoUpdatesInOneMessage({ world, server, ben }: ReturnType<typeof annAndBen>): void {
  server.mute = 'updates'
  ben.edit([{ from: 5, to: 5, insert: '!' }])
  world.pass(100)
  ben.edit([{ from: 2, to: 6, insert: '' }])
  world.pass(100)
  server.mute = null
  server.say({ type: 'updates', updates: server.pushes.slice(-2).map(({ update }) => update) })
}

test('of several updates in one message each is told while the text is as it says', () => {
  const here = annAndBen()
  const heard: string[] = []
  here.ann.onRemote((edits) => {
    for (const { from, insert } of edits) here.ann.anchorAt(from + insert.length, 'after')
    heard.push(here.ann.text())
  })
  twoUpdatesInOneMessage(here)
  here.world.pass(100)
  expect(heard).toEqual(['hello!', 'he'])
})

test('a listener that fails keeps nobody else from hearing', () => {
  const here = annAndBen()
  const heard = vi.fn()
  here.ann.onRemote(() => {
    throw new Error('a listener’s own')
  })
  here.ann.onRemote(heard)
  twoUpdatesInOneMessage(here)
  expect(() => here.world.pass(100)).toThrow('a listener’s own')
  expect(heard).toHaveBeenCalledTimes(2)
})

function tabsOfOneBrowser({ clock }: World): Tabs {
  const ears = new Set<(message: unknown) => void>()
  return {
    join(_document, hear) {
      ears.add(hear)
      return {
        say(message) {
          for (const other of ears) if (other !== hear) clock.soon(() => other(structuredClone(message)))
        },
        leave: () => ears.delete(hear),
      }
    },
  }
}

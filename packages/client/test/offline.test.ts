import { incarnation } from '@manyhands/crdt'
import { decodeClientMessage } from '@manyhands/protocol'
import { Typist } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import type { Client } from '../src/client.ts'
import { indexedDbOffline } from '../src/indexed-db.ts'
import { type Offline, OfflineError } from '../src/offline.ts'
import type { Transport } from '../src/transport.ts'
import { Browser, countEntries, damageCopies, overheard, passing } from './device-world.ts'
import { World } from './world.ts'

const types = (client: Client, text: string): Typist => new Typist(client).goesToEnd().types(text)

const answering = (world: World, ms: number): Promise<void> =>
  new Promise((resolve) => void world.clock.after(ms, resolve))

/** Ann wrote `hello`; it is on the server and on her device. */
async function annAtHome() {
  const world = new World()
  const server = world.server()
  const browser = new Browser(world)
  const ann = browser.tab('Ann', { create: true })
  types(ann, 'hello')
  await passing(world, 1500)
  return { world, server, browser, ann }
}

test('what was kept is there before any server answers, with the same state and its title', async () => {
  const { world, server, browser, ann } = await annAtHome()
  ann.rename('Notes')
  await passing(world, 1500)
  ann.close()
  server.crash()
  const again = browser.tab('Ann')
  expect(again.state).toMatchObject({ ready: false, connection: 'joining', keeping: 'opening' })
  await passing(world, 100)
  expect([again.text(), again.title, again.hash()]).toEqual(['hello', 'Notes', ann.hash()])
  expect(again.state).toMatchObject({ ready: true, unsavedCharacters: 0, keeping: 'kept' })
})

test('the editor hears of what was kept, if it asked before it was read', async () => {
  const { world, browser, ann } = await annAtHome()
  ann.close()
  const again = browser.tab('Ann')
  const heard: unknown[] = []
  again.onRemote((edits) => heard.push(edits))
  await passing(world, 50)
  expect(heard[0]).toEqual([{ from: 0, to: 0, insert: 'hello' }])
})

test('[S2] [S5] what was written with no server, in a tab that is gone, is counted as unsaved and sent when it is opened again', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  types(ann, ' world')
  await passing(world, 100)
  browser.kill(ann)
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect(again.text()).toBe('hello world')
  expect(again.state).toMatchObject({ unsavedCharacters: 6 })
  server.start()
  await passing(world, 15_000)
  expect(again.state).toMatchObject({ connection: 'live', unsavedCharacters: 0, unsavedSince: null })
  expect(server.diskText).toBe('hello world')

  browser.kill(again)
  const later = browser.tab('Ann')
  await passing(world, 100)
  expect(later.state.unsavedCharacters).toBe(0)
})

test('a document that no server has ever seen survives its tab', async () => {
  const world = new World()
  const browser = new Browser(world)
  const ann = browser.tab('Ann', { create: true })
  types(ann, 'never sent')
  ann.rename('Mine')
  await passing(world, 100)
  browser.kill(ann)
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect([again.text(), again.title]).toEqual(['never sent', 'Mine'])
  expect(again.state.unsavedCharacters).toBe(14)
  const server = world.server()
  await passing(world, 15_000)
  expect([server.diskText, server.title]).toEqual(['never sent', 'Mine'])
})

test('nothing is kept of a document in which nothing was written', async () => {
  const world = new World()
  const server = world.server()
  const browser = new Browser(world)
  const ann = browser.tab('Ann', { create: true })
  await passing(world, 2000)
  ann.close()
  server.crash()
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect(again.state.ready).toBe(false)
})

test('[S2] no push leaves before the device has written it down, and the text does not wait for that', async () => {
  const { world, server, browser, ann } = await annAtHome()
  let writes = (): void => {}
  browser.onKeep = () => new Promise((resolve) => (writes = resolve))
  const before = server.pushes.length
  types(ann, '!')
  await passing(world, 100)
  expect(ann.text()).toBe('hello!')
  expect(ann.state.unsavedCharacters).toBe(1)
  expect(server.pushes.length).toBe(before)
  browser.onKeep = () => Promise.resolve()
  writes()
  await passing(world, 100)
  expect(server.diskText).toBe('hello!')
  expect(ann.state.unsavedCharacters).toBe(0)
})

test('it counts as kept on this device when it is written down, and not while it is being written', async () => {
  const { world, browser, ann } = await annAtHome()
  expect(ann.isKept).toBe(true)
  let writes = (): void => {}
  browser.onKeep = () => new Promise((resolve) => (writes = resolve))
  types(ann, '!')
  expect(ann.isKept).toBe(false)
  await passing(world, 100)
  expect(ann.isKept).toBe(false)
  browser.onKeep = () => Promise.resolve()
  writes()
  await passing(world, 100)
  expect(ann.isKept).toBe(true)
  browser.onKeep = () => Promise.reject(new OfflineError('full', null))
  types(ann, '!')
  await passing(world, 100)
  expect(ann.isKept).toBe(false)
})

test('what is typed while the device writes is its next group', async () => {
  const { world, browser, ann } = await annAtHome()
  const groups: number[] = []
  let writes = (): void => {}
  browser.onKeep = (notes) => {
    groups.push(notes.filter(({ type }) => type === 'entry').length)
    return new Promise((resolve) => (writes = resolve))
  }
  for (const letter of 'abcd') {
    types(ann, letter)
    await passing(world, 10)
  }
  expect(groups).toEqual([1])
  browser.onKeep = async (notes) => void groups.push(notes.filter(({ type }) => type === 'entry').length)
  writes()
  await passing(world, 100)
  expect(groups.slice(0, 2)).toEqual([1, 3])
})

test('a disk that hangs holds nothing up for longer than two seconds', async () => {
  const { world, server, browser, ann } = await annAtHome()
  browser.onKeep = () => new Promise(() => {})
  types(ann, '!')
  await passing(world, 1900)
  expect(server.diskText).toBe('hello')
  await passing(world, 300)
  expect(server.diskText).toBe('hello!')
})

test('a device that is full says so, writing and saving go on, and when there is room again it has everything', async () => {
  const { world, server, browser, ann } = await annAtHome()
  browser.onKeep = () => Promise.reject(new OfflineError('full', null))
  types(ann, ' full')
  await passing(world, 100)
  expect(ann.state).toMatchObject({ keeping: 'full', unsavedCharacters: 0 })
  expect(server.diskText).toBe('hello full')
  types(ann, '!')
  browser.onKeep = () => Promise.resolve()
  await passing(world, 31_000)
  expect(ann.state.keeping).toBe('kept')
  server.crash()
  browser.kill(ann)
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect(again.text()).toBe('hello full!')
})

test('[S2] of two tabs on a device that was full, what each wrote meanwhile is there when both are gone', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  const other = browser.tab('Ann')
  await passing(world, 100)
  browser.onKeep = () => Promise.reject(new OfflineError('full', 'of the test'))
  types(ann, ' one')
  await passing(world, 10_000)
  types(other, ' two')
  await passing(world, 10_000)
  expect([ann.state.keeping, other.state.keeping]).toEqual(['full', 'full'])
  browser.onKeep = () => Promise.resolve()
  await passing(world, 15_000)
  expect([ann.state.keeping, other.state.keeping]).toEqual(['kept', 'full'])
  types(other, ' three')
  await passing(world, 10_000)
  expect(other.state.keeping).toBe('kept')
  const text = other.text()
  browser.kill(ann)
  browser.kill(other)
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect(again.text()).toBe(text)
  expect(again.state.unsavedCharacters).toBe(14)
})

test('where nothing may be kept one writes all the same', async () => {
  const world = new World()
  const server = world.server()
  const open = (): Promise<never> => Promise.reject(new OfflineError('blocked', null))
  const ann = world.client('Ann', { create: true, offline: { open } })
  types(ann, 'private')
  await passing(world, 100)
  expect(ann.state).toMatchObject({ keeping: 'blocked', unsavedCharacters: 0 })
  expect(server.diskText).toBe('private')
  const ben = world.client('Ben', { offline: { open } })
  await passing(world, 100)
  expect(ben.text()).toBe('private')
})

test('a device that does not answer is not waited for', async () => {
  const world = new World()
  world.server()
  types(world.client('Ann', { create: true }), 'there')
  await passing(world, 100)
  const ben = world.client('Ben', { offline: { open: () => new Promise(() => {}) } })
  await passing(world, 2500)
  expect(ben.text()).toBe('there')
  expect(ben.state.keeping).toBe('blocked')
})

test('[S2] a device that answers late is used from then on, and what a gone tab left there is sent', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  types(ann, ' world')
  await passing(world, 100)
  browser.kill(ann)
  server.start()
  browser.onOpen = () => answering(world, 5000)
  const again = browser.tab('Ann')
  await passing(world, 4000)
  expect([again.text(), again.state.keeping]).toEqual(['hello', 'blocked'])
  types(again, '!')
  await passing(world, 5000)
  expect(again.text()).toContain(' world')
  expect(again.text()).toHaveLength(12)
  expect(again.state).toMatchObject({ keeping: 'kept', unsavedCharacters: 0 })
  expect(server.diskText).toBe(again.text())
  browser.kill(again)
  server.crash()
  browser.onOpen = () => Promise.resolve()
  const later = browser.tab('Ann')
  await passing(world, 100)
  expect([later.text(), later.state.unsavedCharacters]).toEqual([again.text(), 0])
})

test('[S2] a device that answers late while no server is there shows what it has', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  browser.kill(ann)
  browser.onOpen = () => answering(world, 5000)
  const again = browser.tab('Ann')
  await passing(world, 4000)
  expect(again.state.ready).toBe(false)
  await passing(world, 2000)
  expect([again.text(), again.state.keeping]).toEqual(['hello', 'kept'])
})

test('a device that answers late with another history is left as it is', async () => {
  const { world, server, browser, ann } = await annAtHome()
  browser.kill(ann)
  browser.onOpen = () => answering(world, 5000)
  const again = browser.tab('Ann', { create: true })
  types(again, 'begun anew')
  await passing(world, 7000)
  expect([again.text(), again.state.keeping]).toEqual(['begun anew', 'blocked'])
  browser.kill(again)
  browser.onOpen = () => Promise.resolve()
  const later = browser.tab('Ann')
  await passing(world, 100)
  expect([later.text(), server.diskText]).toEqual(['hello', 'hello'])
})

test('a copy that cannot be read is put away; what was said since is not lost, and the server has the rest', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  types(ann, ' world')
  await passing(world, 100)
  browser.kill(ann)
  await damageCopies()
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect(again.state).toMatchObject({ ready: false, foundDamaged: true, unsavedCharacters: 6 })
  server.start()
  await passing(world, 15_000)
  expect(again.text()).toBe('hello world')
  expect(server.diskText).toBe('hello world')
  expect(again.state).toMatchObject({ unsavedCharacters: 0, keeping: 'kept' })
  browser.kill(again)
  const later = browser.tab('Ann')
  await passing(world, 100)
  expect([later.text(), later.state.foundDamaged]).toEqual(['hello world', false])
})

test('what others wrote is kept too', async () => {
  const { world, server, browser, ann } = await annAtHome()
  const ben = world.client('Ben')
  await passing(world, 100)
  types(ben, ' from Ben')
  await passing(world, 1500)
  server.crash()
  browser.kill(ann)
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect(again.text()).toBe('hello from Ben')
})

test('the log of a long day does not grow: it is written anew as one copy', async () => {
  const { world, browser, ann } = await annAtHome()
  for (let i = 0; i < 700; i++) {
    types(ann, 'x')
    await passing(world, 5)
  }
  await passing(world, 1500)
  browser.kill(ann)
  expect(await countEntries()).toBeLessThan(320)
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect(again.text()).toBe(`hello${'x'.repeat(700)}`)
})

test('[S7] what a tab that is gone had written is signed by its replica, not only brought by another one', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  types(ann, ' world')
  await passing(world, 100)
  browser.kill(ann)
  server.start()
  const signed: boolean[] = []
  const transport = overheard(world.lines, (replica, { inserts }) => {
    if (inserts.length > 0) signed.push(inserts.every((range) => range.replica === replica))
  })
  const again = browser.tab('Ann', { transport })
  await passing(world, 1000)
  expect(signed).toContain(true)
  expect([again.text(), again.state.unsavedCharacters]).toEqual(['hello world', 0])
})

test('two tabs share what is typed with no server at all, and each counts what the other has not sent', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  const other = browser.tab('Ann')
  await passing(world, 100)
  types(ann, ' one')
  types(other, ' two')
  await passing(world, 100)
  expect(ann.text()).toBe(other.text())
  expect(ann.text()).toHaveLength(13)
  expect([ann.hash(), ann.state.unsavedCharacters]).toEqual([other.hash(), other.state.unsavedCharacters])
  expect(ann.state.unsavedCharacters).toBe(8)
  server.start()
  await passing(world, 15_000)
  expect(server.diskText).toBe(ann.text())
  expect([ann.state.unsavedCharacters, other.state.unsavedCharacters]).toEqual([0, 0])
})

test('a tab without a server gives its edits to one that has one', async () => {
  const { world, server, browser, ann } = await annAtHome()
  const other = browser.tab('Ann', { servers: ['nowhere'] })
  await passing(world, 100)
  types(other, ' by way of a friend')
  await passing(world, 100)
  expect(ann.text()).toBe('hello by way of a friend')
  expect(server.diskText).toBe(ann.text())
})

test('[S4] two tabs whose states stay different find out by their hashes and tell each other what is missing', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  const other = browser.tab('Ann')
  await passing(world, 100)
  browser.drops = 1
  types(ann, '123')
  await passing(world, 100)
  expect(other.text()).toBe('hello')
  types(ann, '4')
  await passing(world, 2000)
  expect(other.text()).toBe(ann.text())
})

test('a title given in one tab is the title of the other', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  const other = browser.tab('Ann')
  await passing(world, 100)
  ann.rename('Both')
  await passing(world, 100)
  expect(other.title).toBe('Both')
})

test('[S2] what a tab leaves unsent when it goes is sent by one that stays', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.mute = 'stored'
  types(ann, ' unsure')
  await passing(world, 100)
  const other = browser.tab('Ann')
  await passing(world, 100)
  expect(other.state.unsavedCharacters).toBe(0)
  server.crash()
  browser.kill(ann)
  await passing(world, 100)
  expect(other.state.unsavedCharacters).toBe(7)
  server.mute = null
  server.start()
  await passing(world, 15_000)
  expect(other.state.unsavedCharacters).toBe(0)
  expect(server.diskText).toBe('hello unsure')
})

test('[S2] what a page inherited and could not send before it left the document is counted again when it comes back', async () => {
  const { world, server, browser, ann } = await annAtHome()
  server.crash()
  types(ann, ' world')
  await passing(world, 100)
  browser.kill(ann)
  const heir = browser.tab('Ann')
  await passing(world, 100)
  heir.close()
  const again = browser.tab('Ann')
  await passing(world, 100)
  expect(again.text()).toBe('hello world')
  expect(again.state.unsavedCharacters).toBe(6)
})

test('a server is called while this device is still being read, and told only then what we have', async () => {
  const { world, browser } = await annAtHome()
  let read = (): void => {}
  const reading = new Promise<void>((resolve) => {
    read = resolve
  })
  const kept = indexedDbOffline('test')
  const offline: Offline = { open: (document) => reading.then(() => kept.open(document)) }
  const done: string[] = []
  const transport: Transport = {
    connect(url, on) {
      done.push('call')
      const connection = world.lines.connect(url, on)
      const send = (bytes: Uint8Array): void => {
        const message = decodeClientMessage(bytes)
        if (message.ok) done.push(message.value.type)
        connection.send(bytes)
      }
      return { ...connection, send }
    },
  }
  const other = browser.tab('Ann', { offline, transport })
  await passing(world, 100)
  expect([done, other.state.connection, other.state.ready]).toEqual([['call'], 'joining', false])
  read()
  await passing(world, 100)
  expect([done.slice(0, 2), other.state.connection, other.text()]).toEqual([['call', 'hello'], 'live', 'hello'])
})

test('a document that was made up here and in which nothing was written can be written in after a reload with no server', async () => {
  const world = new World()
  const browser = new Browser(world)
  const madeHere = incarnation('ab'.repeat(16))
  const ann = browser.tab('Ann', { madeHere })
  await passing(world, 100)
  expect(ann.state.ready).toBe(true)
  types(ann, 'now')
  await passing(world, 100)
  browser.kill(ann)
  const again = browser.tab('Ann', { madeHere })
  await passing(world, 100)
  expect(again.text()).toBe('now')
})

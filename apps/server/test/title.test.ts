import { Doc } from '@manyhands/crdt'
import { expect, test } from 'vitest'
import { type Browser, House } from './house.ts'
import { Servers } from './peers.ts'

/** A title, and the push that says nothing and answers for it. */
function entitles(browser: Browser, title: string): void {
  const nothing = Doc.create({ replica: browser.replica, incarnation: browser.doc.incarnation }).edit([])
  browser.says({ type: 'set-register', name: 'title', value: title })
  browser.pushesUpdate(nothing)
}

test('[M7] a push that comes after a title is called stored when the title is on the disk, and not before', async () => {
  const house = new House()
  const ann = await house.joined()
  house.disk.hold()
  entitles(ann, 'Minutes')
  await house.settle()
  expect(ann.stored()).toEqual([])
  house.disk.release()
  await house.settle()
  expect(ann.stored()).toEqual([1])
  house.restart()
  expect((await house.joined()).of('welcome').at(-1)?.registers[0]?.value).toBe('Minutes')
})

test('[M7] where a push is stored when a second server has it, one that answers for a title is too', async () => {
  const servers = await new Servers(['a', 'b'], 'replicated').start()
  const ann = await servers.joined('a', 'Ann')
  servers.get('b').house.disk.hold()
  entitles(ann, 'Minutes')
  await servers.settle()
  expect(ann.stored()).toEqual([])
  servers.get('b').house.disk.release()
  await servers.settle()
  expect(ann.of('stored')).toMatchObject([{ n: 1, replicas: 2, servers: 2 }])
})

test('[R5] a language is shared as a title is: with those who are here, with those who come, and on every server', async () => {
  const servers = await new Servers(['a', 'b']).start()
  const ann = await servers.joined('a', 'Ann')
  const bob = await servers.joined('b', 'Bob')
  ann.says({ type: 'set-register', name: 'language', value: 'Python' })
  await servers.settle()
  const said = { registers: [{ name: 'language', value: 'Python' }] }
  expect([ann.of('registers'), bob.of('registers')]).toMatchObject([[said], [said]])
  entitles(bob, 'Minutes')
  await servers.settle()
  const all = [{ name: 'title', value: 'Minutes' }, ...said.registers]
  expect((await servers.joined('b', 'Cleo')).of('welcome')).toMatchObject([{ registers: all }])
})

test('[M5] [S7] what nobody could read aloud is cleaned out of a language, and it is cut', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.says({ type: 'set-register', name: 'language', value: `\u202e<b>\u0000C${'+'.repeat(10_000)}` })
  await house.settle()
  expect(ann.of('registers')).toMatchObject([{ registers: [{ value: `<b>C${'+'.repeat(60)}` }] }])
})

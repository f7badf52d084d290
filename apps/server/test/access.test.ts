import { type DocumentId, type LinkKey, parseLinkKey, randomDocumentId, randomLinkKey } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { type Browser, House } from './house.ts'
import { Servers } from './peers.ts'

const [first, second, third] = [key('first'), key('second'), key('third')]

/** Whoever may edit makes a new link: to edit, or to read. */
async function makes(browser: Browser, link: 'edit-key' | 'read-key', made: string, house: Pick<House, 'settle'>) {
  browser.says({ type: 'set-register', name: link, value: made })
  await house.settle()
}

/** A document that says hello, and whoever wrote it. */
async function written(): Promise<readonly [House, Browser]> {
  const house = new House()
  const ann = await house.joined('Ann')
  ann.types('hello')
  await house.settle()
  return [house, ann]
}

function key(name: string): LinkKey {
  const parsed = parseLinkKey(name.replace(/[ilo01]/g, 'x').padEnd(28, 'a'))
  if (parsed === null) throw new Error('No key')
  return parsed
}

test('[A2] a document is open to whoever has its id, until somebody makes a new link to edit it', async () => {
  const [house, ann] = await written()
  const bob = await house.came(house.document)
  bob.types('Bob was here. ', 0)
  await house.settle()
  await makes(ann, 'edit-key', first, house)
  expect([bob.refusals(), bob.ended, ann.refusals()]).toEqual([['forbidden'], true, []])
  bob.types('And again. ', 0)
  ann.types('!')
  await house.settle()
  expect((await house.came(house.document, first)).doc.text()).toBe('Bob was here. hello!')
})

test('[A4] [25] a document that one may not open and one that there is not get the same answer, byte for byte', async () => {
  const [house, ann] = await written()
  await makes(ann, 'edit-key', first, house)
  await makes(ann, 'read-key', second, house)
  const unknown = await house.came(randomDocumentId(house.random))
  expect(unknown.refusals()).toEqual(['not-found'])
  const others = [
    await house.came(house.document),
    await house.came(house.document, third),
    await house.came(house.document, house.document),
    await house.came(third),
    await house.came(first),
  ]
  for (const other of others) expect(other.frames).toEqual(unknown.frames)
})

test('[A4] whoever has a copy is told that they have lost access, and not that there is nothing', async () => {
  const [house, ann] = await written()
  await makes(ann, 'edit-key', first, house)
  expect((await house.joined('Bob')).refusals()).toEqual(['forbidden'])
})

test('[A3] [3] a push that comes in the turn in which the link was replaced is refused', async () => {
  const [house, ann] = await written()
  const bob = await house.joined('Bob')
  ann.says({ type: 'set-register', name: 'edit-key', value: first })
  bob.types('too late')
  await house.settle()
  expect(ann.doc.text()).toBe('hello')
})

test('[A2] who made a link has it, and so has whoever makes the next one with it', async () => {
  const [house, ann] = await written()
  await makes(ann, 'edit-key', first, house)
  const bob = await house.came(house.document, first)
  expect(bob.of('welcome')).toMatchObject([{ role: 'writer', registers: [{ name: 'edit-key', value: first }] }])
  await makes(bob, 'edit-key', second, house)
  expect([ann.refusals(), bob.of('registers').at(-1)?.registers]).toEqual([
    ['forbidden'],
    [{ name: 'edit-key', value: second }],
  ])
  expect((await house.came(house.document, first)).refusals()).toEqual(['not-found'])
  expect((await house.came(house.document, `${third} ${first} ${second}`)).refusals()).toEqual([])
})

test('[A2] whoever comes by a link to read sees the text and what is said of it, and no key and no id', async () => {
  const [house, ann] = await written()
  ann.says({ type: 'set-register', name: 'title', value: 'Minutes' })
  await makes(ann, 'edit-key', first, house)
  await makes(ann, 'read-key', second, house)
  const reader = await house.came(second)
  expect(reader.of('welcome')).toMatchObject([{ role: 'reader', registers: [{ name: 'title', value: 'Minutes' }] }])
  expect(reader.doc.text()).toBe('hello')
  ann.types(', reader')
  await makes(ann, 'read-key', second, house)
  const secrets = [house.document, first, second].map((secret) => Buffer.from(secret))
  for (const frame of reader.frames)
    for (const secret of secrets) expect(Buffer.from(frame).includes(secret)).toBe(false)
  expect(reader.doc.text()).toBe('hello, reader')
})

test('[3] [P5] whatever a reader says, nothing is written, and nobody hears of it', async () => {
  const [house, ann] = await written()
  await makes(ann, 'read-key', first, house)
  const reader = await house.came(first)
  const heard = ann.heard.length
  reader.types('graffiti')
  for (const name of ['title', 'language', 'edit-key', 'read-key'] as const) {
    reader.says({ type: 'set-register', name, value: name.endsWith('key') ? third : 'graffiti' })
  }
  await house.settle()
  expect(reader.refusals()).toEqual(['forbidden 1'])
  expect(ann.heard.slice(heard)).toEqual([])
  const fresh = await house.came(house.document)
  expect([fresh.doc.text(), fresh.of('welcome')[0]?.registers]).toEqual(['hello', [{ name: 'read-key', value: first }]])
})

test('[M6] a reader takes no writer’s place; the writer takes theirs', async () => {
  const [house, ann] = await written()
  await makes(ann, 'read-key', first, house)
  const comes = async (address: LinkKey | DocumentId): Promise<Browser> => {
    const browser = house.browser(ann.replica)
    browser.says(browser.hello('Somebody', address, null))
    await house.settle()
    return browser
  }
  const reader = await comes(first)
  expect([reader.refusals(), reader.of('welcome'), ann.ended]).toEqual([['forged-author'], [], false])
  ann.goes()
  const patient = await comes(first)
  const again = await comes(house.document)
  expect([patient.refusals(), patient.ended, again.refusals(), again.ended]).toEqual([[], true, [], false])
})

test('[M6] a writer who was made a reader takes the place of their own lost connection', async () => {
  const [house, ann] = await written()
  await makes(ann, 'edit-key', first, house)
  await makes(ann, 'read-key', second, house)
  const bob = await house.came(house.document, `${first} ${second}`)
  await makes(ann, 'edit-key', third, house)
  const again = house.browser(bob.replica)
  again.says(again.hello('Bob', house.document, house.incarnation, `${first} ${second}`))
  await house.settle()
  expect([again.refusals(), again.of('welcome')[0]?.role, bob.ended]).toEqual([[], 'reader', true])
})

test('a new link to read stops the one before, for those who are in as well', async () => {
  const [house, ann] = await written()
  await makes(ann, 'read-key', first, house)
  const reader = await house.came(first)
  await makes(ann, 'read-key', second, house)
  expect([reader.refusals(), reader.ended]).toEqual([['forbidden'], true])
  expect((await house.came(first)).refusals()).toEqual(['not-found'])
  expect((await house.came(second)).doc.text()).toBe('hello')
})

test('[A2] whoever has a link to read cannot make it lead to a document of their own', async () => {
  const [house, ann] = await written()
  await makes(ann, 'read-key', first, house)
  const mallory = await house.joined('Mallory', randomDocumentId(house.random))
  mallory.types('not what Ann wrote')
  await makes(mallory, 'read-key', first, house)
  expect(mallory.of('registers').at(-1)?.registers).toEqual([{ name: 'read-key', value: '' }])
  expect((await house.came(first)).doc.text()).toBe('hello')
})

test('[A2] of two documents that got one link apart from each other it leads to the first, also when that has a new link to edit', async () => {
  const [house, ann] = await written()
  await makes(ann, 'read-key', first, house)
  await house.pass(10)
  // A server that has not heard of the link.
  house.restart()
  const mallory = await house.joined('Mallory', randomDocumentId(house.random))
  mallory.types('not what Ann wrote')
  await makes(mallory, 'read-key', first, house)
  expect((await house.came(first)).doc.text()).toBe('not what Ann wrote')
  await house.pass(10)
  const again = await house.joined('Ann')
  expect((await house.came(first)).doc.text()).toBe('hello')
  await makes(again, 'edit-key', second, house)
  const listed = await house.disk.list()
  for (const order of [listed, [...listed].reverse()]) {
    house.restart()
    for (const { document, registers } of order) house.rooms.links.put(document, registers)
    expect((await house.came(first)).doc.text()).toBe('hello')
  }
})

test('whoever gives a link up that is not theirs does not take it from the document that it leads to', async () => {
  const [house, ann] = await written()
  await makes(ann, 'read-key', first, house)
  await house.pass(10)
  house.restart()
  const mallory = await house.joined('Mallory', randomDocumentId(house.random))
  await makes(mallory, 'read-key', first, house)
  await house.joined('Ann')
  await makes(mallory, 'read-key', second, house)
  expect((await house.came(first)).doc.text()).toBe('hello')
})

test('everybody who may edit can hand the link to read on, also after a new link to edit', async () => {
  const [house, ann] = await written()
  const bob = await house.came(house.document)
  await makes(ann, 'read-key', first, house)
  expect(bob.of('registers').at(-1)?.registers).toEqual([{ name: 'read-key', value: first }])
  await makes(ann, 'edit-key', second, house)
  const cleo = await house.came(house.document, second)
  expect(cleo.of('welcome')[0]?.registers).toEqual([
    { name: 'edit-key', value: second },
    { name: 'read-key', value: first },
  ])
  expect((await house.came(first)).doc.text()).toBe('hello')
})

test('[A3] [P5] who is left with the link to read becomes a reader at once, and may write again with a key that counts', async () => {
  const [house, ann] = await written()
  await makes(ann, 'edit-key', first, house)
  await makes(ann, 'read-key', second, house)
  const bob = await house.came(house.document, `${first} ${second}`)
  await makes(ann, 'edit-key', third, house)
  bob.types('late')
  await house.settle()
  expect(bob.of('role')).toMatchObject([{ role: 'reader', reason: null }])
  expect([bob.refusals(), bob.ended]).toEqual([['forbidden 1'], false])
  await makes(ann, 'edit-key', first, house)
  expect(bob.of('role').at(-1)).toMatchObject({ role: 'writer' })
  bob.pushesUpdate(bob.everything())
  await house.settle()
  expect(ann.doc.text()).toBe('hellolate')
})

test('[A1] what is no key makes no link, and opens nothing', async () => {
  const [house, ann] = await written()
  await makes(ann, 'edit-key', '', house)
  await makes(ann, 'read-key', 'x'.repeat(9999), house)
  expect((await house.came(house.document, 'a b  c '.repeat(500))).of('welcome')).toMatchObject([{ registers: [] }])
})

test('[A2] of a key only its hash is on the disk, and a copy that nobody opens without the link to edit', async () => {
  const [house, ann] = await written()
  await makes(ann, 'edit-key', first, house)
  await makes(ann, 'read-key', second, house)
  const values = house.disk.commits.flat().flatMap((write) => (write.type === 'register' ? [write.value] : []))
  expect(values).toHaveLength(2)
  for (const value of values) for (const secret of [first, second]) expect(value).not.toContain(secret)
})

test('[M7] a new link is called stored when it is on the disk, and counts after a restart', async () => {
  const [house, ann] = await written()
  house.disk.hold()
  await makes(ann, 'edit-key', first, house)
  ann.types('!')
  await house.settle()
  expect(ann.stored()).toEqual([1])
  house.disk.release()
  await makes(ann, 'read-key', second, house)
  house.restart()
  for (const { document, registers } of await house.disk.list()) house.rooms.links.put(document, registers)
  expect((await house.came(house.document)).refusals()).toEqual(['not-found'])
  expect((await house.came(house.document, first)).doc.text()).toBe('hello!')
  expect((await house.came(second)).doc.text()).toBe('hello!')
})

test('[P6] while the disk takes nothing links stay as they are, and whoever wanted a new one is told', async () => {
  const [house, ann] = await written()
  const bob = await house.joined('Bob')
  house.disk.break()
  ann.types('!')
  await house.settle()
  await makes(ann, 'edit-key', first, house)
  expect([ann.of('registers').at(-1)?.registers, bob.ended]).toEqual([[{ name: 'edit-key', value: '' }], false])
})

test('[3] a link that was replaced on one server stops on the others, in open pages as well, within two seconds', async () => {
  const servers = await new Servers(['a', 'b']).start()
  const ann = await servers.joined('a', 'Ann')
  ann.types('hello')
  await makes(ann, 'read-key', first, servers)
  const bob = await servers.joined('b', 'Bob')
  const reader = await servers.get('b').house.came(first)
  expect(reader.doc.text()).toBe('hello')
  await makes(ann, 'edit-key', second, servers)
  await servers.pass(2000)
  bob.types('too late')
  expect([bob.refusals(), bob.ended, reader.ended]).toEqual([['forbidden'], true, false])
  await makes(ann, 'read-key', third, servers)
  await servers.pass(2000)
  expect([reader.refusals(), ann.doc.text()]).toEqual([['forbidden'], 'hello'])
  const { house } = servers.get('b')
  expect((await house.came(house.document)).refusals()).toEqual(['not-found'])
})

test('[R5] servers that were apart agree on the later link when they meet, and put the other one’s people out', async () => {
  const servers = await new Servers(['a', 'b']).start()
  const ann = await servers.joined('a', 'Ann')
  ann.types('hello')
  await servers.settle()
  const bob = await servers.joined('b', 'Bob')
  servers.cut('a', 'b')
  await servers.pass(10)
  await makes(ann, 'edit-key', first, servers)
  await servers.pass(10)
  await makes(bob, 'edit-key', second, servers)
  expect([ann.ended, bob.ended]).toEqual([false, false])
  servers.heal()
  await servers.pass(3000)
  expect([ann.refusals(), bob.ended]).toEqual([['forbidden'], false])
})

test('[A4] [R7] a link to read that is still on its way from another server is waited for', async () => {
  const servers = await new Servers(['a', 'b']).start()
  const ann = await servers.joined('a', 'Ann')
  ann.types('hello')
  await servers.settle()
  const { house } = servers.get('b')
  const reader = house.browser()
  reader.says(reader.hello('Reader', first, null))
  await house.settle()
  expect(reader.heard).toEqual([])
  await makes(ann, 'read-key', first, servers)
  expect(reader.doc.text()).toBe('hello')
  const stranger = house.browser()
  stranger.says(stranger.hello('Stranger', randomLinkKey(house.random), null))
  await servers.pass(1100)
  expect(stranger.refusals()).toEqual(['not-found'])
})

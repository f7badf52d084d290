import { Doc, decodeUpdate, emptyVersion, randomIncarnation, randomReplicaId, replicaId } from '@manyhands/crdt'
import { Writer } from '@manyhands/crdt/bytes'
import { encodeClientMessage, randomDocumentId } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { byMany, House } from './house.ts'

test('[M3] whoever joins is welcomed with the document, its hash and the others', async () => {
  const house = new House()
  const ann = await house.joined('Ann')
  ann.types('Hello')
  await house.settle()
  const bob = await house.joined('Bob')
  await house.pass(100)
  expect(bob.doc.text()).toBe('Hello')
  expect(bob.of('welcome')).toMatchObject([{ role: 'writer', member: 2, stateHash: ann.doc.stateHash(), servers: [] }])
  expect(bob.of('welcome')[0]?.members).toMatchObject([{ member: 1, state: { person: { name: 'Ann' } } }])
  expect(ann.of('presence')).toMatchObject([{ member: 2, state: { person: { name: 'Bob' }, selection: null } }])
})

test('what one types the others see, and their author is not told again', async () => {
  const house = new House()
  const [ann, bob, cyd] = [await house.joined('Ann'), await house.joined('Bob'), await house.joined('Cyd')]
  ann.types('Hi')
  await house.settle()
  expect([bob.doc.text(), cyd.doc.text()]).toEqual(['Hi', 'Hi'])
  expect(ann.of('updates')).toEqual([])
})

test('[P2] all pushes of one turn are one message to each member, encoded once, and one commit', async () => {
  const house = new House()
  const [ann, bob, cyd] = [await house.joined('Ann'), await house.joined('Bob'), await house.joined('Cyd')]
  for (const letter of 'abc') ann.types(letter)
  bob.types('x')
  await house.settle()
  expect(cyd.of('updates').map(({ updates }) => updates.length)).toEqual([4])
  expect(cyd.frames.find((frame) => ann.frames.includes(frame))).toBeDefined()
  expect(house.disk.commits).toHaveLength(1)
  expect([ann.doc.text(), bob.doc.text()]).toEqual([cyd.doc.text(), cyd.doc.text()])
})

test('[S1] stored is said after the commit and never before, once for all pushes it covers', async () => {
  const house = new House()
  const ann = await house.joined()
  house.disk.hold()
  ann.types('a')
  ann.types('b')
  await house.settle()
  expect(ann.stored()).toEqual([])
  house.disk.release()
  await house.settle()
  expect(ann.stored()).toEqual([2])
  expect(ann.of('stored')).toMatchObject([{ replicas: 1, servers: 1, stateHash: ann.doc.stateHash() }])
})

test('[S1] a commit that ends in the middle of a turn does not call a push of that turn stored', async () => {
  const house = new House()
  const ann = await house.joined()
  house.disk.hold()
  ann.types('a')
  await house.settle()
  ann.types('b')
  house.disk.release()
  for (let i = 0; i < 20; i++) await Promise.resolve()
  expect(ann.stored()).toEqual([1])
  await house.settle()
  expect(ann.stored()).toEqual([1, 2])
  expect(house.disk.commits.map((writes) => writes.filter(({ type }) => type === 'update').length)).toEqual([1, 1])
})

test('what comes while a commit is on its way waits for it, and then shares the next one', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  house.disk.hold()
  ann.types('1')
  await house.settle()
  for (const letter of 'abc') {
    ann.types(letter)
    bob.types(letter)
    await house.settle()
  }
  expect(house.disk.commits).toHaveLength(1)
  house.disk.release()
  await house.settle()
  expect(house.disk.commits).toHaveLength(2)
  expect([ann.stored(), bob.stored()]).toEqual([[1, 4], [3]])
})

test('[P6] a disk that fails: pushes are refused as not-stored, and reading goes on', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  house.disk.break()
  ann.types('a')
  await house.settle()
  ann.types('b')
  bob.types('c')
  await house.settle()
  expect([ann.refusals(), bob.refusals()]).toEqual([['not-stored 1', 'not-stored 2'], ['not-stored 1']])
  expect([ann.stored(), bob.stored()]).toEqual([[], []])
  expect([ann.ended, bob.ended]).toEqual([false, false])
  expect((await house.joined('Cyd')).doc.text()).toBe('a')
})

test('[P6] a disk that recovers: what others had seen is stored by itself, the rest when it is sent again', async () => {
  const house = new House()
  const ann = await house.joined()
  house.disk.break()
  ann.types('a')
  await house.settle()
  ann.types('b')
  await house.settle()
  house.disk.repair()
  await house.pass(1000)
  expect(ann.stored()).toEqual([])
  ann.pushesUpdate(ann.everything())
  await house.settle()
  expect(ann.stored()).toEqual([3])
  house.restart()
  expect((await house.joined('Bob')).doc.text()).toBe('ab')
})

test('[P3] a refusal is said before a later push is called stored, so nobody takes the refused one for stored', async () => {
  const house = new House()
  const ann = await house.joined()
  house.disk.break()
  ann.types('a')
  await house.settle()
  house.disk.repair()
  await house.pass(1000)
  ann.types('b')
  await house.settle()
  const said = ann.heard.filter(({ type }) => type === 'refused' || type === 'stored')
  expect(said).toMatchObject([
    { type: 'refused', reason: 'not-stored', n: 1 },
    { type: 'stored', n: 2 },
  ])
})

test('[P5] a push that waited behind a failing commit is refused with it', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  house.disk.hold()
  ann.types('a')
  await house.settle()
  bob.types('b')
  await house.settle()
  house.disk.break()
  house.disk.release()
  await house.settle()
  expect([ann.refusals(), bob.refusals()]).toEqual([['not-stored 1'], ['not-stored 1']])
  house.disk.repair()
  await house.pass(1000)
  house.restart()
  expect((await house.joined('Cyd')).doc.length).toBe(2)
})

test('a disk that hangs: when too much waits for it, pushes are refused and memory stays bounded', async () => {
  const house = new House()
  const ann = await house.joined()
  house.disk.hold()
  ann.types('a')
  await house.settle()
  for (let part = 0; part < 12; part++) {
    ann.types('x'.repeat(900_000))
    await house.pass(1000)
  }
  expect(ann.refusals()).toContain('not-stored 12')
})

test('[P6] a disk that hung, failed and works again takes pushes again, however much had waited for it', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  house.disk.hold()
  ann.types('a')
  await house.settle()
  for (let part = 0; part < 10; part++) {
    ann.types('x'.repeat(900_000))
    await house.pass(1000)
  }
  house.disk.break()
  house.disk.release()
  await house.settle()
  house.disk.repair()
  await house.pass(1000)
  bob.types('z')
  await house.settle()
  expect([ann.refusals().length > 1, bob.refusals(), bob.stored()]).toEqual([true, [], [1]])
  house.restart()
  expect((await house.joined('Cyd')).doc.stateHash()).toBe(bob.doc.stateHash())
})

test('[S2] a push that comes twice is stored twice and does nothing twice', async () => {
  const house = new House()
  const ann = await house.joined()
  const update = ann.types('once')
  await house.settle()
  ann.pushesUpdate(update)
  await house.settle()
  expect(ann.stored()).toEqual([1, 2])
  expect((await house.joined('Bob')).doc.text()).toBe('once')
})

test('[P4] a push without the beginning of its run is answered by resync, and the answer to that brings the rest', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  ann.doc.edit([{ from: 0, to: 0, insert: 'never sent, ' }])
  ann.types('but this was')
  await house.settle()
  const [resync] = ann.of('resync')
  expect([resync?.n, ann.stored()]).toEqual([1, []])
  ann.pushesUpdate(ann.doc.updateSince(resync?.version ?? emptyVersion))
  await house.settle()
  expect(ann.stored()).toEqual([2])
  expect(bob.doc.text()).toBe('never sent, but this was')
  house.restart()
  expect((await house.joined('Cyd')).doc.text()).toBe('never sent, but this was')
})

test('sync brings what somebody lacks', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  ann.types('Hello')
  await house.settle()
  bob.doc = Doc.create({ replica: bob.replica, incarnation: house.incarnation })
  bob.says({ type: 'sync', version: bob.doc.version() })
  expect(bob.doc.stateHash()).toBe(ann.doc.stateHash())
})

test('[M2] a document is stored with the first push and not before', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.goes()
  house.restart()
  const stranger = house.browser()
  stranger.says(stranger.hello('Stranger', house.document, null))
  await house.settle()
  expect(stranger.refusals()).toEqual(['not-found'])
  expect(house.disk.commits).toEqual([])
})

test('a document with a title and no text is stored too', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.says({ type: 'set-register', name: 'title', value: 'Empty for now' })
  await house.settle()
  house.restart()
  expect((await house.joined('Bob')).of('welcome')).toMatchObject([
    { registers: [{ name: 'title', value: 'Empty for now' }] },
  ])
})

test('a title goes to everyone, to whoever chose it as well', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  ann.says({ type: 'set-register', name: 'title', value: 'A title' })
  expect([ann.of('registers'), bob.of('registers')]).toMatchObject([
    [{ registers: [{ name: 'title', value: 'A title' }] }],
    [{ registers: [{ name: 'title', value: 'A title' }] }],
  ])
})

test('while the disk fails the old title stays, and whoever wanted another one hears so', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  house.disk.break()
  ann.types('a')
  await house.settle()
  ann.says({ type: 'set-register', name: 'title', value: 'New' })
  expect([ann.of('registers'), bob.of('registers')]).toMatchObject([
    [{ registers: [{ name: 'title', value: '' }] }],
    [],
  ])
})

test('the log is folded into a snapshot when it is long, and the document loads the same', async () => {
  const house = new House()
  const ann = await house.joined()
  for (let part = 0; part < 10; part++) {
    ann.types('0123456789'.repeat(3000))
    await house.pass(1000)
  }
  const snapshots = house.disk.commits.flat().filter(({ type }) => type === 'snapshot')
  expect(snapshots.length).toBe(1)
  house.restart()
  expect((await house.joined('Bob')).doc.stateHash()).toBe(ann.doc.stateHash())
})

test('many who ask for one document at once cause one load', async () => {
  const house = new House()
  await Promise.all(Array.from({ length: 20 }, (_, i) => house.joined(`${i}`)))
  expect([house.disk.loads, house.rooms.size]).toEqual([1, 1])
})

test('who has no copy and who has one may ask at the same moment', async () => {
  const house = new House()
  const [without, withCopy] = [house.browser(), house.browser()]
  without.says(without.hello('Without', house.document, null))
  withCopy.says(withCopy.hello())
  await house.settle()
  expect(without.refusals()).toEqual(['not-found'])
  expect(withCopy.of('welcome')).toHaveLength(1)
})

test('a room closes when it has been empty a while, and what was in it comes back', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.types('kept')
  await house.settle()
  ann.goes()
  await house.pass(59_000)
  expect(house.rooms.size).toBe(1)
  await house.pass(2000)
  expect(house.rooms.size).toBe(0)
  expect((await house.joined('Bob')).doc.text()).toBe('kept')
})

test('a room that somebody enters again does not close', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.goes()
  await house.pass(59_000)
  const bob = await house.joined('Bob')
  await house.pass(120_000)
  expect(house.rooms.size).toBe(1)
  bob.goes()
  await house.pass(61_000)
  expect(house.rooms.size).toBe(0)
})

test('a room whose last edits the disk has not taken stays until it has', async () => {
  const house = new House()
  const ann = await house.joined()
  house.disk.break()
  ann.types('precious')
  await house.settle()
  ann.goes()
  await house.pass(300_000)
  expect(house.rooms.size).toBe(1)
  house.disk.repair()
  await house.pass(2000)
  expect(house.rooms.size).toBe(0)
  expect((await house.joined('Bob')).doc.text()).toBe('precious')
})

test('a room that peers write in stays open, and is read from the disk once', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.goes()
  const peer = Doc.create({ replica: randomReplicaId(house.random), incarnation: house.incarnation })
  for (let i = 0; i < 20; i++) {
    const updates = [peer.edit([{ from: 0, to: 0, insert: 'x' }])]
    house.rooms.opened(house.document)?.receive({ people: [], updates, done() {} })
    await house.pass(10_000)
  }
  expect([house.disk.loads, house.rooms.size]).toEqual([1, 1])
  await house.pass(121_000)
  expect(house.rooms.size).toBe(0)
})

test('a room into which a peer writes while it closes stays open', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.goes()
  const room = house.rooms.opened(house.document)
  const peer = Doc.create({ replica: randomReplicaId(house.random), incarnation: house.incarnation })
  const bring = (text: string): void => {
    const updates = [peer.edit([{ from: 0, to: 0, insert: text }])]
    house.rooms.opened(house.document)?.receive({ people: [], updates, done() {} })
  }
  house.disk.hold()
  bring('before')
  await house.pass(125_000)
  bring('while it closes')
  house.disk.release()
  for (let i = 0; i < 20; i++) await Promise.resolve()
  expect(house.rooms.opened(house.document)).toBe(room)
  await house.settle()
  expect((await house.joined('Bob')).doc.text()).toBe('while it closesbefore')
})

test('a thousand names opened and closed leave no room behind', async () => {
  const house = new House()
  for (let i = 0; i < 1000; i++) (await house.joined('Ann', randomDocumentId(house.random))).goes()
  expect(house.rooms.size).toBe(1000)
  await house.pass(61_000)
  expect(house.rooms.size).toBe(0)
})

test('empty rooms are kept as long as their texts are few: those of 5,000 documents are never all', async () => {
  const house = new House()
  for (let i = 0; i < 5000; i++) await house.rooms.enter(randomDocumentId(house.random), house.incarnation)
  await house.settle()
  expect(house.rooms.size).toBe(4096)
})

test('empty rooms are kept as long as their texts are short, and the one that was empty longest goes first', async () => {
  const house = new House()
  const documents = Array.from({ length: 4 }, () => randomDocumentId(house.random))
  for (const document of documents) {
    const ann = await house.joined('Ann', document)
    for (let part = 0; part < 5; part++) ann.types('a million'.repeat(100_000))
    await house.settle()
    ann.goes()
    await house.settle()
  }
  expect(house.rooms.size).toBe(3)
  await house.joined('Bob', documents[3])
  expect(house.disk.loads).toBe(4)
  await house.joined('Bob', documents[0])
  expect(house.disk.loads).toBe(5)
})

test('whoever gives up while the document loads leaves nothing behind', async () => {
  const house = new House()
  const ann = house.browser()
  ann.says(ann.hello())
  ann.goes()
  await house.settle()
  await house.pass(61_000)
  expect([house.rooms.size, ann.heard]).toEqual([0, []])
})

test('[D2] a stored document that does not decode is damaged for those who ask for it and for nobody else', async () => {
  const house = new House()
  const { document, incarnation } = house
  const bytes = new Uint8Array([1, 2, 3])
  await house.disk.commit([
    { type: 'document', document, incarnation, at: 0 },
    { type: 'update', document, n: 1, at: 0, person: '', stateHash: '', length: 1, bytes },
  ])
  expect((await house.joined()).of('role')).toMatchObject([{ role: 'reader', reason: 'damaged' }])
  expect((await house.joined('Bob', randomDocumentId(house.random))).of('role')).toEqual([])
})

test('[M2] a document that began as another one is not merged', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.types('mine')
  await house.settle()
  const other = house.browser()
  other.says(other.hello('Other', house.document, randomIncarnation(house.random)))
  await house.settle()
  expect(other.refusals()).toEqual(['history-mismatch'])
})

test('[P5] a reader may not push, and is told so', async () => {
  const house = new House()
  const ann = await house.joined()
  house.role = 'reader'
  const reader = await house.joined('Reader')
  reader.types('graffiti')
  reader.says({ type: 'set-register', name: 'title', value: 'graffiti' })
  await house.settle()
  expect(reader.refusals()).toEqual(['forbidden 1'])
  expect([ann.doc.text(), ann.of('registers')]).toEqual(['', []])
  house.role = null
  expect((await house.joined('Nobody')).refusals()).toEqual(['forbidden'])
})

test('[P7] other people’s characters are taken from who comes back with them, as vouched for', async () => {
  const house = new House()
  const lost = Doc.create({ replica: randomReplicaId(house.random), incarnation: house.incarnation })
  const ann = await house.joined('Ann')
  ann.pushesUpdate(lost.edit([{ from: 0, to: 0, insert: 'by somebody else' }]))
  ann.types('mine', 0)
  await house.settle()
  expect([ann.refusals(), ann.stored()]).toEqual([[], [2]])
  const loaded = await house.disk.load(house.document)
  if (loaded.state !== 'stored') throw new Error('It is stored')
  expect(loaded.people.get(lost.replica)).toEqual({ person: '', color: '#000000', vouchedBy: 'Ann' })
  expect(loaded.people.get(ann.replica)).toEqual({ person: 'Ann', color: '#336699', vouchedBy: null })
})

test('[P7] once its author has spoken, nobody vouches for a replica any more', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), house.browser()]
  const update = bob.doc.edit([{ from: 0, to: 0, insert: 'by Bob' }])
  ann.pushesUpdate(update)
  await house.settle()
  bob.says(bob.hello('Bob'))
  await house.settle()
  bob.pushesUpdate(update)
  await house.settle()
  ann.pushesUpdate(update)
  await house.settle()
  const loaded = await house.disk.load(house.document)
  expect(loaded).toMatchObject({ people: new Map([[bob.replica, { person: 'Bob', vouchedBy: null }]]) })
})

test('[P7] nobody brings more of other people’s characters than a document can have', async () => {
  const house = new House()
  const lost = Doc.create({ replica: randomReplicaId(house.random), incarnation: house.incarnation })
  const ann = await house.joined()
  for (let part = 0; part < 11; part++) {
    ann.pushesUpdate(lost.edit([{ from: 0, to: 0, insert: 'x'.repeat(950_000) }]))
    ann.pushesUpdate(lost.edit([{ from: 0, to: 950_000, insert: '' }]))
    await house.pass(1000)
  }
  expect(ann.refusals()).toEqual(['forged-author 21', 'forged-author 22'])
})

test('[P7] nobody is the first to speak of more replicas than a document can have had', async () => {
  const house = new House()
  const ann = await house.joined()
  const parts = Array.from({ length: 5 }, () => byMany(house, 15_000))
  for (const update of [...parts, ...parts]) {
    ann.pushesUpdate(update)
    await house.pass(1000)
  }
  expect(ann.refusals()).toEqual(['forged-author 5', 'forged-author 10'])
})

test('[P6] the people whom a push brings count as well for what waits for a disk that hangs', async () => {
  const house = new House()
  const ann = await house.joined()
  house.disk.hold()
  ann.types('a')
  await house.settle()
  for (let part = 0; part < 3; part++) {
    ann.pushesUpdate(byMany(house, 10_000))
    await house.pass(1000)
  }
  expect(ann.refusals()).toEqual(['not-stored 4'])
})

test('[P7] nobody calls dead what another has yet to type', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  bob.types('Hello')
  await house.settle()
  const writer = new Writer()
  writer.byte(0x23)
  writer.replica(bob.replica)
  writer.varint(5)
  writer.varint(2 ** 31 - 9)
  const deletion = decodeUpdate(writer.finish())
  if (!deletion.ok) throw new Error(deletion.error.message)
  ann.pushesUpdate(deletion.value)
  await house.settle()
  bob.types('!')
  await house.settle()
  expect([ann.refusals(), bob.stored(), ann.doc.text()]).toEqual([['forged-author 1'], [1, 2], 'Hello!'])
})

test('[P7] what others wrote and deleted comes back to a server that never heard of it, as a range of dead ids', async () => {
  const house = new House()
  const lost = Doc.create({ replica: randomReplicaId(house.random), incarnation: house.incarnation })
  const ann = await house.joined('Ann')
  lost.edit([{ from: 0, to: 0, insert: 'x'.repeat(900_000) }])
  lost.edit([{ from: 0, to: 900_000, insert: '' }])
  const update = lost.edit([{ from: 0, to: 0, insert: 'what is left' }])
  ann.pushesUpdate(lost.updateSince(emptyVersion))
  ann.pushesUpdate(update)
  await house.settle()
  expect([ann.refusals(), ann.stored()]).toEqual([[], [2]])
  expect((await house.joined('Bob')).doc.text()).toBe('what is left')
})

test('[P7] deleting what others wrote is no forgery', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  for (let i = 0; i < 100; i++) {
    ann.types('x')
    await house.settle()
    bob.pushesUpdate(bob.doc.edit([{ from: 0, to: 1, insert: '' }]))
    await house.settle()
  }
  expect([bob.refusals(), ann.doc.text()]).toEqual([[], ''])
})

test('[M4] presence is passed on once per beat, the latest place of each, and never to its own', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  await house.pass(100)
  const before = bob.of('presence').length
  const person = { name: 'Ann', color: '#336699' }
  for (let i = 0; i < 50; i++) ann.says({ type: 'presence', state: { person, selection: null, idle: i % 2 === 0 } })
  await house.settle()
  expect(bob.of('presence').slice(before)).toMatchObject([{ member: 1, state: { idle: false } }])
  ann.says({ type: 'presence', state: { person, selection: { anchor: 'start', head: 'end' }, idle: false } })
  await house.settle()
  expect(bob.of('presence').length).toBe(before + 1)
  await house.pass(40)
  expect(bob.of('presence').slice(before + 1)).toMatchObject([{ member: 1, state: { selection: { head: 'end' } } }])
  expect(ann.of('presence').some(({ member }) => member === 1)).toBe(false)
})

test('whoever leaves is gone for the others at once', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  ann.goes()
  expect(bob.of('presence').at(-1)).toEqual({ type: 'presence', member: 1, state: null })
})

test('[M6] whoever comes back before their lost connection is missed stands there once', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  const again = house.browser()
  again.says(ann.hello())
  await house.pass(100)
  expect([ann.ended, house.rooms.size]).toEqual([true, 1])
  expect(again.of('welcome')[0]?.members.map(({ member }) => member)).toEqual([2])
  expect(bob.of('presence').map(({ member, state }) => [member, state !== null])).toContainEqual([1, false])
})

test('[P8] a slow reader is told nothing more until it reads, and then everything in one update', async () => {
  const house = new House()
  const [ann, slow] = [await house.joined('Ann'), await house.joined('Slow')]
  slow.reads = false
  for (let part = 0; part < 5; part++) {
    ann.types('0123456789'.repeat(60_000))
    await house.pass(1000)
  }
  for (let i = 0; i < 100; i++) {
    ann.types('x')
    await house.settle()
  }
  expect(slow.of('updates')).toHaveLength(2)
  slow.readsAgain()
  await house.settle()
  expect(slow.of('updates')).toHaveLength(3)
  expect(slow.doc.stateHash()).toBe(ann.doc.stateHash())
})

test('[S7] whoever never reads is cut off', async () => {
  const house = new House()
  const [ann, deaf] = [await house.joined('Ann'), await house.joined('Deaf')]
  deaf.reads = false
  for (let i = 0; i < 10_001; i++) {
    ann.says({ type: 'set-register', name: 'title', value: `${i}` })
    house.clock.advance(2)
  }
  expect([deaf.ended, ann.ended]).toEqual([true, false])
})

test('[S7] frames that are no message end the connection that sent them, and nothing else', async () => {
  const house = new House()
  const ann = await house.joined('Ann')
  const frames: [unknown, string][] = [
    ['text', 'bad-message'],
    [undefined, 'bad-message'],
    [new Uint8Array(), 'bad-message'],
    [new Uint8Array([99]), 'bad-message'],
    [new Uint8Array([2, 1, 255, 255]), 'bad-message'],
    [new Uint8Array([1, 9]), 'server-too-old'],
    [new Uint8Array(1_048_577), 'too-large'],
    [encodeClientMessage({ type: 'set-register', name: 'title', value: 'before hello' }), 'bad-message'],
  ]
  for (const [frame, reason] of frames) {
    const browser = house.browser()
    browser.sends(frame)
    browser.says(browser.hello())
    await house.settle()
    expect([browser.refusals(), browser.ended]).toEqual([[reason], true])
  }
  expect(house.refusals.toJSON()).toEqual({ 'bad-message': 6, 'server-too-old': 1, 'too-large': 1 })
  ann.types('unharmed')
  await house.settle()
  expect(ann.stored()).toEqual([1])
})

test('[M1] a second hello ends the connection', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.says(ann.hello())
  expect([ann.refusals(), ann.ended]).toEqual([['bad-message'], true])
})

test('[M1] whoever says nothing is not waited for', async () => {
  const house = new House()
  const silent = house.browser()
  const ann = await house.joined()
  await house.pass(10_000)
  expect([silent.refusals(), ann.refusals()]).toEqual([['bad-message'], []])
})

test('[M9] a document in which a great many have deleted far off is still opened by who has a copy, and takes what they typed', async () => {
  const house = new House()
  const [ann, bob] = await Promise.all([house.joined('Ann'), house.joined('Bob')])
  const faraway = decodeUpdate(farawayDeletions(5000))
  if (!faraway.ok) throw new Error(faraway.error.message)
  ann.pushesUpdate(faraway.value)
  await house.settle()
  bob.goes()
  bob.doc.edit([{ from: 0, to: 0, insert: 'typed offline' }])
  const again = house.browser(bob.replica)
  again.doc = bob.doc
  again.says(again.hello('Bob'))
  await house.settle()
  again.says({ type: 'sync', version: again.doc.version() })
  for (const { version } of again.of('welcome')) again.pushesUpdate(again.doc.updateSince(version))
  await house.settle()
  expect([again.refusals(), again.ended]).toEqual([[], false])
  expect(again.stored()).toEqual([1])
  expect(again.doc.stateHash()).toBe((await house.joined('Carl')).doc.stateHash())
  expect(ann.doc.text()).toBe('typed offline')
})

/** Of each of so many replicas one id is dead: 11 bytes here, and 275 of a version. */
function farawayDeletions(replicas: number): Uint8Array {
  const writer = new Writer()
  writer.byte(0x20)
  writer.varint(replicas)
  for (let replica = 1; replica <= replicas; replica++) writer.replica(replicaId(replica))
  for (let replica = 1; replica <= replicas; replica++) for (const number of [1, 65_535, 0]) writer.varint(number)
  writer.varint(0)
  return writer.finish()
}

test('[P9] a flood of messages, of bytes or of syncs is cut off, and the others do not notice', async () => {
  const house = new House()
  const ann = await house.joined('Ann')
  const floods = await Promise.all([house.joined('1'), house.joined('2'), house.joined('3')])
  const [messages, bytes, syncs] = floods
  for (let i = 0; i < 50; i++) syncs?.says({ type: 'sync', version: emptyVersion })
  for (let i = 0; i < 5000; i++) messages?.types('x')
  for (let i = 0; i < 10; i++) bytes?.types('x'.repeat(1_000_000))
  await house.settle()
  for (const flood of floods) expect([flood.refusals(), flood.ended]).toEqual([['rate-limited'], true])
  ann.types('calm')
  await house.settle()
  expect(ann.stored()).toEqual([1])
})

test('[P9] a typist with a moving mouse is never limited', async () => {
  const house = new House()
  const ann = await house.joined()
  const person = { name: 'Ann', color: '#336699' }
  for (let i = 0; i < 3000; i++) {
    ann.types('x')
    for (let move = 0; move < 3; move++) ann.says({ type: 'presence', state: { person, selection: null, idle: false } })
    house.clock.advance(10)
  }
  expect(ann.refusals()).toEqual([])
})

test('a document as long as a document can be takes no more', async () => {
  const house = new House()
  const ann = await house.joined()
  for (let part = 0; part < 11; part++) {
    ann.types('x'.repeat(950_000))
    await house.pass(1000)
  }
  expect(ann.refusals()).toEqual(['document-too-large 11'])
})

test('[M5] a name with controls in it, of 10,000 characters, is cleaned and cut before anybody sees it', async () => {
  const house = new House()
  const ann = await house.joined(`\u202e<b>${'😀'.repeat(10_000)}`)
  ann.says({ type: 'set-register', name: 'title', value: `\u0000${'t'.repeat(10_000)}` })
  const bob = await house.joined('Bob')
  const [welcome] = bob.of('welcome')
  expect(welcome?.members[0]?.state.person.name).toBe(`<b>${'😀'.repeat(61)}`)
  expect(welcome?.registers).toEqual([{ name: 'title', value: 't'.repeat(200) }])
})

test('bye goes to everyone who is connected', async () => {
  const house = new House()
  const ann = await house.joined()
  ann.saysBye()
  expect(ann.of('bye')).toEqual([{ type: 'bye', reason: 'shutting-down' }])
})

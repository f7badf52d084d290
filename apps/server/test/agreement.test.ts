import { expect, test } from 'vitest'
import { Servers } from './peers.ts'

test('[S4] servers agree when all of them have the same on their disks, and those who read hear so too', async () => {
  const servers = await new Servers(['a', 'b', 'c']).start()
  const [ann, bob] = [await servers.joined('a', 'Ann'), await servers.joined('b', 'Bob')]
  ann.types('Hello')
  await servers.pass(4000)
  const agreement = { type: 'agreement', agreeing: 3, servers: 3, stateHash: ann.doc.stateHash() }
  expect([ann.of('agreement').at(-1), bob.of('agreement').at(-1)]).toEqual([agreement, agreement])
})

test('[S4] a server that has all that I wrote, and lacks what somebody else did, does not agree', async () => {
  const servers = await new Servers(['a', 'b', 'c']).start()
  const [ann, bob] = [await servers.joined('a', 'Ann'), await servers.joined('b', 'Bob')]
  servers.cut('b', 'c')
  bob.types('Bob')
  await servers.settle()
  ann.types('Ann')
  await servers.pass(4000)
  expect(ann.of('stored').at(-1)).toMatchObject({ replicas: 3, servers: 3, stateHash: ann.doc.stateHash() })
  expect(ann.of('agreement').at(-1)).toMatchObject({ agreeing: 2, servers: 3 })
  servers.heal()
  await servers.pass(40_000)
  expect(ann.of('agreement').at(-1)).toMatchObject({ agreeing: 3, stateHash: bob.doc.stateHash() })
})

test('[S4] nothing is said while there is no rest', async () => {
  const servers = await new Servers(['a', 'b']).start()
  const ann = await servers.joined('a', 'Ann')
  for (let n = 0; n < 20; n++) {
    ann.types('x')
    await servers.pass(500)
  }
  expect(ann.of('agreement')).toEqual([])
  await servers.pass(4000)
  expect(ann.of('agreement')).toHaveLength(1)
})

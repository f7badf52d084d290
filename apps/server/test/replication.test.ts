import { afterEach, expect, test } from 'vitest'
import { Cluster } from './cluster.ts'

/** Servers with real sockets between them; only the disks are in the test's hands. */

let cluster = new Cluster()

afterEach(async () => {
  await cluster.stop()
  cluster = new Cluster()
})

test('[S3] what one types at one server another sees at another server, and both disks have it', async () => {
  const [a, b] = await cluster.start('a', 'b')
  const [ann, bob] = [await a?.joined('Ann'), await b?.joined('Bob')]
  ann?.types('Hello, ')
  await bob?.until(() => bob.doc.length === 7)
  bob?.types('world')
  await ann?.until(() => ann.doc.length === 12)
  expect([ann?.doc.text(), bob?.doc.text()]).toEqual(['Hello, world', 'Hello, world'])
  await Promise.all([ann?.allStored(), bob?.allStored()])
})

import { randomIncarnation } from '@manyhands/crdt'
import { randomDocumentId } from '@manyhands/protocol'
import { FakeClock, seededRandom } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import { accessByLinks } from '../src/access/links.ts'
import { HybridClock } from '../src/catalogue/hybrid-clock.ts'
import { noRelay } from '../src/replication/relay.ts'
import { Rooms } from '../src/rooms/rooms.ts'
import { Disk, silent } from './house.ts'

test('[R5] whoever replaces a value that is on the disk wins over it, also when the clock was set back since', async () => {
  const random = seededRandom(1)
  const [document, incarnation] = [randomDocumentId(random), randomIncarnation(random)]
  const stamp = '1700000000000-0003-b'
  const disk = new Disk()
  await disk.commit([
    { type: 'document', document, incarnation, at: 0 },
    { type: 'register', document, name: 'title', value: 'From the future', stamp },
  ])
  const clock = new FakeClock()
  const stamps = new HybridClock(clock, () => 'a')
  const surroundings = { clock, random, log: silent, others: noRelay, ack: 'local', stamps } as const
  const access = accessByLinks
  await new Rooms({ storage: disk, ...surroundings, access, committed() {} }).find(document, null)
  expect(stamps.next() > stamp).toBe(true)
})

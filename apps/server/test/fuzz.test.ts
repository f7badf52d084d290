import { encodeClientMessage } from '@manyhands/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { House } from './house.ts'

test('[S7] messages with bytes changed harm nobody but their sender, and the document stays one that all agree on', async () => {
  const house = new House()
  const [ann, bob] = [await house.joined('Ann'), await house.joined('Bob')]
  const mutation = fc.record({ at: fc.nat(200), byte: fc.nat(255), cut: fc.option(fc.nat(200), { freq: 5 }) })
  const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(mutations, fc.nat(3), async (changes, kind) => {
      const hostile = await house.joined('Hostile')
      const { doc } = hostile
      const update = doc.edit([{ from: 0, to: Math.min(doc.length, 2), insert: 'evil' }])
      const person = { name: 'x', color: '#000000' }
      const messages = [
        encodeClientMessage({ type: 'push', n: 1, update }),
        encodeClientMessage({ type: 'push', n: 1, update: doc.updateSince(doc.version()) }),
        encodeClientMessage({ type: 'sync', version: doc.version() }),
        encodeClientMessage({ type: 'presence', state: { person, selection: null, idle: true } }),
      ]
      let bytes = (messages[kind] ?? new Uint8Array()).slice()
      for (const { at, byte, cut } of changes) {
        bytes[at % bytes.length] = byte
        if (cut !== null) bytes = bytes.slice(0, Math.max(1, cut))
      }
      hostile.sends(bytes)
      await house.settle()
      hostile.goes()
    }),
    { numRuns: 300 },
  )
  ann.says({ type: 'sync', version: ann.doc.version() })
  bob.says({ type: 'sync', version: bob.doc.version() })
  const pushed = ann.pushes
  ann.types('unharmed')
  await house.settle()
  expect([ann.refusals(), ann.stored().at(-1)]).toEqual([[], pushed + 1])
  expect(ann.doc.stateHash()).toBe(bob.doc.stateHash())
  house.restart()
  expect((await house.joined('Cyd')).doc.stateHash()).toBe(ann.doc.stateHash())
})

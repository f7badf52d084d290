import { Doc, decodeUpdate, randomIncarnation, replicaId } from '@manyhands/crdt'
import { Writer } from '@manyhands/crdt/bytes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ClientMessage,
  cleanName,
  cleanRegister,
  decodeClientMessage,
  decodePeerMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodePeerMessage,
  encodeServerMessage,
  MAX_LANGUAGE,
  MAX_MESSAGE_BYTES,
  MAX_NAME,
  MAX_PEER_MESSAGE_BYTES,
  MAX_TITLE,
  PROTOCOL_VERSION,
  type PresenceState,
  REGISTER_NAMES,
  randomDocumentId,
  randomLinkKey,
  refusalReasons,
  type ServerMessage,
  type SharedRegister,
} from '../src/index.ts'
import { clientExamples, peerExamples } from './examples.ts'

const chance = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
const random = chance.map((stream) => () => stream.next().value ?? 0)
const seq = fc.nat(2 ** 31 - 2)
const replica = fc.integer({ min: 1, max: 2 ** 48 - 1 }).map(replicaId)
const id = fc.record({ replica, seq })
const anchor = fc.oneof(
  fc.constantFrom('start' as const, 'end' as const),
  fc.record({ id, side: fc.constantFrom('before' as const, 'after' as const) }),
)
const text = fc.string({ unit: 'grapheme', maxLength: 300 })
const color = fc.nat(0xffffff).map((n) => `#${n.toString(16).padStart(6, '0')}`)
const person = fc.record({ name: text.map(cleanName), color })
const device = fc.nat(0xffffff).map((n) => n.toString(16).padStart(12, '0'))
const state: fc.Arbitrary<PresenceState> = fc.record(
  { person, selection: fc.option(fc.record({ anchor, head: anchor })), idle: fc.boolean(), top: anchor, device },
  { requiredKeys: ['person', 'selection', 'idle'] },
)
const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => n.toString(16).padStart(16, '0'))
const register: fc.Arbitrary<SharedRegister> = fc
  .record({ name: fc.constantFrom(...REGISTER_NAMES), value: fc.oneof(text, random.map(randomLinkKey)) })
  .map(({ name, value }) => ({ name, value: cleanRegister(name, value) }))
const number = fc.maxSafeNat()
const reason = fc.constantFrom(...refusalReasons)

const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc.record({
    type: fc.constant('hello' as const),
    protocol: fc.constant(PROTOCOL_VERSION),
    document: fc.oneof(random.map(randomDocumentId), random.map(randomLinkKey)),
    replica,
    incarnation: fc.option(random.map(randomIncarnation)),
    token: fc.string({ unit: 'grapheme', maxLength: 100 }),
    person,
    version: fc.constant(null),
  }),
  fc.record({ type: fc.constant('presence' as const), state }),
  register.map((said) => ({ type: 'set-register' as const, ...said })),
)

const serverMessage: fc.Arbitrary<ServerMessage> = fc.oneof(
  fc.record({ type: fc.constant('stored' as const), n: number, replicas: number, servers: number, stateHash: hash }),
  fc.record({ type: fc.constant('agreement' as const), agreeing: number, servers: number, stateHash: hash }),
  fc.record({ type: fc.constant('presence' as const), member: number, state: fc.option(state) }),
  fc.record({
    type: fc.constant('role' as const),
    role: fc.constantFrom('writer' as const, 'reader' as const),
    reason: fc.option(reason),
  }),
  fc.record({ type: fc.constant('registers' as const), registers: fc.array(register, { minLength: 1 }) }),
  fc.record({ type: fc.constant('refused' as const), reason, detail: text, n: fc.option(fc.integer({ min: 1 })) }),
  fc.record({ type: fc.constant('bye' as const), reason }),
)

test('every client message comes back as it was', () => {
  fc.assert(
    fc.property(clientMessage, (m) => {
      expect(decodeClientMessage(encodeClientMessage(m))).toEqual({ ok: true, value: m })
    }),
  )
})

test('every server message comes back as it was', () => {
  fc.assert(
    fc.property(serverMessage, (m) => {
      expect(decodeServerMessage(encodeServerMessage(m))).toEqual({ ok: true, value: m })
    }),
  )
})

test('[S7] random bytes are a typed refusal or a message, and never an exception', () => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  fc.assert(
    fc.property(bytes, (b) => {
      for (const result of [decodeClientMessage(b), decodeServerMessage(b), decodePeerMessage(b)])
        if (!result.ok) expect(refusalReasons).toContain(result.error.reason)
    }),
    { numRuns: 2000 },
  )
})

test('[M1] a hello of another protocol version is refused by name, whatever follows the version', () => {
  const newer = new Uint8Array([1, PROTOCOL_VERSION + 1, 255, 255])
  const ancient = new Uint8Array([1, 0, 255, 255])
  expect(decodeClientMessage(newer)).toMatchObject({ error: { reason: 'server-too-old' } })
  expect(decodeClientMessage(ancient)).toMatchObject({ error: { reason: 'client-too-old' } })
})

test('[M1] a hello for something that is no document id is refused by name', () => {
  const w = new Writer()
  w.byte(1)
  w.varint(PROTOCOL_VERSION)
  w.string('../../etc/passwd')
  expect(decodeClientMessage(w.finish())).toMatchObject({ error: { reason: 'bad-document-id' } })
})

test('[P1] a push with the number 0 is no push', () => {
  const { push } = clientExamples
  if (push === undefined) throw new Error('There is an example of a push')
  const bytes = encodeClientMessage(push.type === 'push' ? { ...push, n: 0 } : push)
  expect(decodeClientMessage(bytes)).toMatchObject({ error: { reason: 'bad-message' } })
})

test('[R5] a register whose stamp is none is refused: it would be the latest for ever', () => {
  const { catalogue } = peerExamples
  if (catalogue?.type !== 'catalogue') throw new Error('There is an example of a catalogue')
  for (const stamp of ['', 'zzz', '99999999999999-0000-a', '1700000000000-0001']) {
    const bytes = encodePeerMessage({ ...catalogue, registers: [{ name: 'title', value: '', stamp }] })
    expect(decodePeerMessage(bytes)).toMatchObject({ error: { reason: 'bad-message' } })
  }
})

test('[M4] a presence of more than its limit is too large', () => {
  const w = new Writer()
  w.byte(3)
  w.string('x'.repeat(2000))
  expect(decodeClientMessage(w.finish())).toMatchObject({ error: { reason: 'too-large' } })
})

test('[M5] names and titles of 10,000 characters with controls in them are cleaned and cut by whoever reads them', () => {
  for (const [name, longest] of [
    ['title', MAX_TITLE],
    ['language', MAX_LANGUAGE],
  ] as const) {
    const w = new Writer()
    w.bytes(encodeClientMessage({ type: 'set-register', name, value: '' }).subarray(0, 2))
    w.string(`\u202e${'😀'.repeat(10_000)}`)
    expect(decodeClientMessage(w.finish())).toMatchObject({ value: { name, value: '😀'.repeat(longest) } })
  }
})

test('[M5] a key that is none is empty, whoever sends it', () => {
  for (const value of [
    '',
    'x',
    'a'.repeat(27),
    'a'.repeat(29),
    `${'a'.repeat(27)}0`,
    '__proto__',
    '../../../../../../../../../a',
  ]) {
    const w = new Writer()
    w.bytes(encodeClientMessage({ type: 'set-register', name: 'edit-key', value: '' }).subarray(0, 2))
    w.string(value)
    expect(decodeClientMessage(w.finish())).toMatchObject({ value: { name: 'edit-key', value: '' } })
  }
})

test('[S7] a register that is not on the list cannot be set, whatever its number', () => {
  for (let number = REGISTER_NAMES.length; number < 256; number++) {
    const w = new Writer()
    w.bytes(new Uint8Array([6, number]))
    w.string('x')
    expect(decodeClientMessage(w.finish())).toMatchObject({ error: { reason: 'bad-message' } })
  }
})

test('[M5] what is sent is clean already', () => {
  const { hello } = clientExamples
  if (hello?.type !== 'hello') throw new Error('The example is a hello')
  const bytes = encodeClientMessage({
    ...hello,
    person: { name: '\u0000'.repeat(9) + 'a'.repeat(999), color: '#abcdef' },
  })
  expect(decodeClientMessage(bytes)).toMatchObject({ value: { person: { name: 'a'.repeat(MAX_NAME) } } })
})

test('a colour that is none cannot be sent, and leaves nothing before the next message', () => {
  const state = { person: { name: '', color: 'red;background:url(x)' }, selection: null, idle: false }
  const before = encodeClientMessage({ type: 'set-register', name: 'title', value: 'x' })
  expect(() => encodeClientMessage({ type: 'presence', state })).toThrow('#rrggbb')
  expect(encodeClientMessage({ type: 'set-register', name: 'title', value: 'x' })).toEqual(before)
})

test('[M9] whatever a document’s version says, a message that carries it can be sent', () => {
  const doc = Doc.create({ replica: replicaId(1), incarnation: randomIncarnation(() => 0.5) })
  for (let low = 0; low < 20_000; low++) {
    // One far-off id is dead of each of so many replicas: 275 bytes.
    const deletion = decodeUpdate(Uint8Array.of(0x24, low & 255, low >> 8, 0, 0, 0, 1, 255, 255, 3))
    if (deletion.ok) doc.apply(deletion.value)
  }
  const version = doc.version()
  expect(version.size).toBe(20_000)
  for (const example of Object.values(clientExamples))
    if ('version' in example)
      expect(encodeClientMessage({ ...example, version }).length).toBeLessThan(MAX_MESSAGE_BYTES)
  for (const example of Object.values(peerExamples))
    if ('version' in example)
      expect(encodePeerMessage({ ...example, version }).length).toBeLessThan(MAX_PEER_MESSAGE_BYTES)
})

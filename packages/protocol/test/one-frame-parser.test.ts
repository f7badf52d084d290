import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decoder, Encoder } from '../src/index.ts'

function decoded(frame: unknown): unknown[] {
  const packets: unknown[] = []
  new Decoder().on('decoded', (packet) => packets.push(packet)).add(frame)
  return packets
}

const closes = [{ type: 4, nsp: '/', data: { message: 'bad-message' } }]

test('an event is one frame, which is its bytes and nothing else', () => {
  const bytes = new Uint8Array([1, 2, 3])
  expect(new Encoder().encode({ type: 2, nsp: '/', data: ['m', bytes] })).toEqual([bytes])
})

test('bytes come in as a Buffer, a Uint8Array or an ArrayBuffer, and are the same event', () => {
  const event = [{ type: 2, nsp: '/', data: ['m', new Uint8Array([1, 2, 3])] }]
  expect(decoded(new Uint8Array([1, 2, 3]))).toEqual(event)
  expect(decoded(new Uint8Array([1, 2, 3]).buffer)).toEqual(event)
  expect(decoded(Buffer.from([1, 2, 3]))).toMatchObject([{ type: 2 }])
})

test('connect, disconnect and connect-error are one frame of JSON, and come back as they were', () => {
  const packets = [
    { type: 0, nsp: '/', data: { sid: 'a', pid: 'b' } },
    { type: 1, nsp: '/' },
    { type: 4, nsp: '/', data: { message: 'no' } },
  ]
  for (const packet of packets) {
    const frames = new Encoder().encode(packet)
    expect(frames).toHaveLength(1)
    expect(decoded(frames[0])).toEqual([packet])
  }
})

test('an event that is not one Uint8Array cannot be sent', () => {
  for (const data of [undefined, [], ['m'], ['m', 'text'], ['m', {}]])
    expect(() => new Encoder().encode({ type: 2, nsp: '/', data })).toThrow('An event carries one Uint8Array')
})

test('[S7] a frame that nobody sends who speaks this language closes the connection and throws nothing', () => {
  const frames = [
    '',
    '{',
    'null',
    '[]',
    '0',
    '2["m"]',
    '{"type":2,"data":["m","x"]}',
    '{"type":3}',
    '{"type":0,"data":7}',
  ]
  const more = [
    '{"type":4}',
    '{"type":"0"}',
    '51-["m",{"_placeholder":true,"num":0}]',
    '['.repeat(100_000),
    null,
    undefined,
    7,
    {},
  ]
  for (const frame of [...frames, ...more]) expect(decoded(frame)).toEqual(closes)
})

test('[S7] keys named like prototypes are data', () => {
  expect(decoded('{"type":0,"data":{"__proto__":{"admin":true}}}')).toHaveLength(1)
  expect(Reflect.get({}, 'admin')).toBeUndefined()
})

test('[S7] random text throws nothing and is at most a control packet', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const packet of decoded(text)) expect(packet).not.toMatchObject({ type: 2 })
    }),
  )
})

test('a decoder that was destroyed, or whose listener was removed, tells nobody anything', () => {
  const packets: unknown[] = []
  const listener = (packet: unknown): unknown => packets.push(packet)
  const decoder = new Decoder().on('decoded', listener)
  decoder.removeListener('decoded', listener)
  decoder.add('{"type":1}')
  decoder.on('decoded', listener).destroy()
  decoder.add('{"type":1}')
  expect(packets).toEqual([])
})

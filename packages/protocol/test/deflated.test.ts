import { deflateRawSync, deflateSync } from 'node:zlib'
import { Writer } from '@manyhands/crdt/bytes'
import { describe, expect, test } from 'vitest'
import {
  decodeClientMessage,
  decodeServerMessage,
  deflateServerMessage,
  encodeServerMessage,
  MAX_INFLATED_BYTES,
} from '../src/index.ts'
import { serverExamples } from './examples.ts'

const { welcome } = serverExamples
if (welcome === undefined) throw new Error('There is an example of a welcome')
const plain = encodeServerMessage(welcome)

/** A message of number 11 that announces so many bytes. */
function announcing(size: number, deflated: Uint8Array): Uint8Array {
  const w = new Writer()
  w.byte(11)
  w.varint(size)
  w.bytes(deflated)
  return w.finish()
}

const refused = { ok: false, error: { reason: 'bad-message' } }

describe('a deflated message', () => {
  test('is the message inside', () => {
    expect(decodeServerMessage(deflateServerMessage(plain, (bytes) => deflateRawSync(bytes)))).toEqual(
      decodeServerMessage(plain),
    )
  })

  test('[M8] is announced with the length it has', () => {
    const deflated = deflateRawSync(plain)
    expect(decodeServerMessage(announcing(plain.length, deflated)).ok).toBe(true)
    for (const size of [0, plain.length - 1, plain.length + 1])
      expect(decodeServerMessage(announcing(size, deflated))).toMatchObject(refused)
  })

  test('[M8] [S7] takes no memory that its bytes cannot fill', () => {
    const before = process.memoryUsage().arrayBuffers
    for (const size of [1_000_000, MAX_INFLATED_BYTES, MAX_INFLATED_BYTES + 1, 2 ** 53 - 1])
      expect(decodeServerMessage(announcing(size, new Uint8Array(100)))).toMatchObject(refused)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000)
  })

  test('[S7] that was damaged is a typed refusal or another whole message', () => {
    const bytes = announcing(plain.length, deflateRawSync(plain))
    for (let end = 0; end < bytes.length; end++) expect(decodeServerMessage(bytes.subarray(0, end)).ok).toBe(false)
    for (let bit = 8; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const result = decodeServerMessage(flipped)
      if (result.ok) expect(decodeServerMessage(encodeServerMessage(result.value))).toEqual(result)
    }
  })

  test('holds no other deflated message, and is raw', () => {
    const once = announcing(plain.length, deflateRawSync(plain))
    expect(decodeServerMessage(announcing(once.length, deflateRawSync(once)))).toMatchObject(refused)
    expect(decodeServerMessage(announcing(plain.length, deflateSync(plain)))).toMatchObject(refused)
  })

  test('is nothing that a client may send', () => {
    expect(decodeClientMessage(announcing(plain.length, deflateRawSync(plain)))).toMatchObject(refused)
  })
})

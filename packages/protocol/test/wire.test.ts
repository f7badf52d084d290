import type { Result } from '@manyhands/crdt'
import { describe, expect, test } from 'vitest'
import {
  decodeClientMessage,
  decodePeerMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodePeerMessage,
  encodeServerMessage,
  isRefusalReason,
  type Refusal,
} from '../src/index.ts'
import { clientExamples, peerExamples, serverExamples } from './examples.ts'

interface Example {
  readonly name: string
  readonly bytes: Uint8Array
  /** Decoded and encoded again. */
  readonly again: (bytes: Uint8Array) => Result<Uint8Array, Refusal>
}

function again<M>(decode: (bytes: Uint8Array) => Result<M, Refusal>, encode: (m: M) => Uint8Array): Example['again'] {
  return (bytes) => {
    const m = decode(bytes)
    return m.ok ? { ok: true, value: encode(m.value) } : m
  }
}

const examples: readonly Example[] = [
  ...Object.entries(clientExamples).map(([name, m]) => ({
    name,
    bytes: encodeClientMessage(m),
    again: again(decodeClientMessage, encodeClientMessage),
  })),
  ...Object.entries(serverExamples).map(([name, m]) => ({
    name,
    bytes: encodeServerMessage(m),
    again: again(decodeServerMessage, encodeServerMessage),
  })),
  ...Object.entries(peerExamples).map(([name, m]) => ({
    name,
    bytes: encodePeerMessage(m),
    again: again(decodePeerMessage, encodePeerMessage),
  })),
]

/** A typed refusal, or a message that can be sent on and read again. */
function expectRefusalOrMessage(example: Example, bytes: Uint8Array): void {
  const once = example.again(bytes)
  if (!once.ok) return expect(isRefusalReason(once.error.reason)).toBe(true)
  const twice = example.again(once.value)
  expect(twice.ok && Buffer.compare(twice.value, once.value)).toBe(0)
}

describe.each(examples)('$name', (example) => {
  test('has golden bytes', async () => {
    const hex = Buffer.from(example.bytes).toString('hex')
    await expect(hex.replace(/.{1,64}/g, '$&\n')).toMatchFileSnapshot(`golden/${example.name}.hex`)
  })

  test('comes back as the same bytes', () => {
    expect(example.again(example.bytes)).toEqual({ ok: true, value: example.bytes })
  })

  test('[S7] cut short anywhere is a typed refusal or another whole message', () => {
    for (let end = 0; end < example.bytes.length; end++) expectRefusalOrMessage(example, example.bytes.subarray(0, end))
  })

  test('[S7] with any one bit turned is a typed refusal or another whole message', () => {
    for (let bit = 0; bit < example.bytes.length * 8; bit++) {
      const bytes = example.bytes.slice()
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expectRefusalOrMessage(example, bytes)
    }
  })
})

import { expect, test } from 'vitest'
import { type Exchange, isProof, proofOf } from './proof.ts'

const exchange: Exchange = {
  dialer: 'a',
  dialed: 'b',
  dialerNonce: new Uint8Array(16).fill(1),
  dialedNonce: new Uint8Array(16).fill(2),
}

test('[R1] a proof holds for one secret, one direction, two servers and two nonces', () => {
  const proof = proofOf('secret', 'dialer', exchange)
  expect(isProof(proof, proofOf('secret', 'dialer', exchange))).toBe(true)
  const others = [
    proofOf('other', 'dialer', exchange),
    proofOf('secret', 'dialed', exchange),
    proofOf('secret', 'dialer', { ...exchange, dialer: 'b', dialed: 'a' }),
    proofOf('secret', 'dialer', { ...exchange, dialed: 'c' }),
    proofOf('secret', 'dialer', { ...exchange, dialerNonce: new Uint8Array(16) }),
    proofOf('secret', 'dialer', { ...exchange, dialedNonce: new Uint8Array(16) }),
    proof.subarray(0, 31),
  ]
  for (const other of others) expect(isProof(other, proof)).toBe(false)
})

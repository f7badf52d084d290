import { createHmac, timingSafeEqual } from 'node:crypto'

/** What two servers have said of themselves when they prove to each other that they know the secret. */
export interface Exchange {
  readonly dialer: string
  readonly dialed: string
  readonly dialerNonce: Uint8Array
  readonly dialedNonce: Uint8Array
}

/**
 * An HMAC over all that was said, and over who proves: so a proof that was overheard is of no use to anybody, not at another
 * time, not between other servers, and not when it is sent back to where it came from.
 */
export function proofOf(secret: string, prover: 'dialer' | 'dialed', exchange: Exchange): Uint8Array {
  const { dialer, dialed, dialerNonce, dialedNonce } = exchange
  const parts = ['manyhands peer', prover, dialer, dialed, hex(dialerNonce), hex(dialedNonce)]
  return new Uint8Array(createHmac('sha256', secret).update(JSON.stringify(parts)).digest())
}

export function isProof(proof: Uint8Array, expected: Uint8Array): boolean {
  return proof.length === expected.length && timingSafeEqual(proof, expected)
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

import type { ReplicaId } from './ids.ts'

/**
 * An order-free 64-bit hash of a set of ids, kept as two 32-bit lanes.
 *
 * Each boundary x of a replica's ids has a pseudo-random value F(x); a range [from, to) counts F(to) − F(from), and a set is the
 * sum of its ranges. So two ranges that meet count the same as one, ranges can be added and taken away in any order, and nobody
 * needs the ranges in a canonical form. Two different sets differ in some boundary, and agree by accident once in 2^64.
 */
export interface Lanes {
  low: number
  high: number
}

/** What tells a replica's known ids from its dead ones, and both from another replica's. */
export interface Seed {
  readonly low: number
  readonly high: number
}

export function seedOf(replica: ReplicaId, kind: 'known' | 'dead'): Seed {
  const salt = kind === 'known' ? 0x6b6e6f77 : 0x64656164
  const low = mix(mix((replica >>> 0) ^ salt) ^ Math.floor(replica / 2 ** 32))
  return { low, high: mix(low ^ 0x9e3779b9) }
}

export function addRange(lanes: Lanes, seed: Seed, from: number, to: number): void {
  lanes.low = (lanes.low + mix(to ^ seed.low) - mix(from ^ seed.low)) | 0
  lanes.high = (lanes.high + mix(to ^ seed.high) - mix(from ^ seed.high)) | 0
}

export function takeRange(lanes: Lanes, seed: Seed, from: number, to: number): void {
  addRange(lanes, seed, to, from)
}

export function hex(lanes: Lanes): string {
  return hex32(lanes.high) + hex32(lanes.low)
}

function hex32(n: number): string {
  return (n >>> 0).toString(16).padStart(8, '0')
}

/** The finalizer of MurmurHash3 (Appleby 2011): every input bit changes about half of the output bits. */
function mix(n: number): number {
  n ^= n >>> 16
  n = Math.imul(n, 0x85ebca6b)
  n ^= n >>> 13
  n = Math.imul(n, 0xc2b2ae35)
  return n ^ (n >>> 16)
}

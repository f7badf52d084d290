import { BYTES_AT_ONCE, BYTES_PER_SECOND, MESSAGES_AT_ONCE, MESSAGES_PER_SECOND } from '@manyhands/protocol'

/**
 * What a connection may still push before the server would call it too much [P9]: so many at once, and as time goes by
 * some more. A quarter of the server's limits is left to cursors and questions, and to two clocks that do not agree.
 */
export interface Pace {
  readonly pushes: number
  readonly bytes: number
  readonly at: number
}

const SHARE = 0.75

const PUSHES_PER_SECOND = SHARE * MESSAGES_PER_SECOND
export const PUSHES_AT_ONCE: number = SHARE * MESSAGES_AT_ONCE
const PUSHED_BYTES_PER_SECOND = SHARE * BYTES_PER_SECOND
const PUSHED_BYTES_AT_ONCE = SHARE * BYTES_AT_ONCE

/** Of a connection that has said nothing yet. */
export function freshPace(now: number): Pace {
  return { pushes: PUSHES_AT_ONCE, bytes: PUSHED_BYTES_AT_ONCE, at: now }
}

export function paceAt({ pushes, bytes, at }: Pace, now: number): Pace {
  const seconds = Math.max(0, now - at) / 1000
  return {
    pushes: Math.min(PUSHES_AT_ONCE, pushes + seconds * PUSHES_PER_SECOND),
    bytes: Math.min(PUSHED_BYTES_AT_ONCE, bytes + seconds * PUSHED_BYTES_PER_SECOND),
    at: now,
  }
}

export function spent(pace: Pace, pushes: number, bytes: number): Pace {
  return { ...pace, pushes: pace.pushes - pushes, bytes: pace.bytes - bytes }
}

/** Milliseconds until one more push of that many bytes may go; 0 when it may go now. */
export function waitFor({ pushes, bytes }: Pace, size: number): number {
  const forPush = (1 - pushes) / PUSHES_PER_SECOND
  const forBytes = (size - bytes) / PUSHED_BYTES_PER_SECOND
  return Math.max(0, Math.ceil(1000 * Math.max(forPush, forBytes)))
}

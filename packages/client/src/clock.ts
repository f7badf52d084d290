/** Time, as the client needs it. Handed in, so that tests have it in their hands. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls once, that many milliseconds from now. Returns how to call it off. */
  after(ms: number, call: () => void): () => void
  /** Calls as soon as what runs now has returned. */
  soon(call: () => void): void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  soon: (call) => queueMicrotask(call),
}

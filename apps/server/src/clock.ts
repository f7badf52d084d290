/** Time, as handed in by whoever starts the server: the real one by `main.ts`, one that stands still by tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls once, that many milliseconds from now, unless the returned function is called before. */
  after(ms: number, f: () => void): () => void
  /** Calls once, when everything that has arrived by now has been taken in: at the end of this turn of the event loop. */
  soon(f: () => void): void
}

/** The clock of this computer. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  soon: (call) => void setImmediate(call),
}

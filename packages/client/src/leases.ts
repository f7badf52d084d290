/** Who of several tabs may speak for something: at most one at a time, and nobody for one that has gone. */
export interface Leases {
  /** Takes a lease that is free and answers how to give it back; null where another tab has it, or where that cannot be known. */
  take(name: string): Promise<(() => void) | null>
  /** Calls when it has become free and is taken, with how to give it back. Returns how to wait no longer. */
  wait(name: string, taken: (giveBack: () => void) => void): () => void
}

/** By the browser's Web Locks, which it takes back itself when a tab ends, however it ends. */
export const webLocks: Leases = {
  take(name) {
    // Where the page did not come by https there are none.
    const locks: LockManager | undefined = navigator.locks
    if (locks === undefined) return Promise.resolve(null)
    return new Promise((resolve) => {
      const held = locks.request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(null)
        return new Promise<void>((release) => resolve(release))
      })
      void held.catch(() => resolve(null))
    })
  },
  wait(name, taken) {
    const { signal, abort } = abortable()
    const locks: LockManager | undefined = navigator.locks
    const held = locks?.request(name, { signal }, () => new Promise<void>((release) => taken(release)))
    void held?.catch(() => undefined)
    return abort
  },
}

function abortable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

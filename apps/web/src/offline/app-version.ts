/** Which version of the page runs here, and whether a newer one is ready. */
import type { Clock } from '@manyhands/client'

export interface AppVersion {
  /** A newer version lies ready on this device. */
  readonly isNewReady: boolean
  /** Hears when that changes. Returns how to stop. */
  subscribe(listener: () => void): () => void
  /** Shows the newest version there is, from a server if it has one; what was written stays on the device. */
  reload(): Promise<void>
}

const HOUR = 3_600_000

/** By the service worker, which begins `whenQuiet`. Where there can be none, a reload is a reload. */
export function appVersion(
  workers: ServiceWorkerContainer | undefined,
  page: { reload(): void },
  clock: Clock,
  whenQuiet: (call: () => void) => void,
): AppVersion {
  const listeners = new Set<() => void>()
  let registration: ServiceWorkerRegistration | null = null
  let asked = false
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const lookLater = (found: ServiceWorkerRegistration): void => {
    clock.after(HOUR, () => {
      void found.update().catch(() => undefined)
      lookLater(found)
    })
  }
  const watch = (found: ServiceWorkerRegistration): void => {
    registration = found
    found.addEventListener('updatefound', () => found.installing?.addEventListener('statechange', changed))
    changed()
    lookLater(found)
  }
  // A blocked or broken worker costs the page nothing but its being there without a network.
  const begin = (): void => void workers?.register('/service-worker.js').then(watch, () => undefined)
  whenQuiet(begin)
  workers?.addEventListener('controllerchange', () => {
    if (asked) page.reload()
    else changed()
  })
  return {
    get isNewReady() {
      return registration?.waiting !== null && registration?.waiting !== undefined && workers?.controller !== null
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async reload() {
      asked = true
      await registration?.update().catch(() => undefined)
      const next = registration?.waiting ?? (await installed(registration?.installing ?? null))
      if (next === null) page.reload()
      else next.postMessage('take-over')
    },
  }
}

async function installed(worker: ServiceWorker | null): Promise<ServiceWorker | null> {
  if (worker === null) return null
  await new Promise<void>((resolve) => {
    worker.addEventListener('statechange', () => {
      if (worker.state !== 'installing') resolve()
    })
  })
  return worker.state === 'installed' ? worker : null
}

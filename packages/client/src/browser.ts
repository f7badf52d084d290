import type { Wakeups } from './client.ts'

/** What a browser knows of when to try again: the network is back, or a person looks at the page. */
export const browserWakeups: Wakeups = {
  subscribe(wake) {
    const ifSeen = (): void => {
      if (document.visibilityState === 'visible') wake()
    }
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', ifSeen)
    return () => {
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', ifSeen)
    }
  },
}

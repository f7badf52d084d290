/** Whether a newer version of the page lies ready, as React sees it. */
import { useCallback, useSyncExternalStore } from 'react'
import { useEnvironment } from '../environment.ts'

export function useNewVersion(): boolean {
  const { app } = useEnvironment()
  const subscribe = useCallback((listener: () => void) => app.subscribe(listener), [app])
  return useSyncExternalStore(subscribe, () => app.isNewReady)
}

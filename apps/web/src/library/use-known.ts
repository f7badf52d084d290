/** The documents that this device knows, as they are now, here and in other tabs. */
import { useCallback, useSyncExternalStore } from 'react'
import { useEnvironment } from '../environment.ts'
import type { KnownDocument } from './known-document.ts'

export function useKnown(): readonly KnownDocument[] {
  const { library } = useEnvironment()
  const subscribe = useCallback((listener: () => void) => library.subscribe(listener), [library])
  return useSyncExternalStore(subscribe, () => library.documents)
}

/** Whether the window is as narrow as a phone. */
import { useSyncExternalStore } from 'react'

const phone = (): MediaQueryList => window.matchMedia('(max-width: 639px)')

export function usePhone(): boolean {
  return useSyncExternalStore(onChange, () => phone().matches)
}

function onChange(listener: () => void): () => void {
  const query = phone()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

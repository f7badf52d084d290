/** Holds the person back from leaving while something they wrote is only in this window: no server has it, and not this device. */
import type { Client } from '@manyhands/client'
import { useEffect } from 'react'

export function useUnloadWarning(client: Client | null): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      const { unsavedCharacters = 0, keeping = 'none' } = client?.state ?? {}
      if (unsavedCharacters > 0 && keeping !== 'kept') event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [client])
}

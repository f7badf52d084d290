/** Holds the person back from leaving while something they wrote is only in this window: no server has it, and not this device. */
import type { Client } from '@manyhands/client'
import { useEffect } from 'react'

export function useUnloadWarning(client: Client | null): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (client !== null && client.state.unsavedCharacters > 0 && !client.isKept) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [client])
}

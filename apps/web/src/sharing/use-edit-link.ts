/** Keeps this device, the address bar and the client in step about the key of the link to edit. */
import type { Client } from '@manyhands/client'
import type { DocumentId } from '@manyhands/protocol'
import { useEffect, useState } from 'react'
import { useEnvironment } from '../environment.ts'
import { rememberKey } from './keys.ts'
import { hashWith, keyIn } from './links.ts'

/** Before the document is opened: the key in the address is the latest that this device was given. */
export function useGivenKey(id: DocumentId): void {
  const { device } = useEnvironment()
  useState(() => {
    const given = keyIn(location.hash)
    if (given !== null) rememberKey(device, id, given)
  })
}

export function useEditLink(id: DocumentId, client: Client | null): void {
  const { device } = useEnvironment()
  const key = client?.registers['edit-key'] ?? ''
  useEffect(() => {
    if (key === '') return
    rememberKey(device, id, key)
    const hash = hashWith(location.hash, key)
    if (hash !== null) history.replaceState(history.state, '', location.pathname + location.search + hash)
  }, [device, id, key])
  // Somebody puts the new link into the address bar of a page that was shut out.
  useEffect(() => {
    const look = (): void => {
      const given = keyIn(location.hash)
      if (given === null) return
      rememberKey(device, id, given)
      client?.addKey(given)
    }
    window.addEventListener('hashchange', look)
    return () => window.removeEventListener('hashchange', look)
  }, [device, id, client])
}

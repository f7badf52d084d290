/** One open document as React sees it: opened when the page stands, closed when it goes, shown again at every change. */
import type { Client } from '@manyhands/client'
import type { Address, Person } from '@manyhands/protocol'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useEnvironment } from '../environment.ts'
import { onceAFrame } from '../ui/once-a-frame.ts'

export function useDocument(id: Address, person: Person, create: boolean): Client | null {
  const { open } = useEnvironment()
  const [client, setClient] = useState<Client | null>(null)
  const first = useRef(person)

  useEffect(() => {
    const opened = open(id, first.current, create)
    setClient(opened)
    return () => opened.close()
  }, [open, id, create])
  useEffect(() => {
    first.current = person
    client?.setPerson(person)
  }, [client, person])
  useChangesOf(client)
  return client
}

/**
 * The client is one changing thing; counting its changes gives React the unchanging value it compares. Many changes in one frame
 * are one: nobody sees more, and rendering the page costs more than the edit that it is rendered for.
 */
function useChangesOf(client: Client | null): void {
  const changes = useRef(0)
  const subscribe = useCallback(
    (listener: () => void) => {
      if (client === null) return () => undefined
      const frame = onceAFrame(() => {
        changes.current += 1
        listener()
      })
      const stop = client.subscribe(frame.ask)
      return () => {
        stop()
        frame.cancel()
      }
    },
    [client],
  )
  useSyncExternalStore(subscribe, () => changes.current)
}

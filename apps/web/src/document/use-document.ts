/** One open document as React sees it: opened when the page stands, closed when it goes, shown again at every change. */
import type { Client } from '@manyhands/client'
import type { Address, Person } from '@manyhands/protocol'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useEnvironment } from '../environment.ts'
import { onceAFrame } from '../ui/once-a-frame.ts'
import { changedBetween, type Shown, shownOf } from './what-changed.ts'

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

/** What the editor shows in each frame, the page around it has to show no quicker than an eye follows. */
const LATER = 150

/**
 * The client is one changing thing; counting its changes gives React the unchanging value it compares. Many changes in one frame
 * are one: nobody sees more, and rendering the page costs more than the edit that it is rendered for.
 */
function useChangesOf(client: Client | null): void {
  const { clock } = useEnvironment()
  const changes = useRef(0)
  const subscribe = useCallback(
    (listener: () => void) => {
      if (client === null) return () => undefined
      // Something may have changed since the page was drawn first: whatever comes next draws it anew.
      let shown: Shown | null = null
      let cancelLater: (() => void) | null = null
      const show = (): void => {
        cancelLater?.()
        cancelLater = null
        shown = shownOf(client)
        changes.current += 1
        listener()
      }
      const frame = onceAFrame(show)
      const stop = client.subscribe(() => {
        const changed = shown === null ? 'now' : changedBetween(shown, shownOf(client))
        // Whoever waits for a text to type in waits for no frame.
        if (shown !== null && client.state.ready !== shown.state.ready) show()
        else if (changed === 'now') frame.ask()
        else if (changed === 'later') cancelLater ??= clock.after(LATER, frame.ask)
      })
      return () => {
        stop()
        frame.cancel()
        cancelLater?.()
      }
    },
    [client, clock],
  )
  useSyncExternalStore(subscribe, () => changes.current)
}

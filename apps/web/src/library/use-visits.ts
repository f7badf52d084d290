/** Writes down, while a document is open, that it was opened, what it is called, and when it was seen to change. */
import type { Client } from '@manyhands/client'
import type { Address } from '@manyhands/protocol'
import { useEffect } from 'react'
import { openingOf } from '../document/opening.ts'
import { useEnvironment } from '../environment.ts'
import { seen } from './known-document.ts'

/** While somebody types, once in so many milliseconds is enough. */
const PAUSE = 2000

/** `made`: made up here a moment ago. Such a document is none until something stands in it. */
export function useVisits(id: Address, client: Client | null, made: boolean): void {
  const { library, clock } = useEnvironment()
  useEffect(() => {
    if (client === null) return
    let known = { title: '', hash: '' }
    let cancel: (() => void) | null = null

    const write = (): void => {
      cancel?.()
      cancel = null
      const now = { title: client.title, hash: client.hash() }
      if (now.hash === known.hash && now.title === known.title) return
      const changed = known.hash !== '' && now.hash !== known.hash
      known = now
      const sight = { title: now.title, opening: openingOf(client.text()), at: clock.now(), changed }
      library.change(id, (before) => seen(id, before, sight))
    }
    const look = (): void => {
      if (!isThere(client, made)) return
      if (known.hash === '') write()
      else cancel ??= clock.after(PAUSE, write)
    }
    const leave = (): void => {
      if (cancel !== null) write()
    }
    const stop = client.subscribe(look)
    window.addEventListener('pagehide', leave)
    look()
    return () => {
      stop()
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [id, client, made, library, clock])
}

/** There is a text, and it is one that somebody keeps or has begun. */
function isThere({ state, title }: Client, made: boolean): boolean {
  if (!state.ready) return false
  return !made || title !== '' || state.unsavedCharacters > 0 || state.replicas > 0
}

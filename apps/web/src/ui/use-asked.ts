/**
 * Which dialog was asked for, each asking being another turn. A browser says in the next frame only that a dialog has closed; by then
 * another one may have been asked for, and that is not to go with it.
 */
import { useCallback, useState } from 'react'

export interface Asked<T> {
  readonly what: T | null
  /** The key of the dialog: one that has closed is not shown again. */
  readonly turn: number
  readonly ask: (what: T) => void
  /** Closes what was asked for in this turn, and nothing that was asked for later. */
  readonly close: () => void
}

export function useAsked<T>(): Asked<T> {
  const [{ what, turn }, setAsked] = useState<{ readonly what: T | null; readonly turn: number }>({
    what: null,
    turn: 0,
  })
  const ask = useCallback((wanted: T): void => setAsked((now) => ({ what: wanted, turn: now.turn + 1 })), [])
  const close = (): void => setAsked((now) => (now.turn === turn ? { what: null, turn } : now))
  return { what, turn, ask, close }
}

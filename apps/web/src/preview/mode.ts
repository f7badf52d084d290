/**
 * Writing, reading, or both side by side. It stands in the address, as `?mode=split`, so that a link leads there. Who came by a link to
 * read begins with reading.
 */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

export const MODES = ['edit', 'split', 'read'] as const
export type Mode = (typeof MODES)[number]

export interface ModeChoice {
  readonly now: Mode
  /** A phone has no room for two sides. */
  readonly modes: readonly Mode[]
  /** Came by a link to read: what stands in place of editing is the source. */
  readonly reader: boolean
  readonly choose: (mode: Mode) => void
}

export function useMode(phone: boolean, reader: boolean): ModeChoice {
  const [search, setSearch] = useSearchParams()
  const usual = reader ? 'read' : 'edit'
  const asked = MODES.find((mode) => mode === search.get('mode')) ?? usual
  const choose = useCallback(
    (mode: Mode) => {
      const withMode = (before: URLSearchParams): URLSearchParams => {
        const after = new URLSearchParams(before)
        if (mode === usual) after.delete('mode')
        else after.set('mode', mode)
        return after
      }
      setSearch(withMode, { replace: true })
    },
    [setSearch, usual],
  )
  const modes = phone ? MODES.filter((mode) => mode !== 'split') : MODES
  return { now: phone && asked === 'split' ? usual : asked, modes, reader, choose }
}

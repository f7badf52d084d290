/** Writing, reading, or both side by side. It stands in the address, as `?mode=split`, so that a link leads there. */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

export const MODES = ['edit', 'split', 'read'] as const
export type Mode = (typeof MODES)[number]

export interface ModeChoice {
  readonly now: Mode
  /** A phone has no room for two sides. */
  readonly modes: readonly Mode[]
  readonly choose: (mode: Mode) => void
}

export function useMode(phone: boolean): ModeChoice {
  const [search, setSearch] = useSearchParams()
  const asked = MODES.find((mode) => mode === search.get('mode')) ?? 'edit'
  const choose = useCallback(
    (mode: Mode) => {
      const withMode = (before: URLSearchParams): URLSearchParams => {
        const after = new URLSearchParams(before)
        if (mode === 'edit') after.delete('mode')
        else after.set('mode', mode)
        return after
      }
      setSearch(withMode, { replace: true })
    },
    [setSearch],
  )
  const modes = phone ? MODES.filter((mode) => mode !== 'split') : MODES
  return { now: phone && asked === 'split' ? 'edit' : asked, modes, choose }
}

/**
 * Writing, reading, or both side by side. It stands in the address, as `?mode=split`, so that a link leads there. Who came by a link to
 * read begins with reading.
 */
import { useCallback } from 'react'
import { useSearch } from 'wouter'

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
  const search = useSearch()
  const usual = reader ? 'read' : 'edit'
  const asked = MODES.find((mode) => mode === new URLSearchParams(search).get('mode')) ?? usual
  const choose = useCallback(
    (mode: Mode) => {
      history.replaceState(history.state, '', withMode(location, mode === usual ? null : mode))
    },
    [usual],
  )
  const modes = phone ? MODES.filter((mode) => mode !== 'split') : MODES
  return { now: phone && asked === 'split' ? usual : asked, modes, reader, choose }
}

/** The same address with another mode in it. Behind the # stands the key that opens the document. */
export function withMode(
  { pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>,
  mode: Mode | null,
): string {
  const params = new URLSearchParams(search)
  if (mode === null) params.delete('mode')
  else params.set('mode', mode)
  return pathname + (params.size > 0 ? `?${params}` : '') + hash
}

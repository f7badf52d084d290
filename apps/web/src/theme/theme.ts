/** Light or dark: what the person chose, or what their system says. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Memory } from '../memory.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEMES)[number]

export interface Theme {
  readonly choice: ThemeChoice
  readonly dark: boolean
  readonly choose: (choice: ThemeChoice) => void
}

const KEY = 'theme'

/** What the browser paints around the page: as the page's own ground, `--page`. */
const AROUND = { light: '#fcfcfb', dark: '#17181b' }

const darkSystem = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)')

export function useTheme(memory: Memory): Theme {
  const [choice, setChoice] = useState(() => readChoice(memory.recall(KEY)))
  const systemIsDark = useSyncExternalStore(onSystemChange, () => darkSystem().matches)
  const dark = choice === 'dark' || (choice === 'system' && systemIsDark)

  useEffect(() => {
    if (choice === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = choice
  }, [choice])

  useEffect(() => {
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]'))
      meta.content = dark ? AROUND.dark : AROUND.light
  }, [dark])

  const choose = useCallback(
    (next: ThemeChoice): void => {
      memory.keep(KEY, next)
      setChoice(next)
    },
    [memory],
  )
  return { choice, dark, choose }
}

function readChoice(stored: string | null): ThemeChoice {
  return THEMES.find((theme) => theme === stored) ?? 'system'
}

function onSystemChange(listener: () => void): () => void {
  const query = darkSystem()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** System, light or dark. */
import { Monitor, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { Segments } from '../ui/segments.tsx'
import { THEMES, type Theme } from './theme.ts'

const icons = { system: Monitor, light: Sun, dark: Moon } as const

export function ThemeField({ theme }: { readonly theme: Theme }): ReactNode {
  const { themes: names, theme: name } = texts.menu
  const { choice: chosen, choose: onChoose } = theme
  return <Segments {...{ name, choices: THEMES, chosen, onChoose, names, icons }} />
}

/** Something a person can do: it has one name, and may have keys. Menus, the palette and the sheet of shortcuts all show actions. */
import type { LucideIcon } from 'lucide-react'

/** In the order in which they are shown. */
export const GROUPS = ['document', 'text', 'view', 'people', 'help'] as const
export type Group = (typeof GROUPS)[number]

export interface Action {
  readonly id: string
  readonly group: Group
  /** Asked each time it is shown, because the language may have changed. */
  readonly text: () => string
  /** As CodeMirror writes them ('Mod-Shift-p'); with a space between two that are pressed one after the other ('Mod-. f'). The first are shown. */
  readonly keys?: readonly string[]
  /** Who hears the keys: the editor hears its own, the page all others. */
  readonly heardBy?: 'editor'
  readonly run: () => void
  readonly available?: () => boolean
  /** What has a sign stands in the menu too. */
  readonly icon?: LucideIcon
}

export function isAvailable({ available }: Action): boolean {
  return available?.() ?? true
}

/** Stands around the whole page: knows its actions, hears their keys, and shows the palette and the sheet of shortcuts. */
import { Command, Keyboard } from 'lucide-react'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useReducer, useState } from 'react'
import type { PaletteProps } from '../palette/palette.tsx'
import { texts } from '../texts.ts'
import { useAsked } from '../ui/use-asked.ts'
import { useLater } from '../ui/use-later.ts'
import type { Action } from './action.ts'
import { Actions } from './registry.ts'
import { useActionKeys } from './use-action-keys.ts'

const ActionsContext = createContext<Actions | null>(null)

export function useAllActions(): Actions {
  const actions = useContext(ActionsContext)
  if (actions === null) throw new Error('A component stands outside the page: no WithActions above it')
  return actions
}

/** Offers actions for as long as the component is shown. Another list takes the place of the one before. */
export function useActions(actions: readonly Action[]): void {
  const all = useAllActions()
  useEffect(() => all.add(actions), [all, actions])
}

type Help = 'palette' | 'shortcuts'

export function WithActions({ children }: { readonly children: ReactNode }): ReactNode {
  const [actions] = useState(() => new Actions())
  const { what, turn, ask, close } = useAsked<Help>()
  const help = useMemo(() => helpActions(ask), [ask])
  useEffect(() => actions.add(help), [actions, help])
  useActionKeys(actions)
  // Some come with a part of the page that is still on its way.
  const [, renew] = useReducer((times: number) => times + 1, 0)
  useEffect(() => (what === null ? undefined : actions.listen(renew)), [actions, what])
  // What cannot be had now is not to pop up over what somebody does a minute later.
  const Palette = useLater(what === 'palette', fetchPalette, close)
  const ShortcutSheet = useLater(what === 'shortcuts', fetchShortcutSheet, close)
  const props: PaletteProps | null = what && { actions: actions.available(), onClose: close }
  return (
    <ActionsContext value={actions}>
      {children}
      {props !== null && what === 'palette' && Palette !== null && <Palette key={turn} {...props} />}
      {props !== null && what === 'shortcuts' && ShortcutSheet !== null && <ShortcutSheet key={turn} {...props} />}
    </ActionsContext>
  )
}

const fetchPalette = async () => (await import('../palette/palette.tsx')).Palette
const fetchShortcutSheet = async () => (await import('../shortcuts/shortcut-sheet.tsx')).ShortcutSheet

function helpActions(ask: (what: Help) => void): readonly Action[] {
  return [
    {
      id: 'palette',
      group: 'help',
      text: () => texts.actions.palette,
      keys: ['F1', 'Mod-Shift-p', 'Mod-k'],
      icon: Command,
      run: () => ask('palette'),
    },
    {
      id: 'shortcuts',
      group: 'help',
      text: () => texts.actions.shortcuts,
      keys: ['?', 'Mod-. ?'],
      icon: Keyboard,
      run: () => ask('shortcuts'),
      available: () => matchMedia('(pointer: fine)').matches,
    },
  ]
}

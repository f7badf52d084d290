/** Opens the settings for writing, above the line below the text. */
import { SlidersHorizontal } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import type { Action } from '../actions/action.ts'
import { useActions } from '../actions/with-actions.tsx'
import { texts } from '../texts.ts'
import { Popover } from '../ui/popover.tsx'
import { SettingsFields } from './settings-fields.tsx'
import type { SettingsChoice } from './use-writing-settings.ts'

export function SettingsButton({ settings }: { readonly settings: SettingsChoice }): ReactNode {
  const [open, setOpen] = useState(false)
  useActions(useMemo(() => [settingsAction(() => setOpen(true))], []))
  const text = texts.writing.spaces(settings.now.tabSize)
  return (
    <Popover
      open={open}
      onToggle={setOpen}
      label={`${text}. ${texts.writing.settings.heading}`}
      className="status-button"
      heading={texts.writing.settings.heading}
      side="left"
      button={text}
    >
      <SettingsFields settings={settings} />
    </Popover>
  )
}

function settingsAction(run: () => void): Action {
  return { id: 'settings', group: 'view', text: () => texts.writing.actions.settings, icon: SlidersHorizontal, run }
}

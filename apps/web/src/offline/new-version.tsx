/** Says that a newer version of the page is ready, and shows it when asked. The text does not move for it. */
import { RefreshCw } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import type { Action } from '../actions/action.ts'
import { useActions } from '../actions/with-actions.tsx'
import { useEnvironment } from '../environment.ts'
import { texts } from '../texts.ts'
import { CloseButton } from '../ui/icon-button.tsx'
import { useNewVersion } from './use-new-version.ts'

export function NewVersion(): ReactNode {
  const { app } = useEnvironment()
  const [closed, setClosed] = useState(false)
  const isReady = useNewVersion()
  useActions(useMemo(() => (isReady ? [reloadAction(() => void app.reload())] : []), [isReady, app]))
  if (!isReady || closed) return null
  return (
    <div className="new-version" role="status" data-notice="new-version">
      <RefreshCw size={16} aria-hidden="true" />
      <p>
        {texts.device.newVersion} <span className="quiet">{texts.device.keepsText}</span>
      </p>
      <button type="button" className="button" onClick={() => void app.reload()}>
        {texts.action.reload}
      </button>
      <CloseButton onClose={() => setClosed(true)} />
    </div>
  )
}

function reloadAction(run: () => void): Action {
  return { id: 'reload', group: 'help', text: () => `${texts.action.reload}: ${texts.device.newVersion}`, run }
}

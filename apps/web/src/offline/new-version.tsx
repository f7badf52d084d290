/** Says that a newer version of the page is ready, and shows it when asked. */
import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEnvironment } from '../environment.ts'
import { texts } from '../texts.ts'
import { useNewVersion } from './use-new-version.ts'

export function NewVersion(): ReactNode {
  const { app } = useEnvironment()
  if (!useNewVersion()) return null
  return (
    <div className="device-notice device-notice-calm" role="status" data-notice="new-version">
      <RefreshCw size={18} aria-hidden="true" />
      <p>
        {texts.device.newVersion} <span className="quiet">{texts.device.keepsText}</span>
      </p>
      <button type="button" className="button" onClick={() => void app.reload()}>
        {texts.action.reload}
      </button>
    </div>
  )
}

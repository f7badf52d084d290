/** Says that this device keeps nothing, or has kept something badly, and why. Writing goes on. */
import type { ClientState } from '@manyhands/client'
import { HardDrive } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useEnvironment } from '../environment.ts'
import { texts } from '../texts.ts'
import { CloseButton } from '../ui/icon-button.tsx'
import { type DeviceTrouble, deviceTrouble } from './device-trouble.ts'

const SEEN = 'device-notice'

export function DeviceNotice({ state }: { readonly state: ClientState }): ReactNode {
  const { tab } = useEnvironment()
  const [seen, setSeen] = useState(() => tab.recall(SEEN))
  const trouble = deviceTrouble(state)
  if (trouble === null || trouble === seen) return null
  const close = (which: DeviceTrouble): void => {
    tab.keep(SEEN, which)
    setSeen(which)
  }
  return (
    <div className="device-notice" role="status" data-notice={trouble}>
      <HardDrive size={18} aria-hidden="true" />
      <p>{texts.device.trouble[trouble]}</p>
      {trouble === 'full' && (
        <a className="button" href="/docs">
          {texts.library.link}
        </a>
      )}
      <CloseButton onClose={() => close(trouble)} />
    </div>
  )
}

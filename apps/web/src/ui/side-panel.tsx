/** A panel beside the text, as high as the page. Escape closes it. */
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'

export interface SidePanelProps {
  readonly heading: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function SidePanel({ heading, onClose, children }: SidePanelProps): ReactNode {
  return (
    <aside
      className="side-panel"
      aria-label={heading}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header className="side-panel-head">
        <h2>{heading}</h2>
        <button type="button" className="icon-button" aria-label={texts.action.close} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      {children}
    </aside>
  )
}

/** A panel beside the text, as high as the page. Escape closes it. */
import type { ReactNode } from 'react'
import { CloseButton } from './icon-button.tsx'

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
        <CloseButton onClose={onClose} />
      </header>
      {children}
    </aside>
  )
}

/** The room of the text: the editor, the preview beside it or in its place, and the outline. */
import type { EditorView } from '@codemirror/view'
import { type CSSProperties, type ReactNode, useState } from 'react'
import { Divider, HALF } from '../preview/divider.tsx'
import type { ThemeChoice } from '../theme/theme.ts'
import { useLater } from '../ui/use-later.ts'
import type { Writing } from './use-writing.ts'

export interface WritingRoomProps {
  readonly view: EditorView | null
  readonly writing: Writing
  readonly theme: ThemeChoice
  /** The editor. */
  readonly children: ReactNode
}

const fetchPreview = async () => (await import('../preview/preview.tsx')).Preview
const fetchOutline = async () => (await import('../outline/outline-panel.tsx')).OutlinePanel

export function WritingRoom({ view, writing, theme, children }: WritingRoomProps): ReactNode {
  const [share, setShare] = useState(HALF)
  const mode = writing.mode?.now ?? 'edit'
  const Preview = useLater(mode !== 'edit', fetchPreview)
  const OutlinePanel = useLater(writing.outline, fetchOutline)
  const sides: CSSProperties & Record<'--share', string> = { '--share': `${share}%` }
  return (
    <div className="writing-room">
      <div className="sides" data-mode={mode} style={sides}>
        {children}
        {mode === 'split' && <Divider share={share} onShare={setShare} />}
        {mode !== 'edit' && view !== null && Preview !== null && (
          <Preview view={view} theme={theme} alone={mode === 'read'} />
        )}
      </div>
      {writing.outline && view !== null && OutlinePanel !== null && (
        <OutlinePanel view={view} onClose={() => writing.showOutline(false)} />
      )}
    </div>
  )
}

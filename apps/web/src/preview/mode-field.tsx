/** Edit, or for readers the source; split; read. */
import { BookOpenText, Columns2, FileText, type LucideIcon, PencilLine } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { Segments } from '../ui/segments.tsx'
import type { Mode, ModeChoice } from './mode.ts'

const icons: Readonly<Record<Mode, LucideIcon>> = { edit: PencilLine, split: Columns2, read: BookOpenText }
const readerIcons = { ...icons, edit: FileText }

export function ModeField({ mode }: { readonly mode: ModeChoice }): ReactNode {
  const { modes, source, mode: name } = texts.writing
  const names = mode.reader ? { ...modes, edit: source } : modes
  const { modes: choices, now: chosen, choose: onChoose } = mode
  return (
    <Segments
      className="mode-field"
      {...{ name, choices, chosen, onChoose, names, icons: mode.reader ? readerIcons : icons }}
    />
  )
}

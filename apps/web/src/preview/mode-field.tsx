/** Edit, split or read. */
import { BookOpenText, Columns2, type LucideIcon, PencilLine } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { Segments } from '../ui/segments.tsx'
import type { Mode, ModeChoice } from './mode.ts'

const icons: Readonly<Record<Mode, LucideIcon>> = { edit: PencilLine, split: Columns2, read: BookOpenText }

export function ModeField({ mode }: { readonly mode: ModeChoice }): ReactNode {
  const { modes, mode: name } = texts.writing
  const { modes: choices, now: chosen, choose: onChoose } = mode
  return <Segments className="mode-field" {...{ name, choices, chosen, onChoose, names: modes, icons }} />
}

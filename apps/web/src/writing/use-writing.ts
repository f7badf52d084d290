/** Everything about how a text is written and shown: its syntax, the preview, the outline, and how I like it. */
import type { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import { useCallback, useMemo, useState } from 'react'
import type { Memory } from '../memory.ts'
import { type ModeChoice, useMode } from '../preview/mode.ts'
import { isProse, MARKDOWN } from '../syntax/syntax.ts'
import { type SyntaxChoice, useSyntax } from '../syntax/use-syntax.ts'
import { textDirection } from './text-direction.ts'
import { useAttached } from './use-attached.ts'
import { type SettingsChoice, useSettingsIn, useWritingSettings } from './use-writing-settings.ts'

export interface Writing {
  readonly syntax: SyntaxChoice
  /** Null where there is nothing to render: code is read as it is written. */
  readonly mode: ModeChoice | null
  readonly settings: SettingsChoice
  readonly outline: boolean
  readonly showOutline: (shown: boolean) => void
}

export interface WritingPlace {
  readonly view: EditorView | null
  readonly client: Client
  /** Came by a link to read. */
  readonly reader: boolean
  readonly phone: boolean
  readonly device: Memory
}

export function useWriting({ client, reader, view, phone, device }: WritingPlace): Writing {
  const { title, language } = client.registers
  const choose = useCallback((name: string) => client.setRegister('language', name), [client])
  const syntax = useSyntax(view, title, language, choose)
  const mode = useMode(phone, reader)
  const settings = useWritingSettings(device)
  const [outline, showOutline] = useState(false)
  const markdown = syntax.now === MARKDOWN
  useSettingsIn(view, settings.now, isProse(syntax.now))
  useAttached(view, textDirection)
  return useMemo(
    () => ({ syntax, mode: markdown ? mode : null, settings, outline: outline && markdown, showOutline }),
    [syntax, mode, markdown, settings, outline],
  )
}

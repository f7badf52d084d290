/** The settings for writing, and their effect on an editor. */
import { indentUnit } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useMemo, useState } from 'react'
import type { Memory } from '../memory.ts'
import { untilHere } from '../ui/until-here.ts'
import { keepSettings, recallSettings, type WritingSettings } from './settings.ts'
import { useAttached } from './use-attached.ts'

export interface SettingsChoice {
  readonly now: WritingSettings
  readonly change: (changes: Partial<WritingSettings>) => void
}

export function useWritingSettings(memory: Memory): SettingsChoice {
  const [now, setNow] = useState(() => recallSettings(memory))
  const change = (changes: Partial<WritingSettings>): void => {
    const next = { ...now, ...changes }
    keepSettings(memory, next)
    setNow(next)
  }
  return { now, change }
}

/** Prose is spell-checked, code is not. */
export function useSettingsIn(view: EditorView | null, settings: WritingSettings, prose: boolean): void {
  const { fontSize, tabSize, wrap, spelling, vim } = settings
  useAttached(
    view,
    useMemo(
      () => settingsExtension({ tabSize, wrap, spelling: spelling && prose, prose }),
      [tabSize, wrap, spelling, prose],
    ),
  )
  useEffect(() => {
    view?.dom.style.setProperty('--mh-text-size', `${fontSize}px`)
    view?.requestMeasure()
  }, [view, fontSize])
  useVim(view, vim)
}

interface Shape {
  readonly tabSize: number
  readonly wrap: boolean
  readonly spelling: boolean
  readonly prose: boolean
}

function settingsExtension({ tabSize, wrap, spelling, prose }: Shape): Extension {
  return [
    EditorState.tabSize.of(tabSize),
    indentUnit.of(' '.repeat(tabSize)),
    wrap ? EditorView.lineWrapping : [],
    EditorView.contentAttributes.of({
      spellcheck: String(spelling),
      autocorrect: spelling ? 'on' : 'off',
      autocapitalize: prose ? 'sentences' : 'off',
    }),
  ]
}

/** A library of its own, loaded when somebody wants it. */
function useVim(view: EditorView | null, wanted: boolean): void {
  const [extension, setExtension] = useState<Extension | null>(null)
  useEffect(() => {
    if (!wanted) return setExtension(null)
    return untilHere(
      () => import('./vim.ts'),
      ({ vimKeys }) => setExtension(vimKeys()),
    )
  }, [wanted])
  useAttached(view, extension)
}

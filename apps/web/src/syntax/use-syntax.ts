/** The syntax of an open text: the one somebody chose, or else the one its title ends in. */
import type { Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { useEffect, useState } from 'react'
import type { Action } from '../actions/action.ts'
import { untilHere } from '../ui/until-here.ts'
import { useLater } from '../ui/use-later.ts'
import { useAttached } from '../writing/use-attached.ts'
import { MARKDOWN } from './syntax.ts'

export interface SyntaxChoice {
  /** What the text is shown as. */
  readonly now: string
  /** What its title says. */
  readonly byTitle: string
  /** Empty: as the title says. */
  readonly chosen: string
  /** Empty until they are known. */
  readonly names: readonly string[]
  readonly choose: (name: string) => void
  /** What the editor does by keys; null until it is known. */
  readonly keys: KeyActions | null
}

interface KeyActions {
  readonly editorActions: (view: EditorView) => readonly Action[]
  readonly markdownActions: (view: EditorView) => readonly Action[]
}

/** They weigh more than the editor, and one can write before they are here. */
const fetchKnown = () => import('./known-syntaxes.ts')

export function useSyntax(
  view: EditorView | null,
  title: string,
  chosen: string,
  choose: (name: string) => void,
): SyntaxChoice {
  const known = useLater(view !== null, fetchKnown)
  const byTitle = known?.syntaxOfTitle(title) ?? MARKDOWN
  const names = known?.syntaxNames ?? []
  // A newer page may know syntaxes that this one does not.
  const now = names.includes(chosen) ? chosen : byTitle
  const [extension, setExtension] = useState<Extension | null>(null)
  useEffect(() => {
    if (known === null) return
    return untilHere(
      () => known.syntaxExtension(now),
      setExtension,
      () => setExtension(null),
    )
  }, [known, now])
  useAttached(view, extension)
  return { now, byTitle, chosen, names, choose, keys: known }
}

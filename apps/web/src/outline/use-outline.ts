/** The outline of a text, as it changes, and the section that is being looked at. */
import type { EditorView } from '@codemirror/view'
import { useEffect, useState } from 'react'
import { topLine } from '../preview/scroll-sync.ts'
import { attach } from '../writing/attached.ts'
import { onTextChange } from '../writing/on-text-change.ts'
import { type Heading, outlineOf, sectionAt } from './outline.ts'

export interface Outline {
  readonly headings: readonly Heading[]
  /** By its place in the list; -1 above the first. */
  readonly current: number
}

/** A heading that has come so near to the top counts as reached. In lines. */
const NEAR = 2

export function useOutline(view: EditorView): Outline {
  const [headings, setHeadings] = useState<readonly Heading[]>([])
  const [line, setLine] = useState(0)
  useEffect(() => {
    const read = (): void => setHeadings(outlineOf(view.state.doc.iterLines()))
    read()
    return attach(view, onTextChange(read))
  }, [view])
  useEffect(() => {
    const look = (): void => setLine(Math.floor(topLine(view)))
    look()
    view.scrollDOM.addEventListener('scroll', look, { passive: true })
    return () => view.scrollDOM.removeEventListener('scroll', look)
  }, [view])
  return { headings, current: sectionAt(headings, line + 1 + NEAR) }
}

/** How the text begins, looked at when typing pauses: a title that grew with each letter would draw the eye. */
import type { EditorState } from '@codemirror/state'
import { useCallback, useEffect, useRef, useState } from 'react'
import { BEGINNING, openingOf } from './opening.ts'

const PAUSE = 700

export function useOpening(): readonly [opening: string, look: (state: EditorState) => void] {
  const [opening, setOpening] = useState('')
  const known = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const look = useCallback(({ doc }: EditorState): void => {
    clearTimeout(timer.current)
    const now = (): void => {
      const found = openingOf(doc.sliceString(0, BEGINNING))
      known.current = found !== ''
      setOpening(found)
    }
    // A text that has just been opened is called by its name at once.
    if (!known.current && doc.lines > 1) now()
    else timer.current = setTimeout(now, PAUSE)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  return [opening, look]
}

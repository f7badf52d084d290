/** How the text begins, looked at now and then while somebody types: a title that grew with each letter would draw the eye. */
import type { EditorState } from '@codemirror/state'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Paced } from '../ui/paced.ts'
import { BEGINNING, openingOf } from './opening.ts'

const PAUSE = 700

export function useOpening(): readonly [opening: string, look: (state: EditorState) => void] {
  const [opening, setOpening] = useState('')
  const known = useRef(false)
  const lookNow = useCallback(({ doc }: EditorState): void => {
    const found = openingOf(doc.sliceString(0, BEGINNING))
    known.current = found !== ''
    setOpening(found)
  }, [])
  const [paced] = useState(
    () =>
      new Paced(PAUSE, (state: EditorState) => () => {
        lookNow(state)
        return true
      }),
  )
  const look = useCallback(
    (state: EditorState): void => {
      // A text that has just been opened is called by its name at once.
      if (!known.current && state.doc.lines > 1) lookNow(state)
      else paced.take(state)
    },
    [paced, lookNow],
  )
  useEffect(() => () => paced.stop(), [paced])
  return [opening, look]
}

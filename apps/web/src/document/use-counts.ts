/** Words and characters of the text, counted when typing pauses: counting is linear, typing must not wait for it. */
import type { EditorState } from '@codemirror/state'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Counts, countText } from './counts.ts'

const PAUSE = 200

export function useCounts(): readonly [Counts, (state: EditorState) => void] {
  const [counts, setCounts] = useState<Counts>({ words: 0, characters: 0 })
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const recount = useCallback((state: EditorState): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCounts(countText(state.doc)), PAUSE)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  return [counts, recount]
}

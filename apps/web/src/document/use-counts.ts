/** Words and characters of the text and of what is selected, counted now and then while somebody types, and a little at a time. */
import type { EditorState } from '@codemirror/state'
import { useCallback, useEffect, useState } from 'react'
import { Paced } from '../ui/paced.ts'
import { type Counts, counting } from './counts.ts'

export interface AllCounts {
  readonly whole: Counts
  /** Null while nothing is selected. */
  readonly selected: Counts | null
}

const PAUSE = 200
/** For so many milliseconds the page counts, and then sees to everything else. */
const SLICE = 6

export function useCounts(): readonly [AllCounts, (state: EditorState) => void] {
  const [counts, setCounts] = useState<AllCounts>({ whole: { words: 0, characters: 0 }, selected: null })
  const [paced] = useState(() => new Paced(PAUSE, (state: EditorState) => counter(state, setCounts)))
  const recount = useCallback((state: EditorState): void => paced.take(state), [paced])
  useEffect(() => () => paced.stop(), [paced])
  return [counts, recount]
}

function counter(state: EditorState, tell: (counts: AllCounts) => void): () => boolean {
  const steps = countingAll(state)
  return () => {
    const done = advance(steps)
    if (done) tell(done)
    return done !== null
  }
}

function* countingAll({ doc, selection }: EditorState): Generator<void, AllCounts> {
  const whole = yield* counting(doc)
  const ranges = selection.ranges.filter((range) => !range.empty)
  if (ranges.length === 0) return { whole, selected: null }
  let selected: Counts = { words: 0, characters: 0 }
  for (const { from, to } of ranges) {
    const { words, characters } = yield* counting(doc.slice(from, to))
    selected = { words: selected.words + words, characters: selected.characters + characters }
  }
  return { whole, selected }
}

function advance(steps: Generator<void, AllCounts>): AllCounts | null {
  const until = performance.now() + SLICE
  while (performance.now() < until) {
    const step = steps.next()
    if (step.done) return step.value
  }
  return null
}

/** The same news for those who listen: who comes and goes, when saving is in trouble or well again, and a move to another server. */
import type { Member } from '@manyhands/protocol'
import { type ReactNode, useEffect, useState } from 'react'
import { useEnvironment } from '../environment.ts'
import { membersBeside } from '../people/same-person.ts'
import { texts } from '../texts.ts'
import type { SavedState } from './saved-state.ts'
import { pillText } from './saved-state-text.ts'

// Typing swings between these all the time; saying so would drown everything else.
const everyday: readonly SavedState['kind'][] = ['loading', 'ready', 'saving', 'saved']

export function Spoken({
  others,
  connected,
  state,
  moved,
}: {
  readonly others: readonly Member[]
  readonly connected: boolean
  readonly state: SavedState
  readonly moved: boolean
}): ReactNode {
  // Each for itself: whoever hears the one has not heard the others anew.
  const news = {
    trouble: useTrouble(state),
    moved: moved ? texts.moved : '',
    people: usePeopleNews(others, useSettled(connected)),
  }
  return Object.entries(news).map(([name, line]) => (
    <p key={name} className="unseen" role="status" aria-live="polite">
      {line}
    </p>
  ))
}

function useTrouble(state: SavedState): string {
  const [troubled, setTroubled] = useState(false)
  const calm = everyday.includes(state.kind)
  useEffect(() => {
    if (!calm) setTroubled(true)
  }, [calm])
  if (calm) return troubled && state.kind === 'saved' ? texts.pill.saved : ''
  // Without its seconds the sentence stays the same while the countdown runs, and is read once.
  return state.kind === 'reconnecting' ? texts.pill.reconnecting(0) : pillText(state)
}

/** After a connection was lost the others come back one after another, as I do: until then it is not known who is here. */
const SETTLED_AFTER = 5000

function useSettled(connected: boolean): boolean {
  const { clock } = useEnvironment()
  const [settled, setSettled] = useState(false)
  useEffect(() => {
    if (!connected) return
    const cancel = clock.after(SETTLED_AFTER, () => setSettled(true))
    return () => {
      cancel()
      setSettled(false)
    }
  }, [clock, connected])
  return settled && connected
}

function usePeopleNews(others: readonly Member[], settled: boolean): string {
  const [known, setKnown] = useState(others)
  const [news, setNews] = useState('')
  if (!settled || known === others) return news
  const now = peopleNews(known, others) || news
  setKnown(others)
  setNews(now)
  return now
}

function peopleNews(before: readonly Member[], after: readonly Member[]): string {
  const joined = membersBeside(after, before).map((member) => texts.spoken.joined(nameOf(member)))
  const left = membersBeside(before, after).map((member) => texts.spoken.left(nameOf(member)))
  return [...joined, ...left].join(' ')
}

function nameOf({ state }: Member): string {
  return state.person.name || texts.people.unnamed
}

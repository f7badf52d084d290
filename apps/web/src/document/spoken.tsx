/** The same news for those who listen: who comes and goes, when saving is in trouble or well again, and a move to another server. */
import type { Member } from '@manyhands/protocol'
import { type ReactNode, useEffect, useState } from 'react'
import { texts } from '../texts.ts'
import type { SavedState } from './saved-state.ts'
import { pillText } from './saved-state-text.ts'

// Typing swings between these all the time; saying so would drown everything else.
const everyday: readonly SavedState['kind'][] = ['loading', 'ready', 'saving', 'saved']

export function Spoken({
  others,
  state,
  moved,
}: {
  readonly others: readonly Member[]
  readonly state: SavedState
  readonly moved: boolean
}): ReactNode {
  const news = [useTrouble(state), moved ? texts.moved : '', usePeopleNews(others)]
    .filter((line) => line !== '')
    .join(' ')
  return (
    <p className="unseen" role="status" aria-live="polite">
      {news}
    </p>
  )
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

function usePeopleNews(others: readonly Member[]): string {
  const [known, setKnown] = useState(() => namesOf(others))
  const [news, setNews] = useState('')
  const now = namesOf(others)
  if (sameMembers(known, now)) return news
  setKnown(now)
  setNews(peopleNews(known, now))
  return news
}

type Names = ReadonlyMap<number, string>

function namesOf(others: readonly Member[]): Names {
  return new Map(others.map(({ member, state }) => [member, state.person.name || texts.people.unnamed]))
}

function sameMembers(a: Names, b: Names): boolean {
  return a.size === b.size && [...a.keys()].every((member) => b.has(member))
}

function peopleNews(before: Names, after: Names): string {
  const joined = [...after].filter(([member]) => !before.has(member)).map(([, name]) => texts.spoken.joined(name))
  const left = [...before].filter(([member]) => !after.has(member)).map(([, name]) => texts.spoken.left(name))
  return [...joined, ...left].join(' ')
}

/** Somebody else who edits where I do not look, for as long as they do. What I write in another tab myself is no news. */
import type { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import type { Person, PresenceState } from '@manyhands/protocol'
import { useEffect, useState } from 'react'
import { useEnvironment } from '../environment.ts'
import { authorOf, type Direction, directionOf, spanOf } from './elsewhere.ts'
import { sightOf } from './sight.ts'

export interface Elsewhere {
  readonly person: Person
  readonly direction: Direction
  readonly place: Place
}

type Place = NonNullable<PresenceState['top']>

/** Looking where an edit is costs a measurement of the page; nobody reads faster than this. */
const LOOK_EVERY = 200
/** After the last edit. */
const SHOWN_FOR = 4000

export function useElsewhere(view: EditorView | null, client: Client): Elsewhere | null {
  const { clock } = useEnvironment()
  const [elsewhere, setElsewhere] = useState<Elsewhere | null>(null)
  useEffect(() => {
    if (view === null) return
    let last: { readonly member: number; readonly place: Place } | null = null
    let stopLooking: (() => void) | null = null
    let stopShowing = (): void => undefined

    const look = (): void => {
      stopLooking = null
      const state = client.members.find(({ member }) => member === last?.member)?.state
      const at = last && client.indexOf(last.place)
      if (last === null || state === undefined || at === null) return
      const direction = directionOf({ from: at, to: at }, sightOf(view))
      if (direction === null) return setElsewhere((shown) => (isSame(shown?.person, state.person) ? null : shown))
      const { place } = last
      setElsewhere({ person: state.person, direction, place })
      stopShowing()
      stopShowing = clock.after(SHOWN_FOR, () => setElsewhere(null))
    }
    const stopListening = client.onRemote((edits, fromMyTab) => {
      const span = fromMyTab ? null : spanOf(edits)
      const member = span && authorOf(span, headsOf(client))
      if (span === null || member === null) return
      last = { member, place: client.anchorAt(span.to, 'after') }
      stopLooking ??= clock.after(LOOK_EVERY, look)
    })
    return () => {
      stopListening()
      stopLooking?.()
      stopShowing()
    }
  }, [view, client, clock])
  return elsewhere
}

function headsOf(client: Client): readonly { readonly member: number; readonly at: number | null }[] {
  return client.members.map(({ member, state }) => ({
    member,
    at: state.selection && client.indexOf(state.selection.head),
  }))
}

function isSame(a: Person | undefined, b: Person): boolean {
  return a?.name === b.name && a.color === b.color
}

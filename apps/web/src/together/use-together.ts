/** Everything that has to do with the others being here: where they are, following them, what they do out of my sight. */
import type { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import type { Member } from '@manyhands/protocol'
import { useMemo } from 'react'
import { useActions } from '../actions/with-actions.tsx'
import type { Following } from './following.ts'
import { showInMiddle } from './sight.ts'
import { togetherActions } from './together-actions.ts'
import { type Elsewhere, useElsewhere } from './use-elsewhere.ts'
import { useFollow } from './use-follow.ts'
import { useTopTold } from './use-top-told.ts'

export interface Together {
  readonly following: Following | null
  readonly elsewhere: Elsewhere | null
  /** Brings their cursor into sight; mine stays where it is. */
  readonly goTo: (member: Member) => void
  readonly goToEditing: () => void
  /** Once more ends it. */
  readonly follow: (member: Member) => void
  readonly stop: () => void
}

export function useTogether(view: EditorView | null, client: Client): Together {
  const { following, follow, stop } = useFollow(view, client)
  const elsewhere = useElsewhere(view, client)
  useTopTold(view, client)
  const together = useMemo((): Together => {
    const show = (place: Parameters<Client['indexOf']>[0] | undefined): void => {
      const index = place === undefined ? null : client.indexOf(place)
      if (view !== null && index !== null) showInMiddle(view, index)
    }
    return {
      following,
      elsewhere,
      goTo: ({ state }) => {
        stop()
        show(state.selection?.head)
      },
      goToEditing: () => {
        stop()
        show(elsewhere?.place)
      },
      follow: (member) => (member.member === following?.member ? stop() : follow(member)),
      stop,
    }
  }, [view, client, following, elsewhere, follow, stop])
  useActions(useMemo(() => togetherActions(together, client), [together, client]))
  return together
}

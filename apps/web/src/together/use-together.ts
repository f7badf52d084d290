/** Everything that has to do with the others being here: where they are, following them, what they do out of my sight. */
import type { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import { useMemo } from 'react'
import { useActions } from '../actions/with-actions.tsx'
import { showInMiddle } from './sight.ts'
import type { Together } from './together.ts'
import { togetherActions } from './together-actions.ts'
import { useElsewhere } from './use-elsewhere.ts'
import { useFollow } from './use-follow.ts'
import { useTopTold } from './use-top-told.ts'

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
  const { members } = client
  useActions(useMemo(() => togetherActions(together, members), [together, members]))
  return together
}

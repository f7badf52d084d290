/** What can be done with the others who are here. */
import type { Client } from '@manyhands/client'
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'
import { nextToFollow } from './following.ts'
import type { Together } from './together.ts'

export function togetherActions(together: Together, client: Client): readonly Action[] {
  const { following, elsewhere, follow, stop, goToEditing } = together
  return [
    {
      id: 'follow-next',
      group: 'people',
      text: () => texts.actions.followNext,
      keys: ['Mod-. f'],
      run: () => {
        const next = nextToFollow(following, client.members)
        const member = client.members.find((one) => one.member === next)
        if (member === undefined) stop()
        else follow(member)
      },
      available: () => client.members.length > 0,
    },
    {
      id: 'stop-following',
      group: 'people',
      text: () => texts.actions.stopFollowing,
      keys: ['Escape'],
      heardBy: 'editor',
      run: stop,
      available: () => following !== null,
    },
    {
      id: 'go-to-editing',
      group: 'people',
      text: () => texts.actions.goToEditing,
      keys: ['Mod-. e'],
      run: goToEditing,
      available: () => elsewhere !== null,
    },
  ]
}

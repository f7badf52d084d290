/** What can be done with the others who are here. */
import type { Member } from '@manyhands/protocol'
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'
import { nextToFollow } from './following.ts'
import type { Together } from './together.ts'

export function togetherActions(together: Together, members: readonly Member[]): readonly Action[] {
  const { following, elsewhere, follow, stop, goToEditing } = together
  return [
    {
      id: 'follow-next',
      group: 'people',
      text: () => texts.actions.followNext,
      keys: ['Mod-. f'],
      run: () => {
        const next = nextToFollow(following, members)
        const member = members.find((one) => one.member === next)
        if (member === undefined) stop()
        else follow(member)
      },
      available: () => members.length > 0,
    },
    ...members.map(
      (member): Action => ({
        id: `follow-${member.member}`,
        group: 'people',
        text: () => texts.together.follow(member.state.person.name || texts.people.unnamed),
        run: () => follow(member),
        available: () => member.member !== following?.member,
      }),
    ),
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

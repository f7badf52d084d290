/** Saying who I am: each bar has a place of its own for it. */
import { UserRound } from 'lucide-react'
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'

export function meAction(run: () => void): Action {
  return { id: 'me', group: 'people', text: () => texts.actions.me, keys: ['Mod-. p'], icon: UserRound, run }
}

/** Handing out the document, by the keyboard. */
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'

interface Doings {
  readonly open: () => void
  readonly copyLink: () => void
}

export function shareActions({ open, copyLink }: Doings): readonly Action[] {
  return [
    { id: 'share', group: 'people', text: () => texts.actions.share, keys: ['Mod-. s'], run: open },
    { id: 'copy-link', group: 'people', text: () => texts.actions.copyLink, keys: ['Mod-. l'], run: copyLink },
  ]
}

/** The line below the text: where I am, how much there is, and whether we all have the same. */
import type { ClientState } from '@manyhands/client'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import type { Counts } from './counts.ts'
import type { Place } from './place.ts'

export interface StatusBarProps {
  readonly place: Place
  readonly counts: Counts
  readonly connection: ClientState['connection']
  readonly hash: string
}

const SHORT_HASH = 4

export function StatusBar({ place, counts, connection, hash }: StatusBarProps): ReactNode {
  return (
    <footer className="status-bar">
      <span>{texts.status.place(place.line, place.column)}</span>
      <span>{texts.status.words(counts.words)}</span>
      <span>{texts.status.characters(counts.characters)}</span>
      <span className="spacer" />
      <span className="connection" data-connection={connection}>
        {connectionText(connection)}
      </span>
      <code
        className="hash"
        title={`${texts.details.hash} ${hash}. ${texts.details.hashMeaning}`}
        data-state-hash={hash}
      >
        {hash.slice(0, SHORT_HASH)}
      </code>
    </footer>
  )
}

function connectionText(connection: ClientState['connection']): string {
  if (connection === 'live') return texts.status.connected
  return connection === 'joining' ? texts.status.connecting : texts.status.disconnected
}

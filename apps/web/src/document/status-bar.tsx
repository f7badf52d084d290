/** The line below the text: where I am, how much there is, and whether we all have the same. */
import type { Client, ClientState } from '@manyhands/client'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { SyntaxField } from '../syntax/syntax-field.tsx'
import { texts } from '../texts.ts'
import { SettingsButton } from '../writing/settings-button.tsx'
import type { Writing } from '../writing/use-writing.ts'
import { agreeing, agreementText } from './agreement.ts'
import type { Place } from './place.ts'
import type { AllCounts } from './use-counts.ts'

export interface StatusBarProps {
  readonly place: Place
  readonly counts: AllCounts
  readonly client: Client
  readonly writing: Writing
  readonly readOnly: boolean
}

const SHORT_HASH = 4

export function StatusBar(props: StatusBarProps): ReactNode {
  const { place, counts, client, writing, readOnly } = props
  const { connection } = client.state
  const hash = client.hash()
  return (
    <footer className="status-bar">
      <span>{texts.status.place(place.line, place.column)}</span>
      {counts.selected === null ? (
        <>
          <span>{texts.status.words(counts.whole.words)}</span>
          <span>{texts.status.characters(counts.whole.characters)}</span>
        </>
      ) : (
        <>
          <span>{texts.writing.selected(texts.status.words(counts.selected.words))}</span>
          <span>{texts.writing.selected(texts.status.characters(counts.selected.characters))}</span>
        </>
      )}
      <SyntaxField syntax={writing.syntax} readOnly={readOnly} className="syntax-field" />
      <SettingsButton settings={writing.settings} />
      <span className="spacer" />
      <span className="connection" data-connection={connection}>
        {connectionText(connection)}
      </span>
      <code className="hash" title={`${texts.details.hash} ${hash}. ${agreementText(client)}`} data-state-hash={hash}>
        {agreeing(client) > 0 && <Check size={12} aria-hidden="true" />}
        {hash.slice(0, SHORT_HASH)}
      </code>
    </footer>
  )
}

function connectionText(connection: ClientState['connection']): string {
  if (connection === 'live') return texts.status.connected
  return connection === 'joining' ? texts.status.connecting : texts.status.disconnected
}

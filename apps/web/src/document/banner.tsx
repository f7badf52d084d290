/** What stands across the page when the server will not go on with this document, and what to do about it. */
import type { Client } from '@manyhands/client'
import type { Person } from '@manyhands/protocol'
import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useEnvironment } from '../environment.ts'
import { obstacleText } from '../library/obstacle-text.ts'
import { texts } from '../texts.ts'
import { copyText } from '../ui/clipboard.ts'
import { saveText } from './save-text.ts'
import type { SavedState } from './saved-state.ts'
import { atRiskText } from './saved-state-text.ts'
import { useSeparateCopy } from './use-separate-copy.ts'

type Grave = Extract<SavedState, { kind: 'refused' | 'read-only' }>

/** Only a reader who has nothing at risk needs no more than the pill. */
export function needsBanner(state: SavedState): state is Grave {
  return state.kind === 'refused' || (state.kind === 'read-only' && state.characters > 0)
}

export interface BannerProps {
  readonly state: Grave
  readonly client: Client
  readonly person: Person
}

export function Banner({ state, client, person }: BannerProps): ReactNode {
  const { app } = useEnvironment()
  const [copied, setCopied] = useState(false)
  const separate = useSeparateCopy(client, person)
  const isLost = state.kind === 'refused'
  const reason = isLost ? texts.refused[state.reason] : texts.details.nowReading
  const isKept = state.characters > 0 || state.reason === 'forbidden'
  const copy = async (): Promise<void> => setCopied(await copyText(client.text()))
  return (
    <div className="banner" role="alert">
      <TriangleAlert size={18} aria-hidden="true" />
      <p>
        {reason} {state.characters > 0 && atRiskText(state.characters, client.state.keeping)}{' '}
        {separate.obstacle !== null &&
          texts.library.notMade(client.title || texts.title.placeholder, obstacleText(separate.obstacle))}
      </p>
      {isKept && (
        <>
          <button type="button" className="button" onClick={() => void copy()}>
            {copied ? texts.share.copied : texts.action.copyText}
          </button>
          <button type="button" className="button" onClick={() => saveText(client)}>
            {texts.action.download}
          </button>
        </>
      )}
      {state.reason === 'history-mismatch' && (
        <button type="button" className="button" disabled={separate.underWay} onClick={() => void separate.make()}>
          {texts.action.keepMine}
        </button>
      )}
      {isLost && (
        <button type="button" className="button" onClick={() => void app.reload()}>
          {texts.action.reload}
        </button>
      )}
    </div>
  )
}

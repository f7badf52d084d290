/** What stands across the page when the server will not go on with this document, and what to do about it. */
import type { Keeping } from '@manyhands/client'
import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useEnvironment } from '../environment.ts'
import { texts } from '../texts.ts'
import { copyText } from '../ui/clipboard.ts'
import type { SavedState } from './saved-state.ts'
import { atRiskText } from './saved-state-text.ts'

type Grave = Extract<SavedState, { kind: 'refused' | 'read-only' }>

/** Only a reader who has nothing at risk needs no more than the pill. */
export function needsBanner(state: SavedState): state is Grave {
  return state.kind === 'refused' || (state.kind === 'read-only' && state.characters > 0)
}

export interface BannerProps {
  readonly state: Grave
  readonly keeping: Keeping
  readonly text: () => string
}

export function Banner({ state, keeping, text }: BannerProps): ReactNode {
  const { app } = useEnvironment()
  const [copied, setCopied] = useState(false)
  const isLost = state.kind === 'refused'
  const reason = isLost ? texts.refused[state.reason] : texts.details.nowReading
  const isKept = state.characters > 0 || state.reason === 'forbidden'
  const copy = async (): Promise<void> => setCopied(await copyText(text()))
  return (
    <div className="banner" role="alert">
      <TriangleAlert size={18} aria-hidden="true" />
      <p>
        {reason} {state.characters > 0 && atRiskText(state.characters, keeping)}
      </p>
      {isKept && (
        <button type="button" className="button" onClick={() => void copy()}>
          {copied ? texts.share.copied : texts.action.copyText}
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

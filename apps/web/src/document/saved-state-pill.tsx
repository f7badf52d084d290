/** The pill beside the title that says where my words are. Silent when all is well; pressed, it says more. */
import type { Keeping, Trouble } from '@manyhands/client'
import { Check, CircleDashed, CloudOff, Eye, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { Popover } from '../ui/popover.tsx'
import type { SavedState } from './saved-state.ts'
import { atRiskText, detailsText, pillText, shortPillText } from './saved-state-text.ts'

export interface SavedStatePillProps {
  readonly state: SavedState
  readonly replicas: number
  readonly servers: number
  readonly keeping: Keeping
  readonly hash: string
  readonly open: boolean
  readonly onToggle: (open: boolean) => void
  readonly onReconnect: () => void
}

const icons: Readonly<Record<SavedState['kind'], LucideIcon>> = {
  loading: CircleDashed,
  ready: Check,
  saved: Check,
  saving: CircleDashed,
  slow: TriangleAlert,
  offline: CloudOff,
  reconnecting: CircleDashed,
  waiting: TriangleAlert,
  refused: TriangleAlert,
  'read-only': Eye,
}

export function SavedStatePill(props: SavedStatePillProps): ReactNode {
  const { state } = props
  const Icon = icons[state.kind]
  const text = pillText(state)
  return (
    <div className="saved-state" data-saved-state={state.kind} data-keeping={props.keeping}>
      <Popover
        open={props.open}
        onToggle={props.onToggle}
        label={texts.pill.label(text)}
        className="pill"
        heading={text}
        side="left"
        button={
          <>
            <Icon size={15} aria-hidden="true" />
            <span className="pill-text">{text}</span>
            <span className="pill-short">{shortPillText(state)}</span>
          </>
        }
      >
        <Details {...props} />
      </Popover>
      {state.kind === 'reconnecting' && state.seconds > 0 && (
        <button type="button" className="pill-action" onClick={props.onReconnect}>
          {texts.pill.now}
        </button>
      )}
    </div>
  )
}

function Details({ state, replicas, servers, keeping, hash, onReconnect }: SavedStatePillProps): ReactNode {
  const atRisk = 'characters' in state ? state.characters : 0
  return (
    <div className="details">
      <p>{detailsText(state, replicas, servers)}</p>
      {atRisk > 0 && <p className="at-risk">{atRiskText(atRisk, keeping)}</p>}
      {isAway(state) && (
        <button type="button" className="button" onClick={onReconnect}>
          {texts.action.retry}
        </button>
      )}
      {keeping === 'kept' && <p className="quiet">{texts.device.kept}</p>}
      {isTrouble(keeping) && <p>{texts.device.trouble[keeping]}</p>}
      <p className="quiet">
        {texts.details.hash} <code>{hash}</code>. {texts.details.hashMeaning}
      </p>
    </div>
  )
}

function isTrouble(keeping: Keeping): keeping is Trouble {
  return keeping === 'full' || keeping === 'blocked' || keeping === 'damaged'
}

function isAway({ kind }: SavedState): boolean {
  return kind === 'offline' || kind === 'reconnecting' || kind === 'waiting'
}

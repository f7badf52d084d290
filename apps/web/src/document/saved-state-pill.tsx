/** The pill beside the title that says where my words are. Silent when all is well; pressed, it says more. */
import type { Client, Keeping, Trouble } from '@manyhands/client'
import { Check, CircleDashed, CloudOff, Eye, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { Popover } from '../ui/popover.tsx'
import { useNow } from '../ui/use-now.ts'
import { agreementText } from './agreement.ts'
import type { SavedState } from './saved-state.ts'
import { atRiskText, detailsText, pillText, shortPillText, storedText } from './saved-state-text.ts'

export interface SavedStatePillProps {
  readonly state: SavedState
  readonly client: Client
  readonly open: boolean
  readonly onToggle: (open: boolean) => void
}

/** A window stays open overnight, and then what was today is a date. */
const MINUTE = 60_000

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
  const { state, client } = props
  const proof = proofOf(props, useNow(MINUTE, true))
  const Icon = icons[state.kind]
  const text = pillText(state)
  return (
    <div
      className="saved-state"
      data-saved-state={state.kind}
      data-keeping={client.state.keeping}
      title={proof.join('\n')}
    >
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
        <Details state={state} client={client} lines={proof} />
      </Popover>
      {state.kind === 'reconnecting' && state.seconds > 0 && (
        <button type="button" className="pill-action" onClick={() => client.reconnectNow()}>
          {texts.pill.now}
        </button>
      )}
    </div>
  )
}

interface DetailsProps extends Pick<SavedStatePillProps, 'state' | 'client'> {
  readonly lines: readonly string[]
}

function Details({ state, client, lines }: DetailsProps): ReactNode {
  const { keeping } = client.state
  const [where, ...proof] = lines
  const atRisk = 'characters' in state ? state.characters : 0
  return (
    <div className="details">
      <p>{where}</p>
      {atRisk > 0 && <p className="at-risk">{atRiskText(atRisk, keeping)}</p>}
      {isAway(state) && (
        <button type="button" className="button" onClick={() => client.reconnectNow()}>
          {texts.action.retry}
        </button>
      )}
      {keeping === 'kept' && <p className="quiet">{texts.device.kept}</p>}
      {isTrouble(keeping) && <p>{texts.device.trouble[keeping]}</p>}
      {proof.map((line) => (
        <p key={line} className="quiet">
          {line}
        </p>
      ))}
    </div>
  )
}

/** On how many servers the text is, since when, and by which hash one can tell. */
function proofOf({ state, client }: Pick<SavedStatePillProps, 'state' | 'client'>, now: number): readonly string[] {
  const { replicas, servers, storedAt } = client.state
  return [
    detailsText(state, replicas, servers),
    ...(storedAt === null ? [] : [storedText(storedAt, now)]),
    `${texts.details.hash} ${client.hash()}. ${agreementText(client)}`,
  ]
}

function isTrouble(keeping: Keeping): keeping is Trouble {
  return keeping === 'full' || keeping === 'blocked' || keeping === 'damaged'
}

function isAway({ kind }: SavedState): boolean {
  return kind === 'offline' || kind === 'reconnecting' || kind === 'waiting'
}

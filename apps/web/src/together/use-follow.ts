/** Following somebody: their window moves mine. Escape, an edit or scrolling of my own ends it. */
import { type Extension, Transaction } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import type { Member, PresenceState } from '@manyhands/protocol'

import { useEffect, useMemo, useRef, useState } from 'react'
import { useAttached } from '../writing/use-attached.ts'
import { type Following, stillFollowing } from './following.ts'
import { show, showAtTop, showInMiddle } from './sight.ts'

export interface Follow {
  readonly following: Following | null
  readonly follow: (member: Member) => void
  readonly stop: () => void
}

export function useFollow(view: EditorView | null, client: Client): Follow {
  const [wish, setWish] = useState<Following | null>(null)
  const connected = client.state.connection === 'live'
  const following = wish && stillFollowing(wish, client.members, connected)
  if (following !== wish) setWish(following)
  const actions = useMemo(
    () => ({
      follow: ({ member, state: { person, device } }: Member) => setWish({ member, person, device }),
      stop: () => setWish(null),
    }),
    [],
  )
  const isFollowing = following !== null
  useAttached(
    view,
    useMemo(() => (isFollowing ? ending(actions.stop) : null), [isFollowing, actions]),
  )
  useEscape(isFollowing, actions.stop)
  useTheirWindow(view, client, following)
  return { following, ...actions }
}

/** What I do in the text myself. A press into the text does not yet mean that I want to be elsewhere. */
function ending(stop: () => void): Extension {
  return [
    EditorView.updateListener.of(({ transactions }) => {
      if (transactions.some(isMyOwn)) stop()
    }),
    EditorView.domEventHandlers({ wheel: stop, touchmove: stop }),
  ]
}

function isMyOwn(transaction: Transaction): boolean {
  if (transaction.docChanged) return !transaction.annotation(Transaction.remote)
  return transaction.isUserEvent('select') && !transaction.isUserEvent('select.pointer')
}

/** After everything that is nearer: an open panel, and what the editor itself ends with Escape. */
function useEscape(active: boolean, stop: () => void): void {
  useEffect(() => {
    if (!active) return
    const onKeyDown = (event: KeyboardEvent): void => {
      const inPanel = event.target instanceof Element && event.target.closest('dialog, [role="dialog"]') !== null
      if (event.key === 'Escape' && !event.defaultPrevented && !inPanel) stop()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [active, stop])
}

/** Shows what they see when their window moves; their caret, when that moves and I would not see it. */
function useTheirWindow(view: EditorView | null, client: Client, following: Following | null): void {
  const member = following?.member ?? null
  const state = client.members.find((one) => one.member === member)?.state
  const top = state?.top ?? null
  const head = state?.selection?.head ?? null
  const [topName, headName] = [nameOf(top), nameOf(head)]
  const seen = useRef<Seen>(NOTHING)
  useEffect(() => {
    const before = seen.current.member === member ? seen.current : NOTHING
    seen.current = { member, top: topName, head: headName }
    if (view === null || member === null) return
    const [topIndex, headIndex] = [top && client.indexOf(top), head && client.indexOf(head)]
    const begins = before.member === null
    if (topIndex !== null && topName !== before.top) showAtTop(view, topIndex)
    if (headIndex === null || headName === before.head) return
    if (begins && topIndex === null) showInMiddle(view, headIndex)
    // A view has one place to scroll to in each frame.
    else if (!begins) requestAnimationFrame(() => view.dom.isConnected && show(view, headIndex))
  })
}

type Anchor = NonNullable<PresenceState['top']>

interface Seen {
  readonly member: number | null
  readonly top: string
  readonly head: string
}

const NOTHING: Seen = { member: null, top: '', head: '' }

/** Equal for equal places; their indexes change with every edit before them. */
function nameOf(anchor: Anchor | null): string {
  if (anchor === null || typeof anchor === 'string') return anchor ?? ''
  return `${anchor.id.replica} ${anchor.id.seq} ${anchor.side}`
}

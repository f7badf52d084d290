/** Following somebody: their window moves mine. Escape, an edit or scrolling of my own ends it. */
import { type Extension, Transaction } from '@codemirror/state'
import { EditorView, ViewPlugin } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import type { Member, PresenceState } from '@manyhands/protocol'

import { useEffect, useMemo, useRef, useState } from 'react'
import { isScroll } from '../preview/own-scroll.ts'
import { useAttached } from '../writing/use-attached.ts'
import { type Following, stillFollowing } from './following.ts'
import { show, showAtTop, showInMiddle } from './sight.ts'
import { NOTHING, newsOf, type Place, type Seen, seenOf } from './their-window.ts'

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
    ViewPlugin.define(({ scrollDOM }) => {
      // Beside the text lies its scrollbar.
      const press = ({ target }: Event): void => {
        if (target === scrollDOM) stop()
      }
      scrollDOM.addEventListener('pointerdown', press)
      return { destroy: () => scrollDOM.removeEventListener('pointerdown', press) }
    }),
  ]
}

function isMyOwn(transaction: Transaction): boolean {
  if (isScroll(transaction)) return true
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
  const seen = useRef<Seen>(NOTHING)
  useEffect(() => {
    const before = seen.current.member === member ? seen.current : NOTHING
    const theirs = { top: placeOf(client, state?.top), head: placeOf(client, state?.selection?.head) }
    seen.current = seenOf(before, member, theirs)
    if (view === null || member === null) return
    const { top, head } = newsOf(before, theirs)
    const begins = before.member === null
    if (top !== null && top.index !== null) showAtTop(view, top.index)
    const at = head?.index ?? null
    if (at === null) return
    if (begins && theirs.top?.index == null) showInMiddle(view, at)
    // A view has one place to scroll to in each frame.
    else if (!begins) requestAnimationFrame(() => view.dom.isConnected && show(view, at))
  })
}

type Anchor = NonNullable<PresenceState['top']>

function placeOf(client: Client, anchor: Anchor | null | undefined): Place | null {
  return anchor ? { name: nameOf(anchor), index: client.indexOf(anchor) } : null
}

function nameOf(anchor: Anchor): string {
  return typeof anchor === 'string' ? anchor : `${anchor.id.replica} ${anchor.id.seq} ${anchor.side}`
}

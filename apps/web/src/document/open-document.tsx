/** The page of an open document: the bar above, the text, the line below. */
import type { EditorState } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import type { Address } from '@manyhands/protocol'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useActions } from '../actions/with-actions.tsx'
import { useEnvironment } from '../environment.ts'
import type { LanguageSetting } from '../language/use-language.ts'
import { isLinkToRead } from '../library/where.ts'
import { DeviceNotice } from '../offline/device-notice.tsx'
import { NewVersion } from '../offline/new-version.tsx'
import type { Me } from '../people/me.ts'
import { useGiveWay } from '../people/use-give-way.ts'
import { SizeNotice } from '../size/size-notice.tsx'
import { useRoom } from '../size/use-room.ts'
import { texts } from '../texts.ts'
import type { Theme } from '../theme/theme.ts'
import { TogetherLine } from '../together/together-line.tsx'
import { useTogether } from '../together/use-together.ts'
import { useKeptFocus } from '../ui/use-kept-focus.ts'
import { useLater } from '../ui/use-later.ts'
import { useNow } from '../ui/use-now.ts'
import { useOnline } from '../ui/use-online.ts'
import { usePhone } from '../ui/use-phone.ts'
import { useWriting } from '../writing/use-writing.ts'
import { writingActions } from '../writing/writing-actions.ts'
import { WritingRoom } from '../writing/writing-room.tsx'
import { Banner, needsBanner } from './banner.tsx'
import { documentActions, printAction } from './document-actions.ts'
import { Editor } from './editor.tsx'
import type { EditorListener } from './editor-extensions.ts'
import { Moved, useMoved } from './moved.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { isSamePlace, type Place, placeOf } from './place.ts'
import { saveText } from './save-text.ts'
import { type SavedState, savedState } from './saved-state.ts'
import { Spoken } from './spoken.tsx'
import { StatusBar } from './status-bar.tsx'
import { textActions } from './text-actions.ts'
import { TopBar } from './top-bar.tsx'
import { useCounts } from './use-counts.ts'
import { useOpening } from './use-opening.ts'

export interface OpenDocumentProps {
  readonly client: Client
  /** By which it was opened. */
  readonly address: Address
  /** The document was made up on this device, just now. */
  readonly made: boolean
  readonly me: Me
  readonly theme: Theme
  readonly language: LanguageSetting
}

const fetchDroppedFiles = async () => (await import('./dropped-files.tsx')).DroppedFiles
const START: Place = { line: 1, column: 1 }
const TICK = 500
const SKELETON_LINES = ['38%', '86%', '92%', '64%', '79%', '27%'] as const

export function OpenDocument({ client, address, made, me, theme, language }: OpenDocumentProps): ReactNode {
  const [view, setView] = useState<EditorView | null>(null)
  const [place, setPlace] = useState(START)
  const [counts, recount] = useCounts()
  const [opening, look] = useOpening()
  const [asked, setAsked] = useState(0)
  const phone = usePhone()
  const saved = useSavedState(client, made)
  const usable = client.state.ready
  const readOnly = !usable || client.state.role === 'reader'
  const room = useRoom(view)
  const moved = useMoved(client.state.moves)
  const listener = useMemo(
    (): EditorListener => ({
      textChanged(state: EditorState) {
        recount(state)
        look(state)
      },
      caretMoved(state: EditorState) {
        const now = placeOf(state)
        setPlace((before) => (isSamePlace(before, now) ? before : now))
        recount(state)
      },
    }),
    [recount, look],
  )
  const heading = texts.documentTitle(client.title || opening)
  useEffect(() => {
    document.title = heading
  }, [heading])
  // Before anything is fetched that can be had later. Nobody has gone anywhere else yet.
  useEffect(() => {
    if (view !== null && usable && document.activeElement === document.body) view.focus()
  }, [view, usable])
  const DroppedFiles = useLater(view !== null, fetchDroppedFiles)
  const { device } = useEnvironment()
  const writing = useWriting({ client, reader: isLinkToRead(address), view, phone, device })
  const previewed = writing.mode !== null && writing.mode.now !== 'edit'
  useActions(useMemo(() => documentActions(client, () => setAsked((times) => times + 1)), [client]))
  // The preview prints itself.
  useActions(useMemo(() => (previewed ? [] : [printAction(() => window.print())]), [previewed]))
  // What is not in sight is not to be changed, and what is read is searched by the browser.
  const reading = writing.mode?.now === 'read'
  useActions(useMemo(() => (view === null || reading ? [] : textActions(view)), [view, reading]))
  useEffect(() => {
    // The preview went, and took the focus with it.
    if (view !== null && usable && !reading && document.activeElement === document.body) view.focus()
  }, [view, usable, reading])
  useActions(useMemo(() => writingActions(writing, view), [writing, view]))
  useKeptFocus(() => {
    const next = document.querySelector<HTMLElement>(reading ? '[role="dialog"], .preview iframe' : '[role="dialog"]')
    if (next === null) view?.focus()
    else next.focus()
  })

  useGiveWay(client, me)
  const together = useTogether(view, client)
  const bar = {
    client,
    opening,
    address,
    me,
    theme,
    language,
    together,
    saved,
    asked,
    counts: counts.whole,
    writing,
    readOnly,
  }
  return (
    <div className="document">
      {phone ? <PhoneBar {...bar} /> : <TopBar {...bar} />}
      <div className="notices">
        {needsBanner(saved) && <Banner state={saved} client={client} person={me.person} />}
        {room !== null && !readOnly && <SizeNotice left={room} onDownload={() => saveText(client)} />}
        {view !== null && DroppedFiles !== null && (
          <DroppedFiles
            view={view}
            hindrance={readOnly ? (usable ? texts.details.readOnly : texts.editor.loading) : null}
            onDrop={() => reading && writing.mode?.choose('edit')}
          />
        )}
        <DeviceNotice state={client.state} />
        <NewVersion />
      </div>
      <main className="paper">
        <h1 className="unseen">{client.title || opening || texts.title.placeholder}</h1>
        <WritingRoom view={view} writing={writing} theme={theme.choice}>
          <Editor
            client={client}
            dark={theme.dark}
            words={texts.editor}
            readOnly={readOnly}
            listener={listener}
            onView={setView}
          />
        </WritingRoom>
        {!usable && <Skeleton />}
      </main>
      {!phone && <StatusBar place={place} counts={counts} client={client} writing={writing} readOnly={readOnly} />}
      <TogetherLine together={together} />
      {moved && <Moved />}
      <Spoken others={client.members} connected={client.state.connection === 'live'} state={saved} moved={moved} />
    </div>
  )
}

/** The clock runs only while a state depends on it: a countdown, or an edit that may become slow. */
function useSavedState(client: Client, made: boolean): SavedState {
  const ticking = client.state.connection !== 'live' || client.state.unsavedCharacters > 0
  const now = useNow(TICK, ticking)
  const online = useOnline()
  return savedState(client.state, { now, online, made })
}

/** Lines of no text, shown only when opening takes longer than a blink. */
function Skeleton(): ReactNode {
  return (
    <div className="skeleton" role="img" aria-label={texts.editor.loading}>
      {SKELETON_LINES.map((width) => (
        <span key={width} style={{ width }} />
      ))}
    </div>
  )
}

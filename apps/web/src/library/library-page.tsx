/** The documents that this device knows: to find, to open, to put in order. */
import type { Person } from '@manyhands/protocol'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { useActions } from '../actions/with-actions.tsx'
import { useEnvironment } from '../environment.ts'
import type { LanguageSetting } from '../language/use-language.ts'
import { latestKeyOf } from '../sharing/keys.ts'
import { linkTo } from '../sharing/links.ts'
import { texts } from '../texts.ts'
import type { Theme } from '../theme/theme.ts'
import { copyText } from '../ui/clipboard.ts'
import { isMac } from '../ui/platform.ts'
import { useFileDrop } from '../ui/use-file-drop.ts'
import { useKeptFocus } from '../ui/use-kept-focus.ts'
import { useNow } from '../ui/use-now.ts'
import { DocumentRow, type RowActions } from './document-row.tsx'
import { FilePicker } from './file-picker.tsx'
import { found, ORDERS, type Order, sameTag, tagsOf, type Wish } from './found.ts'
import { type KnownDocument, readTags } from './known-document.ts'
import { type LibraryDoings, libraryActions } from './library-actions.ts'
import { LibraryBar } from './library-bar.tsx'
import { LibraryTools } from './library-tools.tsx'
import { NothingToShow } from './nothing-to-show.tsx'
import { NewsBar, Notices } from './notices.tsx'
import { TrashNote } from './trash-note.tsx'
import { nameOf, useErrands } from './use-errands.ts'
import { useFreshTitles } from './use-fresh-titles.ts'
import { useKnown } from './use-known.ts'
import { useNews } from './use-news.ts'
import { pathOf } from './where.ts'
import './library.css'

export interface LibraryPageProps {
  readonly me: Person
  readonly theme: Theme
  readonly language: LanguageSetting
}

const ORDER = 'order'
const MINUTE = 60_000
const TRASH = '/docs?trash'
const EVERYTHING: Wish = { query: '', tag: null, trashed: false, order: 'opened' }

export default function LibraryPage({ me, theme, language }: LibraryPageProps): ReactNode {
  const { library, device, clock } = useEnvironment()
  const known = useKnown()
  useFreshTitles()
  const now = useNow(MINUTE, true)
  const [query, setQuery] = useState('')
  const [chosenTag, setTag] = useState<string | null>(null)
  const [order, setOrder] = useState(() => readOrder(device.recall(ORDER)))
  const newsroom = useNews()
  const { tell } = newsroom
  const errands = useErrands(me, tell)
  const dropping = useFileDrop((files) => void errands.bring(files))
  const [search, picker] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  const [, navigate] = useLocation()
  useEffect(() => {
    document.title = texts.library.documentTitle
  })

  const trashed = new URLSearchParams(useSearch()).has('trash')
  const collator = useMemo(() => new Intl.Collator(language.language, { numeric: true }), [language.language])
  const [inTrash, kept] = useMemo(() => [known.filter(isTrashed), known.filter((one) => !isTrashed(one))], [known])
  const tags = useMemo(() => tagsOf(trashed ? inTrash : kept, collator), [trashed, inTrash, kept, collator])
  const tag = tags.find((one) => sameTag(one, chosenTag)) ?? null
  const shown = useMemo(
    () => found(known, { query, tag, trashed, order }, collator),
    [known, query, tag, trashed, order, collator],
  )

  const setTrashed = (document: KnownDocument, at: number | null): void =>
    library.change(document.id, (now) => now && { ...now, trashedAt: at })
  const forget = (documents: readonly KnownDocument[], text: string): void => {
    for (const { id } of documents) library.change(id, () => null)
    tell(text, () => {
      for (const document of documents) library.change(document.id, (now) => now ?? document)
    })
  }
  const actions: RowActions = {
    entitle: (document, title) => void errands.entitle(document, title),
    tag: (document, text) => library.change(document.id, (now) => now && { ...now, tags: readTags(text) }),
    copyLink: (document) => {
      const link = linkTo(location.origin, document.id, latestKeyOf(device, document.id))
      void copyText(link).then((copied) => tell(copied ? texts.library.copied : `${texts.share.blocked} ${link}`))
    },
    download: (document, format) => void errands.download(document, format),
    toTrash: (document) => {
      setTrashed(document, clock.now())
      tell(texts.library.didTrash(nameOf(document)), () => setTrashed(document, null))
    },
    restore: (document) => {
      setTrashed(document, null)
      tell(texts.library.didRestore(nameOf(document)), () => setTrashed(document, document.trashedAt))
    },
    forget: (document) => forget([document], texts.library.didForget(nameOf(document))),
    showTag: setTag,
  }
  const chooseOrder = (next: Order): void => {
    device.keep(ORDER, next)
    setOrder(next)
  }

  useKeptFocus(() =>
    (
      document.querySelector<HTMLElement>('.shelf-link') ?? document.querySelector<HTMLElement>('main :is(a, button)')
    )?.focus(),
  )
  const clear = (): void => {
    setQuery('')
    search.current?.focus()
  }
  const pickFiles = (): void => picker.current?.click()
  useLibraryActions({
    search: () => search.current?.focus(),
    pickFiles,
    downloadAll: kept.length > 0 ? () => void errands.downloadAll(found(kept, EVERYTHING, collator)) : null,
    showTrash: () => navigate(TRASH),
    inTrash: inTrash.length,
  })

  return (
    <div className="library">
      <LibraryBar trashed={trashed} theme={theme} language={language} />
      <FilePicker picker={picker} onFiles={(files) => void errands.bring(files)} />
      <main className="shelves">
        <h1>{trashed ? texts.library.trash : texts.library.heading}</h1>
        <Notices hindrance={library.hindrance} errands={errands} />
        {trashed && (
          <TrashNote
            onEmpty={inTrash.length > 0 ? () => forget(inTrash, texts.library.didEmpty(inTrash.length)) : null}
          />
        )}
        {(trashed ? inTrash : kept).length > 0 && (
          <LibraryTools
            search={search}
            query={query}
            onQuery={setQuery}
            onClear={clear}
            first={shown[0] === undefined ? null : pathOf(shown[0].id)}
            order={order}
            onOrder={trashed ? null : chooseOrder}
            tags={tags}
            tag={tag}
            onTag={setTag}
          />
        )}
        {shown.length > 0 && (
          <ul className="shelf" aria-label={trashed ? texts.library.trash : texts.library.heading}>
            {shown.map((document) => (
              <DocumentRow
                key={document.id}
                document={document}
                actions={actions}
                order={order}
                now={now}
                language={language.language}
              />
            ))}
          </ul>
        )}
        {shown.length === 0 && (
          <NothingToShow query={query} tag={tag} trashed={trashed} onClear={clear} onImport={pickFiles} />
        )}
        <footer className="shelf-foot quiet">
          <p className={shown.length === 0 ? 'unseen' : undefined} role="status">
            {texts.library.count(shown.length)}
          </p>
          {!trashed && inTrash.length > 0 && <Link href={TRASH}>{texts.library.trashed(inTrash.length)}</Link>}
        </footer>
        {shown.length > 0 && !trashed && <p className="shelf-keys quiet">{texts.library.keys(isMac())}</p>}
        <NewsBar newsroom={newsroom} />
      </main>
      {dropping && <div className="drop-sign">{texts.library.drop}</div>}
    </div>
  )
}

function isTrashed({ trashedAt }: KnownDocument): boolean {
  return trashedAt !== null
}

function readOrder(stored: string | null): Order {
  return ORDERS.find((order) => order === stored) ?? 'opened'
}

/** The same actions for as long as the page stands; what they do is what is to be done now. */
function useLibraryActions(doings: LibraryDoings): void {
  const latest = useRef(doings)
  useEffect(() => {
    latest.current = doings
  })
  useActions(useMemo(() => libraryActions(() => latest.current), []))
}

/** One document of the list: its title leads to it, its menu has the rest. */
import { Ellipsis, FileCode2, FileDown, FileText, Link2, PenLine, RotateCcw, Tag, Trash2, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { Language } from '../language/language.ts'
import { texts } from '../texts.ts'
import { ActionMenu, type MenuAction } from '../ui/action-menu.tsx'
import { isMac } from '../ui/platform.ts'
import { usePhone } from '../ui/use-phone.ts'
import type { Format } from './file-names.ts'
import type { Order } from './found.ts'
import type { KnownDocument } from './known-document.ts'
import { RowField } from './row-field.tsx'
import { nameOf } from './use-errands.ts'
import { agoText, exactText } from './when.ts'
import { isLinkToRead, pathOf } from './where.ts'

/** What one can do with a document of the list. */
export interface RowActions {
  readonly entitle: (document: KnownDocument, title: string) => void
  readonly tag: (document: KnownDocument, tags: string) => void
  readonly copyLink: (document: KnownDocument) => void
  readonly download: (document: KnownDocument, format: Format) => void
  readonly toTrash: (document: KnownDocument) => void
  readonly restore: (document: KnownDocument) => void
  readonly forget: (document: KnownDocument) => void
  readonly showTag: (tag: string) => void
}

export interface DocumentRowProps {
  readonly document: KnownDocument
  readonly actions: RowActions
  readonly order: Order
  readonly now: number
  readonly language: Language
}

/** An Apple keyboard has no key of its own that deletes forwards. */
const throwAwayKeys = (): readonly string[] => (isMac() ? ['Backspace', 'Delete'] : ['Delete'])

type Editing = 'title' | 'tags' | null

export function DocumentRow({ document, actions, order, now, language }: DocumentRowProps): ReactNode {
  const [editing, setEditing] = useState<Editing>(null)
  const link = useRef<HTMLAnchorElement>(null)
  const [returning, setReturning] = useState(false)
  useEffect(() => {
    if (!returning) return
    link.current?.focus()
    setReturning(false)
  }, [returning])

  const done = (byKey: boolean): void => {
    setEditing(null)
    setReturning(byKey)
  }
  /** What takes it off this list leads to the one beside it. */
  const leave = (act: (document: KnownDocument) => void) => (): void => {
    neighbourOf(link.current, 'Delete')?.focus()
    act(document)
  }
  const throwAway = leave(document.trashedAt === null ? actions.toTrash : actions.forget)
  const onKeyDown = (event: KeyboardEvent<HTMLAnchorElement>): void => {
    if (event.key === 'F2' && isRenamable(document)) setEditing('title')
    if (throwAwayKeys().includes(event.key)) return throwAway()
    const neighbour = neighbourOf(event.currentTarget, event.key)
    if (neighbour === null) return
    event.preventDefault()
    neighbour.focus()
  }
  const [time, said] = whenOf(document, order)
  return (
    <li className="shelf-row">
      {/\.\w+$/.test(document.title) ? (
        <FileCode2 size={18} aria-hidden="true" />
      ) : (
        <FileText size={18} aria-hidden="true" />
      )}
      <div className="shelf-words">
        {editing === 'title' ? (
          <RowField
            label={texts.library.newTitle}
            value={document.title}
            onCommit={(title) => actions.entitle(document, title)}
            onDone={done}
          />
        ) : (
          <a className="shelf-link" href={pathOf(document.id)} ref={link} onKeyDown={onKeyDown} dir="auto">
            {nameOf(document)}
          </a>
        )}
        {editing === 'tags' ? (
          <RowField
            label={texts.library.tagsField}
            value={document.tags.join(', ')}
            onCommit={(tags) => actions.tag(document, tags)}
            onDone={done}
          />
        ) : (
          <Tags tags={document.tags} onShow={actions.showTag} />
        )}
      </div>
      <time className="shelf-when" dateTime={new Date(time).toISOString()} title={exactText(time, language)}>
        {said(agoText(time, now, language))}
      </time>
      <ActionMenu
        label={texts.library.actions(nameOf(document))}
        button={<Ellipsis size={18} aria-hidden="true" />}
        actions={
          document.trashedAt === null
            ? keptActions(document, actions, setEditing, throwAway)
            : trashedActions(leave(actions.restore), throwAway)
        }
      />
    </li>
  )
}

function whenOf(document: KnownDocument, order: Order): readonly [time: number, said: (when: string) => string] {
  if (document.trashedAt !== null) return [document.trashedAt, texts.library.thrownAway]
  return order === 'changed' ? [document.changedAt, texts.library.changed] : [document.openedAt, texts.library.opened]
}

/** On a phone a row has no room for more than one thing to press; the tags above the list are to be pressed there. */
function Tags({
  tags,
  onShow,
}: {
  readonly tags: readonly string[]
  readonly onShow: (tag: string) => void
}): ReactNode {
  const phone = usePhone()
  if (tags.length === 0) return null
  return (
    <ul className="shelf-tags" aria-label={texts.library.tags}>
      {tags.map((tag) => (
        <li key={tag}>
          {phone ? (
            <span className="tag" dir="auto">
              {tag}
            </span>
          ) : (
            <button type="button" className="tag" dir="auto" onClick={() => onShow(tag)}>
              {tag}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

function isRenamable({ id, trashedAt }: KnownDocument): boolean {
  return trashedAt === null && !isLinkToRead(id)
}

function keptActions(
  document: KnownDocument,
  actions: RowActions,
  edit: (what: Editing) => void,
  throwAway: () => void,
): readonly MenuAction[] {
  const download = (format: Format): MenuAction => ({
    text: texts.library.download[format],
    icon: FileDown,
    run: () => actions.download(document, format),
  })
  return [
    ...(isRenamable(document) ? [{ text: texts.library.rename, icon: PenLine, run: () => edit('title') }] : []),
    { text: texts.library.editTags, icon: Tag, run: () => edit('tags') },
    { text: texts.library.copyLink, icon: Link2, run: () => actions.copyLink(document) },
    download('md'),
    download('txt'),
    download('html'),
    { text: texts.library.toTrash, icon: Trash2, run: throwAway },
  ]
}

function trashedActions(restore: () => void, forget: () => void): readonly MenuAction[] {
  return [
    { text: texts.library.restore, icon: RotateCcw, run: restore },
    { text: texts.library.forget, icon: X, run: forget },
  ]
}

/** Where the focus goes from this document: with the arrows to another one, and before it is thrown away as well. */
function neighbourOf(link: HTMLAnchorElement | null, key: string): HTMLElement | null {
  if (link === null) return null
  const links = [...(link.closest('.shelf')?.querySelectorAll<HTMLElement>('.shelf-link') ?? [])]
  const at = links.indexOf(link)
  switch (key) {
    case 'ArrowDown':
      return links[at + 1] ?? null
    case 'ArrowUp':
      return links[at - 1] ?? null
    case 'Home':
      return links[0] ?? null
    case 'End':
      return links.at(-1) ?? null
    case 'Delete':
      return links[at + 1] ?? links[at - 1] ?? null
    default:
      return null
  }
}

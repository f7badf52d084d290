/** What the page does to documents that are not open: bringing files, renaming, fetching texts. Says how far it is and what failed. */
import { cleanTitle, MAX_DOCUMENT_LENGTH, type Person } from '@manyhands/protocol'
import { useEffect, useState } from 'react'
import { openingOf } from '../document/opening.ts'
import { useEnvironment } from '../environment.ts'
import { texts } from '../texts.ts'
import { saveFile } from '../ui/save-file.ts'
import { archiveOf, fileOf } from './download.ts'
import { make, type Obstacle, type Outcome, type Read, read, rename } from './errands.ts'
import { type Format, fileNameOf, titleFor, titleOfFile } from './file-names.ts'
import { contentOf } from './file-text.ts'
import { type KnownDocument, ownNameOf, seen } from './known-document.ts'
import { obstacleText } from './obstacle-text.ts'

export interface Errands {
  /** Documents that are not on a server's disk yet, or not under their new title. */
  readonly sending: number
  /** Texts that have been fetched for an archive, of how many. */
  readonly fetching: { readonly done: number; readonly all: number } | null
  readonly problems: readonly string[]
  readonly forgetProblems: () => void
  readonly bring: (files: readonly File[]) => Promise<void>
  readonly entitle: (document: KnownDocument, title: string) => Promise<void>
  readonly download: (document: KnownDocument, format: Format) => Promise<void>
  readonly downloadAll: (documents: readonly KnownDocument[]) => Promise<void>
}

/** So many files are brought at a time: few enough for one server to take them as it takes a person's typing. */
const AT_A_TIME = 3

export function useErrands(me: Person, tell: (text: string) => void): Errands {
  const world = useEnvironment()
  const { library, clock } = world
  const [sending, setSending] = useState(0)
  const [fetching, setFetching] = useState<Errands['fetching']>(null)
  const [problems, setProblems] = useState<readonly string[]>([])
  useWarning(sending > 0)

  const report = (problem: string): void => setProblems((before) => [...before, problem])
  const send = async <T>(work: () => Promise<T>): Promise<T> => {
    setSending((n) => n + 1)
    return work().finally(() => setSending((n) => n - 1))
  }

  const bringOne = async (file: File, at: number): Promise<boolean> => {
    const content = await contentOf(file)
    if (!content.ok) {
      report(texts.library.noText[content.reason](cleanTitle(file.name), MAX_DOCUMENT_LENGTH))
      return false
    }
    const [id, title] = [world.newDocumentId(), titleOfFile(file.name)]
    const made = await send(() => make(world, id, me, title, content.text))
    if (made.ok)
      library.change(id, (known) => seen(id, known, { title, opening: openingOf(content.text), at, changed: true }))
    else report(texts.library.notMade(title, obstacleText(made.reason)))
    return made.ok
  }
  const bring = async (files: readonly File[]): Promise<void> => {
    const now = clock.now()
    const brought = await inTurns(files, AT_A_TIME, (file) => bringOne(file, now))
    const made = brought.filter(Boolean).length
    if (made > 0) tell(texts.library.imported(made))
  }

  /** The new title shows at once; where no server takes it, the old one comes back. */
  const entitle = async (document: KnownDocument, wanted: string): Promise<void> => {
    const title = cleanTitle(wanted)
    if (title === document.title) return
    const show = (shown: string): void => library.change(document.id, (known) => known && { ...known, title: shown })
    show(title)
    const renamed = await send(() => rename(world, document.id, me, title))
    // A server that was asked meanwhile may have said the old one.
    show(renamed.ok ? renamed.value : document.title)
    if (!renamed.ok) report(texts.library.notRenamed(nameOf(document), obstacleText(renamed.reason)))
  }

  /** Whoever fetches a text sees its title as it is now. */
  const fetchOne = async (document: KnownDocument): Promise<Outcome<Read>> => {
    const fetched = await read(world, document.id, me)
    if (!fetched.ok) return fetched
    const { title, isFromServer } = fetched.value
    // The list hears of a new title before the copy on this device does.
    if (!isFromServer) return { ok: true, value: { ...fetched.value, title: document.title } }
    if (title !== document.title) library.change(document.id, (known) => known && { ...known, title })
    return fetched
  }
  const reportUnread = (document: KnownDocument, reason: Obstacle): void =>
    report(texts.library.notRead(nameOf(document), obstacleText(reason)))

  const download = async (document: KnownDocument, format: Format): Promise<void> => {
    const fetched = await fetchOne(document)
    if (!fetched.ok) return reportUnread(document, fetched.reason)
    const untitled = texts.title.placeholder
    const title = titleFor(fetched.value.title, fetched.value.text)
    saveFile(fileNameOf(title, untitled, format), await fileOf(fetched.value, untitled, format))
  }
  const downloadAll = async (documents: readonly KnownDocument[]): Promise<void> => {
    const onProgress = (done: number): void => setFetching({ done, all: documents.length })
    const untitled = texts.title.placeholder
    const archive = await archiveOf(documents, { untitled, read: fetchOne, onProgress, onMissing: reportUnread })
    setFetching(null)
    if (archive !== null) saveFile(`manyhands-${dayOf(clock.now())}.zip`, archive)
  }
  const forgetProblems = (): void => setProblems([])
  return { sending, fetching, problems, forgetProblems, bring, entitle, download, downloadAll }
}

/** What is never empty. */
export function nameOf(document: Pick<KnownDocument, 'title' | 'opening'>): string {
  return ownNameOf(document) || texts.title.placeholder
}

/** In the person's own time zone, and in digits that sort. */
function dayOf(time: number): string {
  return new Intl.DateTimeFormat('sv').format(time)
}

async function inTurns<T, R>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const rest = items.values()
  const worker = async (): Promise<void> => {
    for (const item of rest) results.push(await work(item))
  }
  await Promise.all(Array.from({ length: atATime }, worker))
  return results
}

/** Holds the person back from leaving while something is only in this window. */
function useWarning(active: boolean): void {
  useEffect(() => {
    if (!active) return
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [active])
}

/** What stands at an address under which there is nothing: a sentence, and ways on. */
import { FilePlus2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { NoticePage } from '../ui/notice-page.tsx'

export interface NothingHereProps {
  readonly what: 'document' | 'link' | 'page'
  /** Null where the address could not be a document's; then the new one gets an address of its own. */
  readonly onCreate: (() => void) | null
}

export default function NothingHere({ what, onCreate }: NothingHereProps): ReactNode {
  const [heading, sentence] = saidOf(what, onCreate !== null)
  return (
    <NoticePage heading={heading} sentence={sentence}>
      {onCreate !== null && (
        <button type="button" className="button button-accent" onClick={onCreate}>
          {texts.action.create}
        </button>
      )}
      <a className={onCreate === null ? 'button button-accent' : 'button'} href="/">
        <FilePlus2 size={16} aria-hidden="true" />
        {texts.action.newDocument}
      </a>
      <a className="button" href="/docs">
        {texts.library.link}
      </a>
    </NoticePage>
  )
}

function saidOf(what: NothingHereProps['what'], couldBe: boolean): readonly [heading: string, sentence: string] {
  const { noDocument, noLink, noPage } = texts
  if (what === 'link') return [noLink.heading, noLink.sentence]
  if (what === 'page') return [noPage.heading, noPage.sentence]
  return [noDocument.heading, couldBe ? noDocument.unwritten : noDocument.malformed]
}

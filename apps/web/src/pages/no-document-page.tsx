/** What stands at an address under which there is no document. */
import { FilePlus2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { NoticePage } from '../ui/notice-page.tsx'

/** `onCreate` is null where the address could not be a document's; then the new one gets an address of its own. */
export function NoDocumentPage({ onCreate }: { readonly onCreate: (() => void) | null }): ReactNode {
  const sentence = onCreate === null ? texts.noDocument.malformed : texts.noDocument.unwritten
  return (
    <NoticePage heading={texts.noDocument.heading} sentence={sentence}>
      {onCreate !== null && (
        <button type="button" className="button button-accent" onClick={onCreate}>
          {texts.action.create}
        </button>
      )}
      <WaysOn accent={onCreate === null} />
    </NoticePage>
  )
}

export function NoLinkPage(): ReactNode {
  return (
    <NoticePage heading={texts.noLink.heading} sentence={texts.noLink.sentence}>
      <WaysOn accent />
    </NoticePage>
  )
}

export function NoSuchPage(): ReactNode {
  return (
    <NoticePage heading={texts.noPage.heading} sentence={texts.noPage.sentence}>
      <WaysOn accent />
    </NoticePage>
  )
}

function WaysOn({ accent }: { readonly accent: boolean }): ReactNode {
  return (
    <>
      <a className={accent ? 'button button-accent' : 'button'} href="/">
        <FilePlus2 size={16} aria-hidden="true" />
        {texts.action.newDocument}
      </a>
      <a className="button" href="/docs">
        {texts.library.link}
      </a>
    </>
  )
}

/** Why the list is empty, and what to do about it. */
import { FilePlus2, FileUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'

export interface NothingToShowProps {
  readonly query: string
  readonly tag: string | null
  readonly trashed: boolean
  readonly onClear: () => void
  readonly onImport: () => void
}

export function NothingToShow({ query, tag, trashed, onClear, onImport }: NothingToShowProps): ReactNode {
  if (query !== '') {
    return (
      <div className="nothing">
        <p>{texts.library.nothingFound(query)}</p>
        <button type="button" className="button" onClick={onClear}>
          {texts.library.clearSearch}
        </button>
      </div>
    )
  }
  if (tag !== null) return <p className="nothing">{texts.library.nothingTagged}</p>
  if (trashed) return <p className="nothing">{texts.library.nothingInTrash}</p>
  return (
    <div className="nothing">
      <h2>{texts.library.empty}</h2>
      <p>{texts.library.emptyMeaning}</p>
      <div className="notice-actions">
        <a className="button button-accent" href="/">
          <FilePlus2 size={16} aria-hidden="true" />
          {texts.action.newDocument}
        </a>
        <button type="button" className="button" onClick={onImport}>
          <FileUp size={16} aria-hidden="true" />
          {texts.library.import}
        </button>
      </div>
    </div>
  )
}

/** The way from a document to all of them. A new page, not a new view: the browser asks first where something is not saved. */
import { Files } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'

export function LibraryLink(): ReactNode {
  return (
    <a className="icon-button" href="/docs" title={texts.library.link} aria-label={texts.library.link}>
      <Files size={18} aria-hidden="true" />
    </a>
  )
}

/** The bar above the documents: the way back from the trash, a new document, and the menu. */
import { ArrowLeft, Ellipsis, FilePlus2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { PageMenu } from '../actions/page-menu.tsx'
import type { LanguageSetting } from '../language/use-language.ts'
import { texts } from '../texts.ts'
import type { Theme } from '../theme/theme.ts'
import { BrandMark } from '../ui/brand-mark.tsx'
import { Popover } from '../ui/popover.tsx'

export interface LibraryBarProps {
  readonly trashed: boolean
  readonly theme: Theme
  readonly language: LanguageSetting
}

export function LibraryBar({ trashed, theme, language }: LibraryBarProps): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <header className="library-bar">
      {trashed ? (
        <Link className="icon-button" href="/docs" aria-label={texts.library.link} title={texts.library.link}>
          <ArrowLeft size={18} aria-hidden="true" />
        </Link>
      ) : (
        <BrandMark size={22} />
      )}
      <span className="spacer" />
      <a className="button button-accent" href="/">
        <FilePlus2 size={16} aria-hidden="true" />
        {texts.action.newDocument}
      </a>
      <Popover
        open={open}
        onToggle={setOpen}
        label={texts.menu.button}
        className="icon-button"
        heading={texts.menu.heading}
        button={<Ellipsis size={18} aria-hidden="true" />}
      >
        <PageMenu theme={theme} language={language} onDone={() => setOpen(false)} />
      </Popover>
    </header>
  )
}

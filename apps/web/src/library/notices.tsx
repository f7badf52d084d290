/** What the page has to say: what the device does not keep, what is under way, what failed, and the last thing done. */
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import { CloseButton } from '../ui/icon-button.tsx'
import type { Hindrance } from './library.ts'
import type { Errands } from './use-errands.ts'
import type { Newsroom } from './use-news.ts'

export interface NoticesProps {
  readonly hindrance: Hindrance | null
  readonly errands: Errands
}

export function Notices({ hindrance, errands }: NoticesProps): ReactNode {
  const { sending, fetching, problems, forgetProblems } = errands
  return (
    <>
      {hindrance !== null && (
        <p className="notice notice-warn" role="alert">
          <TriangleAlert size={18} aria-hidden="true" />
          {texts.library.hindrance[hindrance]}
        </p>
      )}
      <div className="progress" role="status">
        {sending > 0 && <p className="notice">{texts.library.sending(sending)}</p>}
        {fetching !== null && <p className="notice">{texts.library.downloading(fetching.done, fetching.all)}</p>}
      </div>
      {problems.length > 0 && (
        <div className="notice notice-warn" role="alert">
          <TriangleAlert size={18} aria-hidden="true" />
          <ul>
            {problems.map((problem, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: problems are only added, and two may read the same.
              <li key={i}>{problem}</li>
            ))}
          </ul>
          <CloseButton onClose={forgetProblems} />
        </div>
      )}
    </>
  )
}

/** Stays while it is pointed at or has the focus, so that nobody has to hurry. */
export function NewsBar({ newsroom }: { readonly newsroom: Newsroom }): ReactNode {
  const { news, hold } = newsroom
  return (
    <div className="news" role="status">
      {news !== null && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only gives more time to read.
        <div
          className="news-body"
          onPointerEnter={() => hold(true)}
          onPointerLeave={() => hold(false)}
          onFocus={() => hold(true)}
          onBlur={() => hold(false)}
        >
          <span dir="auto">{news.text}</span>
          {news.undo !== null && (
            <button type="button" className="button" onClick={news.undo}>
              {texts.library.undo}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

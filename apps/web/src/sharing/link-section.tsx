/** One link, and what can be done with it. */
import { Check, Copy, QrCode as QrSign, RefreshCw } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { texts } from '../texts.ts'
import type { Copied } from './use-copied.ts'

const QrCode = lazy(() => import('./qr-code.tsx'))

export interface LinkSectionProps {
  readonly kind: 'edit' | 'read'
  readonly link: string
  readonly copied: Copied
  /** Makes a new link, so that this one stops; null while that cannot be done. */
  readonly renew: (() => void) | null
}

export function LinkSection({ kind, link, copied, renew }: LinkSectionProps): ReactNode {
  const words = texts.share.links[kind]
  const [asking, setAsking] = useState(false)
  const [drawn, setDrawn] = useState(false)
  const meaning = useId()
  const isCopied = copied.text === link
  return (
    <section aria-label={words.name}>
      <h3>{words.name}</h3>
      <p className="quiet" id={meaning}>
        {words.meaning}
      </p>
      <div className="link-row">
        <input
          className="field"
          readOnly
          value={link}
          aria-label={words.name}
          aria-describedby={meaning}
          onFocus={(event) => event.target.select()}
        />
        <button
          type="button"
          className="icon-button"
          aria-label={words.copy}
          title={words.copy}
          onClick={() => copied.copy(link)}
        >
          {isCopied ? <Check size={17} aria-hidden="true" /> : <Copy size={17} aria-hidden="true" />}
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={words.qr}
          title={words.qr}
          aria-expanded={drawn}
          onClick={() => setDrawn(!drawn)}
        >
          <QrSign size={17} aria-hidden="true" />
        </button>
        {renew !== null && (
          <button
            type="button"
            className="icon-button"
            aria-label={words.renew}
            title={words.renew}
            aria-expanded={asking}
            onClick={() => setAsking(!asking)}
          >
            <RefreshCw size={17} aria-hidden="true" />
          </button>
        )}
      </div>
      {drawn && (
        <Suspense>
          <QrCode text={link} label={words.qr} />
        </Suspense>
      )}
      {asking && renew !== null && (
        <fieldset className="link-question" aria-label={words.renew}>
          <p>{words.stops}</p>
          <button
            type="button"
            className="button button-accent"
            onClick={() => {
              renew()
              setAsking(false)
            }}
          >
            {words.renew}
          </button>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {texts.share.keep}
          </button>
        </fieldset>
      )}
    </section>
  )
}

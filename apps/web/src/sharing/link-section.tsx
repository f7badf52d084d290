/** One link, and what can be done with it. */
import { Check, Copy, QrCode as QrSign, RefreshCw } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import { texts } from '../texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useLater } from '../ui/use-later.ts'
import type { Copied } from './use-copied.ts'

const fetchQrCode = async () => (await import('./qr-code.tsx')).QrCode

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
  const QrCode = useLater(drawn, fetchQrCode)
  const renewButton = useRef<HTMLButtonElement>(null)
  const answered = (): void => {
    setAsking(false)
    renewButton.current?.focus()
  }
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
        <IconButton name={words.copy} icon={isCopied ? Check : Copy} onPress={() => void copied.copy(link)} />
        <IconButton name={words.qr} icon={QrSign} expanded={drawn} onPress={() => setDrawn(!drawn)} />
        {renew !== null && (
          <IconButton
            ref={renewButton}
            name={words.renew}
            icon={RefreshCw}
            expanded={asking}
            onPress={() => setAsking(!asking)}
          />
        )}
      </div>
      {drawn && QrCode !== null && <QrCode text={link} label={words.qr} />}
      {asking && renew !== null && (
        <fieldset className="link-question" aria-label={words.renew}>
          <p>{words.stops}</p>
          <button
            type="button"
            className="button button-accent"
            onClick={() => {
              renew()
              answered()
            }}
          >
            {words.renew}
          </button>
          <button type="button" className="button" onClick={answered}>
            {texts.share.keep}
          </button>
        </fieldset>
      )}
    </section>
  )
}

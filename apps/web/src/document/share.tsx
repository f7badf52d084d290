/** Share: puts the link on the clipboard and says so; where that is blocked, shows the link to be copied by hand. */
import { Check, Link2 } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { texts } from '../texts.ts'
import { copyText } from '../ui/clipboard.ts'

type Shared = 'no' | 'copied' | 'blocked'

const SAY_COPIED_FOR = 2000

export function Share({ link }: { readonly link: string }): ReactNode {
  const [shared, setShared] = useState<Shared>('no')
  useEffect(() => {
    if (shared !== 'copied') return
    const timer = setTimeout(() => setShared('no'), SAY_COPIED_FOR)
    return () => clearTimeout(timer)
  }, [shared])

  const share = async (): Promise<void> => setShared((await copyText(link)) ? 'copied' : 'blocked')
  return (
    <div className="share">
      <button type="button" className="button button-accent" onClick={() => void share()}>
        {shared === 'copied' ? <Check size={16} aria-hidden="true" /> : <Link2 size={16} aria-hidden="true" />}
        {shared === 'copied' ? texts.share.copied : texts.share.button}
      </button>
      <span className="unseen" role="status">
        {shared === 'copied' && texts.share.copied}
      </span>
      {shared === 'blocked' && <LinkByHand link={link} onClose={() => setShared('no')} />}
    </div>
  )
}

function LinkByHand({ link, onClose }: { readonly link: string; readonly onClose: () => void }): ReactNode {
  return (
    <div className="panel panel-right" role="dialog" aria-label={texts.share.link}>
      <p className="quiet">{texts.share.blocked}</p>
      <input
        className="field"
        ref={selectAll}
        readOnly
        value={link}
        aria-label={texts.share.link}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
        onBlur={onClose}
      />
    </div>
  )
}

function selectAll(field: HTMLInputElement | null): void {
  field?.focus()
  field?.select()
}

/** Share: one press copies the link, says so, and opens what else there is to hand out. */

import type { Client } from '@manyhands/client'
import type { Address } from '@manyhands/protocol'
import { Check, Link2 } from 'lucide-react'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useActions } from '../actions/with-actions.tsx'
import { texts } from '../texts.ts'
import { Popover } from '../ui/popover.tsx'
import { useLater } from '../ui/use-later.ts'
import { linkTo } from './links.ts'
import { shareActions } from './share-actions.ts'
import { type Copied, useCopied } from './use-copied.ts'

const fetchSharePanel = async () => (await import('./share-panel.tsx')).SharePanel

export interface ShareProps {
  readonly client: Client
  readonly address: Address
}

/** In the bar. */
export function Share(props: ShareProps): ReactNode {
  const sharing = useSharing(props)
  const { open, toggle, link, copied } = sharing
  const done = copied.text === link
  return (
    <div className="share">
      <Popover
        open={open}
        onToggle={toggle}
        label={done ? texts.share.copied : texts.share.button}
        className="button button-accent"
        heading={texts.share.heading}
        button={<ShareLabel done={done} />}
      >
        <Panel {...props} {...sharing} />
      </Popover>
      <CopiedNews done={done} />
    </div>
  )
}

/** In a phone's sheet, where nothing opens above the sheet. */
export function ShareInSheet(props: ShareProps): ReactNode {
  const sharing = useSharing(props)
  const { open, toggle, link, copied } = sharing
  const done = copied.text === link
  return (
    <div className="share share-in-sheet">
      <button type="button" className="button button-accent" aria-expanded={open} onClick={() => toggle(!open)}>
        <ShareLabel done={done} />
      </button>
      {open && <Panel {...props} {...sharing} />}
      <CopiedNews done={done} />
    </div>
  )
}

interface Sharing {
  readonly open: boolean
  readonly toggle: (open: boolean) => void
  /** By which this page was opened, or would be now. */
  readonly link: string
  readonly copied: Copied
}

function useSharing({ client, address }: ShareProps): Sharing {
  const [open, setOpen] = useState(false)
  const copied = useCopied()
  const { copy } = copied
  const link = linkTo(location.origin, address, client.registers['edit-key'])
  const toggle = useCallback(
    (opens: boolean): void => {
      setOpen(opens)
      if (opens) void copy(link)
    },
    [copy, link],
  )
  useActions(
    useMemo(() => {
      // Where it cannot be copied, it is shown.
      const copyLink = (): void => void copy(link).then((done) => done || setOpen(true))
      return shareActions({ open: () => toggle(true), copyLink })
    }, [toggle, copy, link]),
  )
  return { open, toggle, link, copied }
}

function Panel({ client, address, link, copied }: ShareProps & Sharing): ReactNode {
  const [failed, setFailed] = useState(false)
  const SharePanel = useLater(true, fetchSharePanel, () => setFailed(true))
  if (SharePanel === null) return failed && <p role="status">{texts.library.noAnswer}</p>
  return <SharePanel client={client} address={address} link={link} copied={copied} />
}

/** As wide as the wider of the two, so that nothing beside it moves. */
function ShareLabel({ done }: { readonly done: boolean }): ReactNode {
  return (
    <span className="either">
      <span aria-hidden={done}>
        <Link2 size={16} aria-hidden="true" />
        {texts.share.button}
      </span>
      <span aria-hidden={!done}>
        <Check size={16} aria-hidden="true" />
        {texts.share.copied}
      </span>
    </span>
  )
}

function CopiedNews({ done }: { readonly done: boolean }): ReactNode {
  return (
    <span className="unseen" role="status">
      {done && texts.share.copied}
    </span>
  )
}

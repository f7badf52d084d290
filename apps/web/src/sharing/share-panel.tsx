/** The links to a document: to copy, to hold before a camera, and to replace by new ones. */
import type { Client } from '@manyhands/client'
import type { Address } from '@manyhands/protocol'
import { type ReactNode, useState } from 'react'
import { useEnvironment } from '../environment.ts'
import { texts } from '../texts.ts'
import { LinkSection } from './link-section.tsx'
import { readLink } from './links.ts'
import type { Copied } from './use-copied.ts'
import './sharing.css'

export interface SharePanelProps {
  readonly client: Client
  readonly address: Address
  /** By which this page was opened. */
  readonly link: string
  readonly copied: Copied
}

export function SharePanel({ client, address, link, copied }: SharePanelProps): ReactNode {
  const { newLinkKey, parseDocumentId } = useEnvironment()
  const [renewed, setRenewed] = useState(false)
  const byId = parseDocumentId(address) !== null
  const blocked = copied.blocked && <p className="quiet">{texts.share.blocked}</p>
  if (!byId) {
    return (
      <div className="links">
        {blocked}
        <LinkSection kind="read" link={link} copied={copied} renew={null} />
      </div>
    )
  }
  if (client.state.role === 'reader') return <p>{texts.details.readOnly}</p>

  const readKey = client.registers['read-key']
  const mayRenew = client.state.connection === 'live'
  const renew = (register: 'edit-key' | 'read-key') => (): void => {
    // The first link to read replaces none.
    setRenewed(register === 'edit-key' || readKey !== '')
    client.setRegister(register, newLinkKey())
  }
  return (
    <div className="links">
      {blocked}
      <LinkSection kind="edit" link={link} copied={copied} renew={mayRenew ? renew('edit-key') : null} />
      {readKey === '' ? (
        <section>
          <h3>{texts.share.links.read.name}</h3>
          <button type="button" className="button" disabled={!mayRenew} onClick={renew('read-key')}>
            {texts.share.makeRead}
          </button>
        </section>
      ) : (
        <LinkSection
          kind="read"
          link={readLink(location.origin, readKey)}
          copied={copied}
          renew={mayRenew ? renew('read-key') : null}
        />
      )}
      {!mayRenew && <p className="quiet">{texts.share.away}</p>}
      <p className="quiet" role="status">
        {renewed && client.state.unsavedCharacters === 0 && texts.share.renewed}
      </p>
    </div>
  )
}

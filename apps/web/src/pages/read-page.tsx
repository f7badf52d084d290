/** A document by a link to read. */
import type { LinkKey } from '@manyhands/protocol'
import type { ReactNode } from 'react'
import { OpenDocument } from '../document/open-document.tsx'
import { useDocument } from '../document/use-document.ts'
import type { LanguageSetting } from '../language/use-language.ts'
import { useVisits } from '../library/use-visits.ts'
import type { Me } from '../people/me.ts'
import type { Theme } from '../theme/theme.ts'
import { CrashBoundary } from './crash-page.tsx'
import { NothingHere } from './later.ts'

export interface ReadPageProps {
  readonly link: LinkKey
  readonly me: Me
  readonly theme: Theme
  readonly language: LanguageSetting
}

export function ReadPage({ link, me, theme, language }: ReadPageProps): ReactNode {
  const client = useDocument(link, me.person, false)
  useVisits(link, client, false)
  if (client === null) return null
  const { connection, reason, ready } = client.state
  if (connection === 'refused' && reason === 'not-found' && !ready) return <NothingHere what="link" onCreate={null} />
  return (
    <CrashBoundary client={client}>
      <OpenDocument client={client} address={link} made={false} me={me} theme={theme} language={language} />
    </CrashBoundary>
  )
}

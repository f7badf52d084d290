/** One document: opened, or made, or found missing. */
import type { DocumentId } from '@manyhands/protocol'
import { type ReactNode, useEffect, useState } from 'react'
import { OpenDocument } from '../document/open-document.tsx'
import { useDocument } from '../document/use-document.ts'
import { useUnloadWarning } from '../document/use-unload-warning.ts'
import { useEnvironment } from '../environment.ts'
import type { LanguageSetting } from '../language/use-language.ts'
import { useVisits } from '../library/use-visits.ts'
import type { Me } from '../people/me.ts'
import { useEditLink, useGivenKey } from '../sharing/use-edit-link.ts'
import type { Theme } from '../theme/theme.ts'
import { CrashBoundary } from './crash-page.tsx'
import { NothingHere } from './later.ts'
import { madeHere } from './made-here.ts'

export interface DocumentPageProps {
  readonly id: DocumentId
  /** The address was made up a moment ago, by this page. */
  readonly made: boolean
  readonly me: Me
  readonly theme: Theme
  readonly language: LanguageSetting
}

export function DocumentPage({ id, made, me, theme, language }: DocumentPageProps): ReactNode {
  const { tab } = useEnvironment()
  const [create, setCreate] = useState(made)
  useGivenKey(id)
  const client = useDocument(id, me.person, create)
  useUnloadWarning(client)
  useEditLink(id, client)
  useVisits(id, client, create)

  const missing = client?.state.connection === 'refused' && client.state.reason === 'not-found'
  // Reloading a document nobody has written in yet must not end in "no document here".
  const mine = madeHere(tab, id) !== null
  useEffect(() => {
    if (missing && mine) setCreate(true)
  }, [missing, mine])

  if (client === null || (missing && mine && !create)) return null
  if (missing && !create) return <NothingHere what="document" onCreate={() => setCreate(true)} />
  return (
    <CrashBoundary client={client}>
      <OpenDocument client={client} address={id} made={create} me={me} theme={theme} language={language} />
    </CrashBoundary>
  )
}

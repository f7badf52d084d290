/** The page: which address shows what. */
import type { DocumentId } from '@manyhands/protocol'
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { appActions } from './actions/app-actions.ts'
import { useActions } from './actions/with-actions.tsx'
import { useEnvironment } from './environment.ts'
import type { Language } from './language/language.ts'
import { useLanguage } from './language/use-language.ts'
import { DocumentPage } from './pages/document-page.tsx'
import { LibraryPage, NothingHere } from './pages/later.ts'
import { ReadPage } from './pages/read-page.tsx'
import { useMe } from './people/me.ts'
import { useTheme } from './theme/theme.ts'

export function App({ spoken }: { readonly spoken: Language }): ReactNode {
  const environment = useEnvironment()
  const me = useMe(environment)
  const theme = useTheme(environment.device)
  const language = useLanguage(environment.device, spoken)
  useActions(useMemo(() => appActions(theme, language), [theme, language]))
  const [made, setMade] = useState<DocumentId | null>(null)

  const showDocument = ({ id }: { readonly id: string }): ReactNode => {
    const document = environment.parseDocumentId(id)
    if (document === null) return <NothingHere what="document" onCreate={null} />
    return (
      <DocumentPage key={document} id={document} made={document === made} me={me} theme={theme} language={language} />
    )
  }
  const showToRead = ({ key }: { readonly key: string }): ReactNode => {
    const link = environment.parseLinkKey(key)
    if (link === null) return <NothingHere what="link" onCreate={null} />
    return <ReadPage key={link} link={link} me={me} theme={theme} language={language} />
  }
  return (
    <Suspense>
      <Switch>
        <Route path="/">
          <NewDocument onMade={setMade} />
        </Route>
        <Route path="/d/:id">{showDocument}</Route>
        <Route path="/r/:key">{showToRead}</Route>
        <Route path="/docs">
          <LibraryPage me={me.person} theme={theme} language={language} />
        </Route>
        <Route>
          <NothingHere what="page" onCreate={null} />
        </Route>
      </Switch>
    </Suspense>
  )
}

/** Makes up an address and goes there at once. The server hears of the document when somebody writes in it. */
function NewDocument({ onMade }: { readonly onMade: (document: DocumentId) => void }): ReactNode {
  const { newDocumentId } = useEnvironment()
  const [, navigate] = useLocation()
  const [document] = useState(newDocumentId)
  useEffect(() => {
    onMade(document)
    navigate(`/d/${document}`, { replace: true })
  }, [document, navigate, onMade])
  return null
}

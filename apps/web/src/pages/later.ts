/** Pages that are fetched when somebody comes to them: whoever opens a document does not wait for them. */
import { lazy } from 'react'

export const LibraryPage = lazy(() => import('../library/library-page.tsx'))
export const NothingHere = lazy(() => import('./nothing-here.tsx'))

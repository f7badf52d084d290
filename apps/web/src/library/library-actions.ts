/** What can be done with the documents of this device as a whole. */
import { FileUp, FolderDown, Search, Trash2 } from 'lucide-react'
import type { Action } from '../actions/action.ts'
import { texts } from '../texts.ts'

export interface LibraryDoings {
  readonly search: () => void
  readonly pickFiles: () => void
  /** Null where there is nothing to download. */
  readonly downloadAll: (() => void) | null
  readonly showTrash: () => void
  readonly inTrash: number
}

/** `now` gives what is to be done as things stand when it is asked. */
export function libraryActions(now: () => LibraryDoings): readonly Action[] {
  return [
    {
      id: 'search-documents',
      group: 'document',
      text: () => texts.library.search,
      keys: ['/'],
      icon: Search,
      run: () => now().search(),
    },
    {
      id: 'import',
      group: 'document',
      text: () => texts.library.import,
      icon: FileUp,
      run: () => now().pickFiles(),
    },
    {
      id: 'download-all',
      group: 'document',
      text: () => texts.library.downloadAll,
      icon: FolderDown,
      run: () => now().downloadAll?.(),
      available: () => now().downloadAll !== null,
    },
    {
      id: 'trash',
      group: 'document',
      text: () => texts.library.trashed(now().inTrash),
      icon: Trash2,
      run: () => now().showTrash(),
    },
  ]
}

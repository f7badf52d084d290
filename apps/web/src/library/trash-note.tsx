/** What the trash is, and how to be rid of what is in it. */
import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'

/** `onEmpty` is null where there is nothing in it. */
export function TrashNote({ onEmpty }: { readonly onEmpty: (() => void) | null }): ReactNode {
  return (
    <div className="trash-note">
      <p className="quiet">{texts.library.trashMeaning}</p>
      {onEmpty !== null && (
        <button type="button" className="button" onClick={onEmpty}>
          <Trash2 size={16} aria-hidden="true" />
          {texts.library.emptyTrash}
        </button>
      )}
    </div>
  )
}

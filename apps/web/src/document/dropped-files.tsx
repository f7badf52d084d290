/** Files dropped on the page of a document: what is text is put into it, and of everything else it is said why not. */
import type { EditorView } from '@codemirror/view'
import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { CloseButton } from '../ui/icon-button.tsx'
import { useFileDrop } from '../ui/use-file-drop.ts'
import { putIn } from './put-in.ts'

export interface DroppedFilesProps {
  readonly view: EditorView
  /** Why nothing can be put in just now; null where it can. */
  readonly hindrance: string | null
  /** What is put in is to be seen. */
  readonly onDrop: () => void
}

export function DroppedFiles({ view, hindrance, onDrop }: DroppedFilesProps): ReactNode {
  const [problems, setProblems] = useState<readonly string[]>([])
  useFileDrop((files, { target, clientX, clientY }) => {
    if (hindrance !== null) return setProblems([hindrance])
    onDrop()
    if (target instanceof Node && view.contentDOM.contains(target)) {
      view.dispatch({ selection: { anchor: view.posAtCoords({ x: clientX, y: clientY }, false) } })
    }
    void putIn(view, files).then(setProblems)
  })
  if (problems.length === 0) return null
  return (
    <div className="device-notice" role="alert" data-notice="dropped">
      <TriangleAlert size={18} aria-hidden="true" />
      <p>{problems.join(' ')}</p>
      <CloseButton onClose={() => setProblems([])} />
    </div>
  )
}

/** An extension that is in the editor for as long as it is shown here. */
import type { Extension } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { useEffect } from 'react'
import { attach } from './attached.ts'

/** Give it the same extension until another one is meant. */
export function useAttached(view: EditorView | null, extension: Extension | null): void {
  useEffect(() => (view === null || extension === null ? undefined : attach(view, extension)), [view, extension])
}

/** Tells the others what stands first in my window, so that who follows me sees it too. */
import type { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import { useEffect } from 'react'
import { onceAFrame } from '../ui/once-a-frame.ts'
import { sightOf } from './sight.ts'

export function useTopTold(view: EditorView | null, client: Client): void {
  const ready = client.state.ready
  useEffect(() => {
    if (view === null || !ready) return
    const frame = onceAFrame(() => client.setTop(sightOf(view).from))
    frame.ask()
    view.scrollDOM.addEventListener('scroll', frame.ask, { passive: true })
    return () => {
      view.scrollDOM.removeEventListener('scroll', frame.ask)
      frame.cancel()
    }
  }, [view, client, ready])
}

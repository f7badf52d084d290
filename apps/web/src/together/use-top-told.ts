/** Tells the others what stands first in my window, so that who follows me sees it too. */
import type { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import { useEffect } from 'react'
import { sightOf } from './sight.ts'

export function useTopTold(view: EditorView | null, client: Client): void {
  const ready = client.state.ready
  useEffect(() => {
    if (view === null || !ready) return
    let frame: number | null = null
    const tell = (): void => {
      frame ??= requestAnimationFrame(() => {
        frame = null
        client.setTop(sightOf(view).from)
      })
    }
    tell()
    view.scrollDOM.addEventListener('scroll', tell, { passive: true })
    return () => {
      view.scrollDOM.removeEventListener('scroll', tell)
      if (frame !== null) cancelAnimationFrame(frame)
    }
  }, [view, client, ready])
}

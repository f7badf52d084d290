/** The last thing done, said for a while, and how to undo it. */
import { useCallback, useEffect, useState } from 'react'
import { useEnvironment } from '../environment.ts'

export interface News {
  readonly text: string
  readonly undo: (() => void) | null
}

export interface Newsroom {
  readonly news: News | null
  readonly tell: (text: string, undo?: () => void) => void
  /** Somebody reads it, or is about to press its button: it does not go away. */
  readonly hold: (held: boolean) => void
}

const SAID_FOR = 10_000

export function useNews(): Newsroom {
  const { clock } = useEnvironment()
  const [news, setNews] = useState<News | null>(null)
  const [held, hold] = useState(false)
  useEffect(() => (news === null || held ? undefined : clock.after(SAID_FOR, () => setNews(null))), [clock, news, held])

  const tell = useCallback((text: string, undo?: () => void): void => {
    const undone = (): void => {
      undo?.()
      setNews(null)
      hold(false)
    }
    setNews({ text, undo: undo === undefined ? null : undone })
  }, [])
  useUndoKey(news)
  return { news, tell, hold }
}

/** Fields have an undo of their own. */
function useUndoKey(news: News | null): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
      if (!asked || isField(event.target) || !news?.undo) return
      event.preventDefault()
      news.undo()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [news])
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, select, textarea')
}

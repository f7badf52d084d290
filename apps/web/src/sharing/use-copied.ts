/** What was put on the clipboard a moment ago, or could not be. */
import { useCallback, useEffect, useState } from 'react'
import { copyText } from '../ui/clipboard.ts'

export interface Copied {
  /** The text that was copied, for as long as that is said. */
  readonly text: string | null
  /** The browser does not allow it here. */
  readonly blocked: boolean
  /** Answers whether it is on the clipboard. */
  readonly copy: (text: string) => Promise<boolean>
}

const SAID_FOR = 2000

export function useCopied(): Copied {
  const [text, setText] = useState<string | null>(null)
  const [blocked, setBlocked] = useState(false)
  useEffect(() => {
    if (text === null) return
    const timer = setTimeout(() => setText(null), SAID_FOR)
    return () => clearTimeout(timer)
  }, [text])

  const copy = useCallback(async (wanted: string): Promise<boolean> => {
    const done = await copyText(wanted)
    setBlocked(!done)
    setText(done ? wanted : null)
    return done
  }, [])
  return { text, blocked, copy }
}

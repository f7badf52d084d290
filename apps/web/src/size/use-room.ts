/** The room of the text in a view, and whether something has just been refused for want of it. */
import type { EditorView } from '@codemirror/view'
import { useEffect, useState } from 'react'
import { attach } from '../writing/attached.ts'
import { onTextChange } from '../writing/on-text-change.ts'
import { type Room, roomAt, wall } from './size.ts'

export interface RoomLeft {
  readonly room: Room
  /** In characters. */
  readonly length: number
}

/** Null while there is enough. */
export function useRoom(view: EditorView | null): RoomLeft | null {
  const [left, setLeft] = useState<RoomLeft | null>(null)
  useEffect(() => {
    if (view === null) return
    const look = (): void => {
      const { length } = view.state.doc
      const room = roomAt(length)
      setLeft(room === 'ample' ? null : { room, length })
    }
    look()
    const refused = (): void => setLeft({ room: 'none', length: view.state.doc.length })
    return attach(view, [wall(refused), onTextChange(look)])
  }, [view])
  return left
}

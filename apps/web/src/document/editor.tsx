/** The text. CodeMirror holds it and the client shares it; React only gives it a place on the page. */
import { EditorView } from '@codemirror/view'
import type { Client } from '@manyhands/client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import {
  type EditorListener,
  type EditorWords,
  editorState,
  setDark,
  setReadOnly,
  setWords,
} from './editor-extensions.ts'

export interface EditorProps {
  readonly client: Client
  readonly dark: boolean
  /** What the editor itself says; another object when the language changes. */
  readonly words: EditorWords
  readonly readOnly: boolean
  readonly listener: EditorListener
  /** Handed the view when it stands, and null when it is taken down. */
  readonly onView: (view: EditorView | null) => void
}

export function Editor({ client, dark, words, readOnly, listener, onView }: EditorProps): ReactNode {
  const parent = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const said = useRef(words)

  useEffect(() => {
    if (parent.current === null) return
    const made = new EditorView({ parent: parent.current, state: editorState(client, listener, said.current) })
    setView(made)
    listener.textChanged(made.state)
    onView(made)
    return () => {
      onView(null)
      made.destroy()
    }
  }, [client, listener, onView])
  useEffect(() => view?.dispatch({ effects: setDark(dark) }), [view, dark])
  useEffect(() => {
    if (view === null || words === said.current) return
    said.current = words
    setWords(view, words)
  }, [view, words])
  useEffect(() => view?.dispatch({ effects: setReadOnly(readOnly) }), [view, readOnly])

  return <div className="editor" ref={parent} />
}

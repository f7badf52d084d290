/** An extension put into a view that stands already, and taken out again. */
import { Compartment, type Extension, StateEffect } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'

/** Returns how to take it out. Its own order of precedence is last, unless the extension says otherwise. */
export function attach(view: EditorView, extension: Extension): () => void {
  const place = new Compartment()
  view.dispatch({ effects: StateEffect.appendConfig.of(place.of(extension)) })
  return () => view.dispatch({ effects: place.reconfigure([]) })
}

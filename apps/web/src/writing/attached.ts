/** An extension put into a view that stands already, and taken out again. */
import { Compartment, type EditorState, type Extension, StateEffect, type TransactionSpec } from '@codemirror/state'

/** A view, as far as it matters here. */
export interface Attachable {
  readonly state: EditorState
  readonly dispatch: (spec: TransactionSpec) => void
}

/** One for all that is ever attached: a view never lets go of a compartment. */
const place = new Compartment()
const attached = new WeakMap<Attachable, readonly Extension[]>()

/** Returns how to take it out. Its own order of precedence is last, unless the extension says otherwise. */
export function attach(view: Attachable, extension: Extension): () => void {
  const own = [extension]
  put(view, [...(attached.get(view) ?? []), own])
  return () =>
    put(
      view,
      (attached.get(view) ?? []).filter((one) => one !== own),
    )
}

function put(view: Attachable, extensions: readonly Extension[]): void {
  const isFirst = !attached.has(view)
  attached.set(view, extensions)
  view.dispatch({
    effects: isFirst ? StateEffect.appendConfig.of(place.of(extensions)) : place.reconfigure(extensions),
  })
}

/** What of the shared text is in the window, and how to bring other parts of it there. */
import { EditorView } from '@codemirror/view'
import { editorIndex, sharedIndex } from '@manyhands/codemirror'

interface Sight {
  readonly from: number
  readonly to: number
}

/** A line that shows only its edge is not in sight. */
const EDGE = 8

export function sightOf(view: EditorView): Sight {
  const { top, bottom, left, right } = view.scrollDOM.getBoundingClientRect()
  const last = view.posAtCoords({ x: right, y: bottom - EDGE }, false)
  return {
    from: sharedIndex(view, view.posAtCoords({ x: left, y: top + EDGE }, false)),
    // While I compose, what others write at the end stands in the shared text and not here yet: it will be in sight.
    to: last === view.state.doc.length ? Number.POSITIVE_INFINITY : sharedIndex(view, last),
  }
}

/** Puts a place of the shared text at the top of the window. The beginning brings its margin with it. */
export function showAtTop(view: EditorView, index: number): void {
  const at = editorIndex(view, index)
  if (at === 0) view.scrollDOM.scrollTop = 0
  else view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'start', yMargin: 0 }) })
}

export function showInMiddle(view: EditorView, index: number): void {
  view.dispatch({ effects: EditorView.scrollIntoView(editorIndex(view, index), { y: 'center' }) })
}

/** Moves no further than it must. */
export function show(view: EditorView, index: number): void {
  view.dispatch({ effects: EditorView.scrollIntoView(editorIndex(view, index), { y: 'nearest', yMargin: 48 }) })
}

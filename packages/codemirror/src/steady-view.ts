import type { ChangeSet, TransactionSpec } from '@codemirror/state'
import type { EditorView, ViewUpdate } from '@codemirror/view'
import { remoteTransaction } from './to-editor.ts'

/**
 * Shows remote edits so that what is being read stays where it is on the screen. Changed by the plugin that owns it.
 *
 * A view keeps its first visible line in place when it measures, once per frame. It takes that line for an anchor at every update,
 * though: a wrong one while heights or a scrolling are not measured yet, and none while it is still to scroll to something. So it
 * measures, and scrolls, before anything else is shown. And at the end of the text, where a view would follow the text as it
 * grows, it is held.
 */
export class SteadyView {
  private readonly view: EditorView
  /** A view takes no notice of another size soon after an update. */
  private readonly sizes: ResizeObserver
  private unmeasured = false

  constructor(view: EditorView) {
    this.view = view
    this.sizes = new ResizeObserver(() => view.requestMeasure())
    this.sizes.observe(view.scrollDOM)
  }

  stop(): void {
    this.sizes.disconnect()
  }

  show(changes: ChangeSet): void {
    this.view.requestMeasure()
    measureNow(this.view)
    const spec = remoteTransaction(changes)
    const place = atEnd(this.view) ? held(this.view, spec) : null
    this.view.dispatch(spec)
    // Not with the changes: a view looks for a place to scroll to in the text before them.
    if (place !== null) this.view.dispatch({ effects: place })
    // Whoever comes next, a key or somebody's cursor, is an update as well.
    queueMicrotask(() => this.settle())
  }

  /** Measures what has been shown, before there is another update. */
  settle(): void {
    if (this.unmeasured) measureNow(this.view)
  }

  updated({ heightChanged, docChanged }: ViewUpdate): void {
    if (!heightChanged || !docChanged) return
    this.unmeasured = true
    const read = (): void => {
      this.unmeasured = false
    }
    this.view.requestMeasure({ key: this, read })
  }
}

/** Any question about the layout makes the view do a measurement that is due. */
function measureNow(view: EditorView): void {
  view.elementAtHeight(0)
}

/** By the measure that the view itself has for it. */
function atEnd({ scrollDOM: { scrollTop, scrollHeight, clientHeight } }: EditorView): boolean {
  return scrollTop > Math.max(1, scrollHeight - clientHeight - 4)
}

function held(view: EditorView, { changes = [] }: TransactionSpec): NonNullable<TransactionSpec['effects']> {
  return view.scrollSnapshot().map(view.state.changes(changes)) ?? []
}

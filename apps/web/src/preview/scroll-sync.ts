/** Keeps the editor and the preview at the same place of the text, whichever of them is scrolled. */
import type { EditorView } from '@codemirror/view'
import { heightOf, lineAt, type Mark, towardsEnd } from './scroll-map.ts'

export interface PreviewSide {
  readonly window: Window
  /** Where the lines stand. */
  readonly marks: () => readonly Mark[]
}

/** Changes as the two are scrolled. `stop` lets them go their own ways. */
export class ScrollSync {
  private readonly view: EditorView
  private readonly preview: PreviewSide
  readonly stop: () => void
  /** Where we have scrolled each side ourselves: hearing of that is no news. */
  private putEditor = -1
  private putPreview = -1

  constructor(view: EditorView, preview: PreviewSide) {
    this.view = view
    this.preview = preview
    const { window } = preview
    const fromEditor = (): void => this.editorScrolled()
    const fromPreview = (): void => this.previewScrolled()
    view.scrollDOM.addEventListener('scroll', fromEditor, { passive: true })
    window.addEventListener('scroll', fromPreview, { passive: true })
    this.stop = () => {
      view.scrollDOM.removeEventListener('scroll', fromEditor)
      window.removeEventListener('scroll', fromPreview)
    }
  }

  /** Puts the preview where the editor is. */
  follow(): void {
    const { scrollDOM } = this.view
    const at = heightOf(this.preview.marks(), topLine(this.view)) + Math.min(0, textTop(this.view))
    const top = towardsEnd(at, this.previewEnd, scrollDOM.scrollTop, endOf(scrollDOM), scrollDOM.clientHeight)
    this.putPreview = Math.max(0, Math.round(top))
    this.preview.window.scrollTo({ top: this.putPreview, behavior: 'instant' })
  }

  private editorScrolled(): void {
    if (isAt(this.view.scrollDOM.scrollTop, this.putEditor)) return
    this.putEditor = -1
    this.follow()
  }

  private previewScrolled(): void {
    const { window, marks } = this.preview
    if (isAt(window.scrollY, this.putPreview)) return
    this.putPreview = -1
    const { scrollDOM } = this.view
    const above = Math.min(0, window.scrollY - (marks()[0]?.y ?? 0))
    const at = heightOfLine(this.view, lineAt(marks(), window.scrollY)) + above
    const top = towardsEnd(at, endOf(scrollDOM), window.scrollY, this.previewEnd, window.innerHeight)
    this.putEditor = Math.max(0, Math.round(top))
    scrollDOM.scrollTop = this.putEditor
  }

  private get previewEnd(): number {
    return endOf(this.preview.window.document.documentElement)
  }
}

/** How far the text is scrolled; less than nothing while the empty space above it is in sight, which is as high on both sides. */
function textTop({ scrollDOM, documentPadding }: EditorView): number {
  return scrollDOM.scrollTop - documentPadding.top
}

/** The line at the top of the editor, from 0, with how much of it is gone. */
export function topLine(view: EditorView): number {
  const height = textTop(view)
  const block = view.lineBlockAtHeight(height)
  const gone = block.height > 0 ? Math.min(1, Math.max(0, (height - block.top) / block.height)) : 0
  return view.state.doc.lineAt(block.from).number - 1 + gone
}

function heightOfLine(view: EditorView, line: number): number {
  const { doc } = view.state
  const block = view.lineBlockAt(doc.line(Math.min(doc.lines, Math.floor(line) + 1)).from)
  return view.documentPadding.top + block.top + block.height * (line - Math.floor(line))
}

function endOf({ scrollHeight, clientHeight }: Element): number {
  return Math.max(0, scrollHeight - clientHeight)
}

function isAt(scrolled: number, put: number): boolean {
  return Math.abs(scrolled - put) <= 1
}

/** Keeps the editor and the preview at the same place of the text, whichever of them is scrolled. */
import { EditorView } from '@codemirror/view'
import { attach } from '../writing/attached.ts'
import { tellScrolled } from './own-scroll.ts'
import { firstSeen, heightOf, lineAt, type Mark, towardsEnd } from './scroll-map.ts'

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
  /** Whichever was scrolled last: it stays where it is while the text changes, and the other one follows. */
  private leader: 'editor' | 'preview' = 'editor'
  /** Where each side is as far as we know: hearing of that is no news. */
  private editorTop: Top
  private previewTop: number

  constructor(view: EditorView, preview: PreviewSide) {
    this.view = view
    this.preview = preview
    const { window } = preview
    this.editorTop = topOf(view)
    this.previewTop = window.scrollY
    const fromEditor = (): void => this.editorScrolled()
    const fromPreview = (): void => this.previewScrolled()
    const detach = attach(
      view,
      EditorView.updateListener.of(({ changes }) => {
        this.editorTop = { ...this.editorTop, from: changes.mapPos(this.editorTop.from, -1) }
      }),
    )
    view.scrollDOM.addEventListener('scroll', fromEditor, { passive: true })
    window.addEventListener('scroll', fromPreview, { passive: true })
    this.stop = () => {
      detach()
      view.scrollDOM.removeEventListener('scroll', fromEditor)
      window.removeEventListener('scroll', fromPreview)
    }
  }

  /** Something in the preview stands elsewhere, or is new; `before` is where its lines stood, `moved` where they are in the text now. */
  changed(before: readonly Mark[], moved: (line: number) => number): void {
    // What is read for itself is put where the editor was, and then is its own.
    if (this.leader === 'editor' && (before.length === 0 || isSeen(this.view))) return this.follow()
    const { window, marks } = this.preview
    const seen = this.previewTop > 0 ? firstSeen(before, this.previewTop, window.innerHeight) : undefined
    if (seen !== undefined) this.scrollPreview(this.previewTop + heightOf(marks(), moved(seen.line)) - seen.y)
  }

  /** Puts the preview where the editor is. */
  private follow(): void {
    const { scrollDOM } = this.view
    const at = heightOf(this.preview.marks(), topLine(this.view)) + Math.min(0, textTop(this.view))
    this.scrollPreview(towardsEnd(at, this.previewEnd, scrollDOM.scrollTop, endOf(scrollDOM), scrollDOM.clientHeight))
  }

  private scrollPreview(top: number): void {
    const { window } = this.preview
    // Even to where it is already, it would end a scrolling that is under way.
    if (!isAt(window.scrollY, top)) window.scrollTo({ top: Math.max(0, Math.round(top)), behavior: 'instant' })
    this.previewTop = window.scrollY
  }

  /**
   * A view scrolls as well to keep its first line in place while lines above come, go or are measured; and where we put
   * it, another line may turn out to stand there. Neither is news.
   */
  private editorScrolled(): void {
    const { scrollTop } = this.view.scrollDOM
    const isNews = !isAt(scrollTop, this.editorTop.scrolled) && !isAt(scrollTop, scrollTopOf(this.view, this.editorTop))
    this.editorTop = topOf(this.view)
    if (!isNews) return
    this.leader = 'editor'
    this.follow()
  }

  previewScrolled(): void {
    const { window, marks } = this.preview
    if (isAt(window.scrollY, this.previewTop)) return
    this.leader = 'preview'
    tellScrolled(this.view)
    this.previewTop = window.scrollY
    const { scrollDOM } = this.view
    const above = Math.min(0, window.scrollY - (marks()[0]?.y ?? 0))
    const at = heightOfLine(this.view, lineAt(marks(), window.scrollY)) + above
    const top = towardsEnd(at, endOf(scrollDOM), window.scrollY, this.previewEnd, window.innerHeight)
    scrollDOM.scrollTop = Math.max(0, Math.round(top))
    this.editorTop = topOf(this.view)
  }

  private get previewEnd(): number {
    return endOf(this.preview.window.document.documentElement)
  }
}

/** A place of the text, how much is above it that is not in sight, and how far that was scrolled. */
interface Top {
  readonly from: number
  readonly above: number
  readonly scrolled: number
}

/** The editor keeps in place what stands so far below its upper edge. */
const EDGE = 12

function topOf(view: EditorView): Top {
  const height = textTop(view)
  const { from, top } = view.lineBlockAtHeight(height + EDGE)
  return { from, above: height - top, scrolled: view.scrollDOM.scrollTop }
}

function scrollTopOf(view: EditorView, { from, above }: Top): number {
  return Math.min(view.documentPadding.top + view.lineBlockAt(from).top + above, endOf(view.scrollDOM))
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

/** While the preview stands in its place, the editor does not. */
function isSeen({ dom }: EditorView): boolean {
  return getComputedStyle(dom).visibility !== 'hidden'
}

function endOf({ scrollHeight, clientHeight }: Element): number {
  return Math.max(0, scrollHeight - clientHeight)
}

function isAt(scrolled: number, put: number): boolean {
  return Math.abs(scrolled - put) <= 1
}

/**
 * The text as it is meant to be read. It stands in a frame of its own in which no script can run, whatever the text says:
 * the page reaches in, nothing reaches out.
 */
import type { EditorView } from '@codemirror/view'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useActions } from '../actions/with-actions.tsx'
import { printAction } from '../document/document-actions.ts'
import { texts } from '../texts.ts'
import type { ThemeChoice } from '../theme/theme.ts'
import { attach } from '../writing/attached.ts'
import { onTextChange } from '../writing/on-text-change.ts'
import { framePage } from './frame-page.ts'
import { followLinks } from './links-in-frame.ts'
import { movedLine } from './moved-line.ts'
import { passOnPresses } from './presses-in-frame.ts'
import { LONGEST_PREVIEW, type Rendered, Renderer } from './renderer.ts'
import type { Mark } from './scroll-map.ts'
import { ScrollSync } from './scroll-sync.ts'
import { ShownBlocks } from './shown-blocks.ts'
import { toggleTask } from './toggle-task.ts'

export interface PreviewProps {
  readonly view: EditorView
  readonly theme: ThemeChoice
  /** In place of the editor. */
  readonly alone: boolean
}

type Trouble = 'too-much' | 'too-long' | null

export function Preview({ view, theme, alone }: PreviewProps): ReactNode {
  const frame = useRef<HTMLIFrameElement>(null)
  const [page, setPage] = useState<Document | null>(null)
  const [trouble, setTrouble] = useState<Trouble>(null)

  useEffect(() => {
    if (page === null) return
    if (theme === 'system') delete page.documentElement.dataset.theme
    else page.documentElement.dataset.theme = theme
  }, [page, theme])
  useEffect(() => (page === null ? undefined : preview(view, page, setTrouble)), [view, page])
  useEffect(() => (page && frame.current ? passOnPresses(frame.current, page) : undefined), [page])
  useEffect(() => {
    if (alone) view.contentDOM.blur()
    // Arrows and Page Down scroll what is read, unless something else has the focus.
    if (document.activeElement === document.body) page?.defaultView?.focus()
  }, [view, page, alone])

  useActions(useMemo(() => (page === null ? [] : [printAction(() => print(page))]), [page]))

  return (
    <section className="preview" aria-label={texts.writing.preview}>
      {trouble !== null && (
        <p className="preview-trouble" role="status">
          {texts.writing.trouble[trouble]}
        </p>
      )}
      <iframe
        ref={frame}
        title={texts.writing.preview}
        sandbox="allow-same-origin allow-modals allow-popups allow-popups-to-escape-sandbox"
        srcDoc={framePage}
        onLoad={() => setPage(frame.current?.contentDocument ?? null)}
      />
    </section>
  )
}

/** What is printed is the page in the frame, all of it and nothing else. */
function print(page: Document): void {
  page.title = document.title
  page.defaultView?.print()
}

/** Everything that goes on while a preview is shown. Returns how to end it. */
function preview(view: EditorView, page: Document, tell: (trouble: Trouble) => void): () => void {
  const window = page.defaultView
  if (window === null) return () => undefined
  const blocks = new ShownBlocks(page.body)
  let marks: readonly Mark[] = []
  let lines: readonly string[] = []
  const sync = new ScrollSync(view, { window, marks: () => marks })
  const remeasure = (moved: (line: number) => number): void => {
    const before = marks
    marks = blocks.marks(window.scrollY)
    sync.changed(before, moved)
  }
  const show = (rendered: Rendered, text: string): void => {
    tell(rendered === 'too-much' ? rendered : view.state.doc.length > LONGEST_PREVIEW ? 'too-long' : null)
    if (rendered === 'too-much') return
    // A scrolling that has not been told yet.
    sync.previewScrolled()
    blocks.show(rendered)
    const before = lines
    lines = text.split('\n')
    remeasure((line) => movedLine(line, before, lines))
  }
  const renderer = new Renderer(show)
  const render = (): void => renderer.render(beginningOf(view))
  const sizes = new ResizeObserver(() => remeasure((line) => line))
  sizes.observe(page.body)
  const press = (event: MouseEvent): void => {
    if (!followLinks(page, event)) toggleTask(view, blocks, lines, event)
  }
  page.addEventListener('click', press)
  const detach = attach(view, onTextChange(render))
  render()
  return () => {
    detach()
    page.removeEventListener('click', press)
    sizes.disconnect()
    renderer.stop()
    sync.stop()
  }
}

/** Whole lines, if there are any. */
function beginningOf({ state: { doc } }: EditorView): string {
  if (doc.length <= LONGEST_PREVIEW) return doc.toString()
  const { from } = doc.lineAt(LONGEST_PREVIEW)
  return doc.sliceString(0, from > 0 ? from : LONGEST_PREVIEW)
}

/** The headings of the text beside it. It follows what is looked at, and a press goes there. Where it lies over the text, it closes then. */
import { EditorView } from '@codemirror/view'
import { type ReactNode, useEffect, useRef } from 'react'
import { texts } from '../texts.ts'
import { SidePanel } from '../ui/side-panel.tsx'
import type { Heading } from './outline.ts'
import { useOutline } from './use-outline.ts'

export interface OutlinePanelProps {
  readonly view: EditorView
  readonly onClose: () => void
}

const SPACE_ABOVE = 16
/** As in writing.css: from here on there is room for it beside the text. */
const BESIDE = '(min-width: 900px)'

export function OutlinePanel({ view, onClose }: OutlinePanelProps): ReactNode {
  const { headings, current } = useOutline(view)
  const here = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button is another one when another section is current.
  useEffect(() => {
    void here.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const choose = (heading: Heading): void => {
    goTo(view, heading)
    if (!matchMedia(BESIDE).matches) onClose()
  }
  const highest = Math.min(...headings.map(({ level }) => level))
  return (
    <SidePanel heading={texts.writing.outline} onClose={onClose}>
      {headings.length === 0 ? (
        <p className="quiet">{texts.writing.noOutline}</p>
      ) : (
        <ol className="outline">
          {headings.map((heading, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: their lines change with every line above, and two may read the same.
            <li key={i}>
              <button
                type="button"
                className="menu-item"
                ref={i === current ? here : null}
                aria-current={i === current ? 'location' : undefined}
                style={{ paddingInlineStart: 10 + (heading.level - highest) * 14 }}
                dir="auto"
                onClick={() => choose(heading)}
              >
                <span>{heading.words || '—'}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </SidePanel>
  )
}

function goTo(view: EditorView, { line }: Heading): void {
  if (line > view.state.doc.lines) return
  const { from } = view.state.doc.line(line)
  view.dispatch({
    selection: { anchor: from },
    effects: EditorView.scrollIntoView(from, { y: 'start', yMargin: SPACE_ABOVE }),
  })
  view.focus()
}

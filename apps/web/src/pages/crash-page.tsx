/** What stands where the page broke: a sentence and a way on, instead of nothing. */
import { Component, type ReactNode } from 'react'
import { texts } from '../texts.ts'
import { NoticePage } from '../ui/notice-page.tsx'

interface State {
  readonly broken: boolean
}

export class CrashBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { broken: false }

  static getDerivedStateFromError(): State {
    return { broken: true }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <NoticePage heading={texts.crash.heading} sentence={texts.crash.sentence}>
        <button type="button" className="button button-accent" onClick={() => location.reload()}>
          {texts.action.reload}
        </button>
      </NoticePage>
    )
  }
}

/** What stands where the page broke: a sentence and a way on, instead of nothing; and the text, if one was open. */
import type { Client } from '@manyhands/client'
import { Component, type ReactNode } from 'react'
import { saveText } from '../document/save-text.ts'
import { texts } from '../texts.ts'
import { NoticePage } from '../ui/notice-page.tsx'

interface Props {
  readonly children: ReactNode
  /** Null: no document is open in what it stands around. */
  readonly client: Client | null
}

interface State {
  readonly broken: boolean
}

export class CrashBoundary extends Component<Props, State> {
  override state: State = { broken: false }

  static getDerivedStateFromError(): State {
    return { broken: true }
  }

  override render(): ReactNode {
    const { children, client } = this.props
    if (!this.state.broken) return children
    const isKept = client?.state.keeping === 'kept'
    return (
      <NoticePage heading={texts.crash.heading} sentence={isKept ? texts.crash.kept : texts.crash.sentence}>
        <button type="button" className="button button-accent" onClick={() => location.reload()}>
          {texts.action.reload}
        </button>
        {client !== null && (
          <button type="button" className="button" onClick={() => saveText(client)}>
            {texts.action.download}
          </button>
        )}
      </NoticePage>
    )
  }
}

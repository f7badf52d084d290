/** A page that has one thing to say and one or two things to do. */
import type { ReactNode } from 'react'
import { BrandMark } from './brand-mark.tsx'

export interface NoticePageProps {
  readonly heading: string
  readonly sentence: string
  readonly children: ReactNode
}

export function NoticePage({ heading, sentence, children }: NoticePageProps): ReactNode {
  return (
    <main className="notice-page">
      <BrandMark size={40} />
      <h1>{heading}</h1>
      <p>{sentence}</p>
      <div className="notice-actions">{children}</div>
    </main>
  )
}

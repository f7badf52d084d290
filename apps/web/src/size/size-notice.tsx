/** Says that a document is nearly as long as one can be, or that something did not fit, and what to do. */
import { MAX_DOCUMENT_LENGTH } from '@manyhands/protocol'
import { Download, FilePlus2, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { texts } from '../texts.ts'
import type { RoomLeft } from './use-room.ts'

export interface SizeNoticeProps {
  readonly left: RoomLeft
  readonly onDownload: () => void
}

export function SizeNotice({ left, onDownload }: SizeNoticeProps): ReactNode {
  const { room, length } = left
  return (
    <div className="device-notice" role="status" data-notice={`room-${room}`}>
      <TriangleAlert size={18} aria-hidden="true" />
      <p>{room === 'none' ? texts.size.none(MAX_DOCUMENT_LENGTH) : texts.size.scarce(length, MAX_DOCUMENT_LENGTH)}</p>
      <button type="button" className="button" onClick={onDownload}>
        <Download size={16} aria-hidden="true" />
        {texts.action.download}
      </button>
      <a className="button" href="/">
        <FilePlus2 size={16} aria-hidden="true" />
        {texts.action.newDocument}
      </a>
    </div>
  )
}

/** The line between the two sides, which can be moved: by dragging, or with the arrow keys. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { texts } from '../texts.ts'

export interface DividerProps {
  /** How much of the width the left side has, in percent. */
  readonly share: number
  readonly onShare: (share: number) => void
}

export const HALF = 50
const [LEAST, MOST, STEP] = [20, 80, 5]

export function Divider({ share, onShare }: DividerProps): ReactNode {
  const [moving, setMoving] = useState(false)
  const move = (to: number): void => onShare(Math.min(MOST, Math.max(LEAST, Math.round(to))))
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const room = event.currentTarget.parentElement?.getBoundingClientRect()
    if (moving && room) move(((event.clientX - room.left) / room.width) * 100)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -MOST, End: MOST }[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(share + step)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved.
    <div
      className="divider"
      role="separator"
      tabIndex={0}
      aria-label={texts.writing.divider}
      aria-orientation="vertical"
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      data-moving={moving || undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setMoving(true)
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => setMoving(false)}
      onPointerCancel={() => setMoving(false)}
      onDoubleClick={() => onShare(HALF)}
      onKeyDown={onKeyDown}
    />
  )
}

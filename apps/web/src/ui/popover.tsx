/** A small panel under the button that opens it. Escape, a press elsewhere or leaving it with Tab closes it. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'

export interface PopoverProps {
  readonly open: boolean
  readonly onToggle: (open: boolean) => void
  readonly label: string
  readonly className: string
  readonly button: ReactNode
  readonly heading: string
  readonly side?: 'left' | 'right'
  readonly children: ReactNode
}

export function Popover(props: PopoverProps): ReactNode {
  const { open, onToggle, side = 'right' } = props
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  useOutside(root, open, () => onToggle(false))
  useEffect(() => {
    if (open) panel.current?.focus()
  }, [open])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    onToggle(false)
    trigger.current?.focus()
  }

  return (
    <div className="popover" ref={root} onKeyDown={onKeyDown} role="presentation">
      <button
        type="button"
        ref={trigger}
        className={props.className}
        aria-label={props.label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => onToggle(!open)}
      >
        {props.button}
      </button>
      {open && (
        <div className={`panel panel-${side}`} id={id} ref={panel} role="dialog" aria-label={props.heading} tabIndex={-1}>
          {props.children}
        </div>
      )}
    </div>
  )
}

function useOutside(root: { readonly current: HTMLElement | null }, active: boolean, onOutside: () => void): void {
  useEffect(() => {
    if (!active) return
    const check = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) onOutside()
    }
    document.addEventListener('pointerdown', check)
    document.addEventListener('focusin', check)
    return () => {
      document.removeEventListener('pointerdown', check)
      document.removeEventListener('focusin', check)
    }
  })
}

/**
 * A small panel under the button that opens it. Escape, a press elsewhere or leaving it with Tab closes it. Escape, or a choice made in
 * it, leads back to where one was: to the button, or, when that was pressed with a pointer or not at all, to what had the focus before.
 */
import { type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useRef } from 'react'

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
  const before = useRef<Element | null>(null)
  const pressedElsewhere = useRef(false)
  const id = useId()
  const goBack = useCallback((): void => (focusable(before.current) ?? trigger.current)?.focus(), [])
  useDismissal(root, open, (byKey) => {
    pressedElsewhere.current = !byKey
    onToggle(false)
    if (byKey) goBack()
  })
  useEffect(() => {
    if (!open) return
    const { activeElement } = document
    if (activeElement !== document.body && !root.current?.contains(activeElement)) before.current = activeElement
    panel.current?.focus()
  }, [open])
  useLayoutEffect(() => {
    if (!open) return
    pressedElsewhere.current = false
    return () => {
      // What was chosen went, and took the focus with it.
      if (!pressedElsewhere.current && document.activeElement === document.body) goBack()
    }
  }, [open, goBack])

  return (
    <div className="popover" ref={root}>
      <button
        type="button"
        ref={trigger}
        className={props.className}
        aria-label={props.label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onPointerDown={() => {
          if (!open) before.current = document.activeElement
        }}
        onKeyDown={() => {
          before.current = null
        }}
        onClick={() => onToggle(!open)}
      >
        {props.button}
      </button>
      {open && (
        <div
          className={`panel panel-${side}`}
          id={id}
          ref={panel}
          role="dialog"
          aria-label={props.heading}
          tabIndex={-1}
        >
          {props.children}
        </div>
      )}
    </div>
  )
}

/** Null for what was nothing to come back to, or is gone. */
function focusable(element: Element | null): HTMLElement | null {
  return element instanceof HTMLElement && element !== document.body && element.isConnected ? element : null
}

/** Asks for closing when Escape is pressed inside, and when something outside is pressed or gets the focus. */
function useDismissal(
  root: { readonly current: HTMLElement | null },
  active: boolean,
  dismiss: (byKey: boolean) => void,
): void {
  useEffect(() => {
    if (!active) return
    const element = root.current
    const ifOutside = (event: Event): void => {
      if (event.target instanceof Node && !element?.contains(event.target)) dismiss(false)
    }
    const ifEscape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') dismiss(true)
    }
    element?.addEventListener('keydown', ifEscape)
    document.addEventListener('pointerdown', ifOutside)
    document.addEventListener('focusin', ifOutside)
    return () => {
      element?.removeEventListener('keydown', ifEscape)
      document.removeEventListener('pointerdown', ifOutside)
      document.removeEventListener('focusin', ifOutside)
    }
  })
}

/** A button with a list of actions under it, walked with the arrow keys. On a phone the list rises from the bottom. */
import type { LucideIcon } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react'

export interface MenuAction {
  readonly text: string
  readonly icon: LucideIcon
  readonly run: () => void
}

export interface ActionMenuProps {
  readonly label: string
  readonly button: ReactNode
  readonly actions: readonly MenuAction[]
}

/** What one action and the ends of the list take, in pixels: enough to know on which side of the button there is room. */
const ACTION_HEIGHT = 36
const ENDS = 24

/** The browser closes it on Escape and on a press elsewhere, and gives the focus back. */
export function ActionMenu({ label, button, actions }: ActionMenuProps): ReactNode {
  const [open, setOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const id = useId()

  const before = (event: ToggleEvent<HTMLDivElement>): void => {
    if (event.newState === 'closed') return
    setOpen(true)
    if (trigger.current !== null) place(event.currentTarget, trigger.current, actions.length)
  }
  const after = (event: ToggleEvent<HTMLDivElement>): void => {
    if (event.newState === 'open') itemsOf(event.currentTarget)[0]?.focus()
    // Not sooner: the browser gives the focus back from what has it, so that has to be there still.
    else setOpen(false)
  }
  const choose = (run: () => void): void => {
    menu.current?.hidePopover()
    run()
  }
  return (
    <>
      <button
        type="button"
        ref={trigger}
        className="icon-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
      >
        {button}
      </button>
      <div
        id={id}
        ref={menu}
        className="action-menu"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        popover="auto"
        onBeforeToggle={before}
        onToggle={after}
        onKeyDown={walk}
      >
        {open &&
          actions.map(({ text, icon: Icon, run }) => (
            <button
              key={text}
              type="button"
              className="menu-item"
              role="menuitem"
              tabIndex={-1}
              onClick={() => choose(run)}
            >
              <Icon size={16} aria-hidden="true" />
              {text}
            </button>
          ))}
      </div>
    </>
  )
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const items = itemsOf(event.currentTarget)
  const at = items.findIndex((item) => item.contains(document.activeElement))
  const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
  const step = steps[event.key]
  if (event.key === 'Tab') event.currentTarget.hidePopover()
  if (step === undefined) return
  event.preventDefault()
  items.at(step % items.length)?.focus()
}

function itemsOf(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')]
}

/** Below the button, or above it where the window ends. */
function place(menu: HTMLElement, trigger: HTMLElement, actions: number): void {
  const { top, bottom, right } = trigger.getBoundingClientRect()
  const height = actions * ACTION_HEIGHT + ENDS
  const below = bottom + height <= window.innerHeight
  menu.style.setProperty('--menu-top', `${below ? bottom + 4 : Math.max(4, top - height)}px`)
  menu.style.setProperty('--menu-right', `${document.documentElement.clientWidth - right}px`)
}

/** The panel that rises from the bottom of a phone. A modal dialog: the browser keeps the focus inside and closes on Escape. */
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { CloseButton } from './icon-button.tsx'

export interface SheetProps {
  readonly heading: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Sheet({ heading, onClose, children }: SheetProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Else the focus would not go back to where it was.
    return () => element?.close()
  }, [])
  useEffect(() => {
    const element = dialog.current
    // The backdrop belongs to the dialog element itself; everything inside lies in its one child.
    const onPress = (event: Event): void => {
      if (event.target === element) onClose()
    }
    element?.addEventListener('click', onPress)
    return () => element?.removeEventListener('click', onPress)
  }, [onClose])

  return (
    <dialog
      className="sheet"
      ref={dialog}
      aria-label={heading}
      onClose={(event) => event.currentTarget.open || onClose()}
    >
      <div className="sheet-body">
        <div className="sheet-head">
          <h2>{heading}</h2>
          <CloseButton onClose={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  )
}

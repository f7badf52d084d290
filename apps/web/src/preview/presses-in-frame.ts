/** What is pressed in the frame, or dropped there, is heard by the page around it, as anything elsewhere: the frame has no actions of its own. */
const DRAGS = ['dragenter', 'dragover', 'dragleave', 'drop'] as const

export function passOnPresses(frame: HTMLIFrameElement, page: Document): () => void {
  const passOnKey = (event: KeyboardEvent): void => {
    const goesOn = window.dispatchEvent(new KeyboardEvent(event.type, event))
    if (!goesOn) event.preventDefault()
  }
  const passOnDrag = (event: DragEvent): void => {
    const goesOn = window.dispatchEvent(new DragEvent(event.type, event))
    if (!goesOn) event.preventDefault()
  }
  // An open panel closes by them.
  const passOnPointer = (): void => void frame.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  const passOnFocus = (): void => void frame.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
  page.addEventListener('keydown', passOnKey)
  for (const type of DRAGS) page.addEventListener(type, passOnDrag)
  page.addEventListener('pointerdown', passOnPointer)
  page.defaultView?.addEventListener('focus', passOnFocus)
  return () => {
    page.removeEventListener('keydown', passOnKey)
    for (const type of DRAGS) page.removeEventListener(type, passOnDrag)
    page.removeEventListener('pointerdown', passOnPointer)
    page.defaultView?.removeEventListener('focus', passOnFocus)
  }
}

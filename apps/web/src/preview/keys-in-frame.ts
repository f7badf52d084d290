/** What is pressed in the frame is heard by the page around it, as anything pressed elsewhere: the frame has no actions of its own. */
export function passOnKeys(page: Document): () => void {
  const passOn = (event: KeyboardEvent): void => {
    const goesOn = window.dispatchEvent(new KeyboardEvent(event.type, event))
    if (!goesOn) event.preventDefault()
  }
  page.addEventListener('keydown', passOn)
  return () => page.removeEventListener('keydown', passOn)
}

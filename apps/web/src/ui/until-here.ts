/** Fetches a part of the page until it is here: again after a while, and at once when the network comes back. Returns how to stop. */
const AGAIN = 5000

export function untilHere<T>(
  fetch: () => Promise<T>,
  onHere: (part: T) => void,
  onFailure: () => void = () => undefined,
): () => void {
  let gone = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const stopWaiting = (): void => {
    clearTimeout(timer)
    window.removeEventListener('online', ask)
  }
  const ask = (): void => {
    stopWaiting()
    fetchLostStyles()
    fetch().then(
      (part) => gone || onHere(part),
      () => {
        if (gone) return
        timer = setTimeout(ask, AGAIN)
        window.addEventListener('online', ask)
        onFailure()
      },
    )
  }
  ask()
  return () => {
    gone = true
    stopWaiting()
  }
}

/** Vite asks for the styles of a part once, and takes those that could not be fetched for fetched. */
const lostStyles = new Set<HTMLLinkElement>()

function fetchLostStyles(): void {
  for (const link of lostStyles) link.replaceWith(link.cloneNode())
  lostStyles.clear()
  window.addEventListener('error', noteLostStyle, true)
}

function noteLostStyle({ target }: Event): void {
  if (target instanceof HTMLLinkElement) lostStyles.add(target)
}
